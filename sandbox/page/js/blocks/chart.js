// data_visualization: line, bar, area and pie as SVG, with a legend and the figures as a table.
import { h, svg } from "../dom.js";
import { t } from "../i18n.js";
import { me } from "../state.js";
import { figures } from "./tables.js";

// As wide as it will be shown, so that its words keep their size.
const breadth = () => (matchMedia("(max-width: 720px)").matches ? 330 : 560);
const HEIGHT = 240;
const PAD = { left: 46, right: 12, top: 12, bottom: 40 };
const colour = (index) => `var(--series-${(index % 6) + 1})`;
const number = (value) => new Intl.NumberFormat(me().locale || "en-US", { maximumFractionDigits: 2 }).format(value);
function short(value) {
  const notation = Math.abs(value) >= 10000 ? "compact" : "standard";
  return new Intl.NumberFormat(me().locale || "en-US", { notation, maximumFractionDigits: 2 }).format(value);
}

export function chart(block) {
  const data = block.chart;
  const pie = data.type === "pie";
  const names = pie ? data.segments.map((one) => one.label) : data.series.map((one) => one.name);
  const axis = data.axis_config ?? {};
  const head = pie ? ["", block.title] : [axis.x_label ?? t("category"), ...names];
  const rows = pie ? data.segments.map((one) => [one.label, number(one.value)])
    : categories(data).map((name) => [name, ...data.series.map((series) => number(valueAt(series, name)))]);
  const label = `${block.title}: ${rows.map((row) => row.join(" ")).join("; ")}`;
  return h("figure", { class: `chart ${data.type}` },
    h("figcaption", {}, block.title),
    pie ? drawPie(data.segments, label) : drawAxes(data, axis, label),
    pie || names.length > 1 ? h("ul", { class: "legend" }, names.map((name, index) => h("li", {}, h("i", { style: { background: colour(index) } }), name))) : null,
    figures(block.title, head, rows));
}

const categories = (data) => data.axis_config?.categories ?? data.series[0].data.map((point) => point.label);
const valueAt = (series, name) => Number(series.data.find((point) => point.label === name)?.value ?? 0);

// About five round steps that hold all values, zero included.
function scale(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const [from, to] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const ticks = [];
  for (let tick = from; tick <= to + step / 2; tick += step) ticks.push(Number(tick.toPrecision(10)));
  return { from, to, ticks };
}

function drawAxes(data, axis, label) {
  const names = categories(data);
  const WIDTH = breadth();
  const { from, to, ticks } = scale(data.series.flatMap((series) => names.map((name) => valueAt(series, name))));
  const inner = { width: WIDTH - PAD.left - PAD.right, height: HEIGHT - PAD.top - PAD.bottom };
  const slot = inner.width / names.length;
  const x = (index) => PAD.left + slot * (index + 0.5);
  const y = (value) => PAD.top + inner.height * (1 - (value - from) / (to - from || 1));
  const every = Math.ceil(names.length / (WIDTH > 400 ? 10 : 6));
  const cut = (name) => (name.length > 12 && names.length > 5 ? `${name.slice(0, 11)}…` : name);
  const draw = { bar: bars, line: lines, area: lines }[data.type] ?? lines;
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
    ticks.map((tick) => [
      svg("line", { class: tick === 0 ? "axis" : "grid", x1: PAD.left, x2: WIDTH - PAD.right, y1: y(tick), y2: y(tick) }),
      svg("text", { x: PAD.left - 8, y: y(tick) + 4, "text-anchor": "end" }, short(tick))]),
    names.map((name, index) => index % every === 0 && svg("text", { x: x(index), y: HEIGHT - PAD.bottom + 17, "text-anchor": "middle" }, cut(name))),
    axis.x_label && svg("text", { class: "axis-title", x: PAD.left + inner.width / 2, y: HEIGHT - 5, "text-anchor": "middle" }, axis.x_label),
    axis.y_label && svg("text", { class: "axis-title", x: -(PAD.top + inner.height / 2), y: 11, transform: "rotate(-90)", "text-anchor": "middle" }, axis.y_label),
    data.series.map((series, index) => draw({ series, index, names, x, y, slot, count: data.series.length, area: data.type === "area" })));
}

const tip = (series, name) => svg("title", {}, `${series.name} · ${name}: ${number(valueAt(series, name))}`);

function bars({ series, index, names, x, y, slot, count }) {
  const width = Math.min(40, (slot * 0.72) / count);
  return names.map((name, at) => {
    const [top, bottom] = [Math.min(y(valueAt(series, name)), y(0)), Math.max(y(valueAt(series, name)), y(0))];
    const left = x(at) + (index - count / 2) * width + 0.75;
    return svg("rect", { x: left, y: top, width: width - 1.5, height: Math.max(1, bottom - top), rx: 2, style: { fill: colour(index) } },
      tip(series, name));
  });
}

function lines({ series, index, names, x, y, area }) {
  const points = names.map((name, at) => `${x(at)},${y(valueAt(series, name))}`);
  return [
    area && svg("polygon", { points: [`${x(0)},${y(0)}`, ...points, `${x(names.length - 1)},${y(0)}`].join(" "),
      style: { fill: colour(index), "fill-opacity": "0.22" } }),
    svg("polyline", { points: points.join(" "), class: "stroke", style: { stroke: colour(index) } }),
    names.map((name, at) => svg("circle", { cx: x(at), cy: y(valueAt(series, name)), r: 3.5, style: { fill: colour(index) } }, tip(series, name))),
  ];
}

function drawPie(segments, label) {
  const total = segments.reduce((sum, one) => sum + Number(one.value), 0) || 1;
  const point = (share) => [100 + 90 * Math.sin(share * 2 * Math.PI), 100 - 90 * Math.cos(share * 2 * Math.PI)];
  let from = 0;
  return svg("svg", { viewBox: "0 0 200 200", role: "img", "aria-label": label, class: "pie-svg" }, segments.map((one, index) => {
    const share = Number(one.value) / total;
    const [x1, y1] = point(from);
    const [x2, y2] = point((from += share));
    const style = { fill: colour(index) };
    const name = svg("title", {}, `${one.label}: ${number(one.value)} (${Math.round(share * 100)} %)`);
    return share > 0.9999 ? svg("circle", { cx: 100, cy: 100, r: 90, style }, name)
      : svg("path", { class: "slice", d: `M100 100L${x1} ${y1}A90 90 0 ${share > 0.5 ? 1 : 0} 1 ${x2} ${y2}Z`, style }, name);
  }));
}
