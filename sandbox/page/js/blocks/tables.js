// table and data_table: the first row is the header.
import { h, icon, iconButton } from "../dom.js";
import { t } from "../i18n.js";
import { plain } from "../mrkdwn.js";
import { me } from "../state.js";
import { element } from "./elements.js";
import { richText } from "./rich_text.js";

const cells = {
  raw_text: (cell) => plain(String(cell.text ?? "")),
  raw_number: (cell) => cell.text ?? new Intl.NumberFormat(me().locale || "en-US", { maximumFractionDigits: 6 }).format(cell.value),
  rich_text: (cell) => richText(cell),
  action_cell: (cell, surface, block) => (surface && cell.element ? element(cell.element, surface, block) : cell.fallback ?? ""),
};

const draw = (cell, surface, block) => (cell == null ? "" : typeof cell === "string" ? cell : (cells[cell.type] ?? cells.raw_text)(cell, surface, block));
const plainOf = (cell) => (cell?.type === "raw_number" ? Number(cell.value) : typeof cell === "string" ? cell : cell?.text ?? JSON.stringify(cell ?? ""));
const number = (cell) => (cell?.type === "raw_number" ? "number" : "");

export function table(block) {
  const [head, ...body] = block.rows;
  const settings = (column) => `${block.column_settings?.[column]?.align ?? ""} ${block.column_settings?.[column]?.is_wrapped ? "wrapped" : ""}`;
  return h("div", { class: "table-scroll", tabindex: "0", role: "group" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map((cell, at) => h("th", { scope: "col", class: settings(at) }, draw(cell))))),
    h("tbody", {}, body.map((row) => h("tr", {}, row.map((cell, at) => h("td", { class: `${settings(at)} ${number(cell)}` }, draw(cell))))))));
}

export function dataTable(block, surface) {
  const [head, ...all] = block.rows;
  const size = block.page_size ?? 5;
  const rowHeader = block.row_header_column_index ?? 0;
  const box = h("div", { class: "data-table" });
  let rows = all;
  let page = 0;
  let sorted = { column: -1, down: false };

  function sortBy(column) {
    sorted = { column, down: sorted.column === column && !sorted.down };
    const sign = sorted.down ? -1 : 1;
    rows = [...all].sort((a, b) => {
      const [x, y] = [plainOf(a[column]), plainOf(b[column])];
      return sign * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), me().locale));
    });
    page = 0;
    show();
    box.querySelectorAll("th button")[column].focus();
  }

  function heading(cell, at) {
    const state = sorted.column === at ? (sorted.down ? "descending" : "ascending") : null;
    return h("th", { scope: "col", class: number(all[0]?.[at]), "aria-sort": state },
      h("button", { type: "button", class: "sort", title: t("sortBy", { name: plainOf(cell) }), onclick: () => sortBy(at) }, draw(cell),
        h("span", { "aria-hidden": "true" }, { ascending: " ↑", descending: " ↓" }[state] ?? "")));
  }

  function show() {
    const from = page * size;
    const shown = rows.slice(from, from + size);
    const turn = (by) => () => {
      page += by;
      show();
      [...box.querySelectorAll(".pager button")].find((one) => !one.disabled)?.focus();
    };
    box.replaceChildren(
      h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": block.caption }, h("table", {},
        h("caption", {}, block.caption),
        h("thead", {}, h("tr", {}, head.map(heading))),
        h("tbody", {}, shown.map((row) => h("tr", {}, row.map((cell, at) =>
          h(at === rowHeader ? "th" : "td", { class: number(cell), scope: at === rowHeader ? "row" : null }, draw(cell, surface, block)))))))),
      all.length > size ? h("div", { class: "pager" },
        iconButton("back", t("previous"), turn(-1), { disabled: page === 0 }),
        h("span", { "aria-live": "polite" }, t("page", { from: from + 1, to: from + shown.length, n: all.length })),
        iconButton("back", t("next"), turn(1), { disabled: from + size >= all.length, class: "icon-button flip" })) : "");
  }

  show();
  return box;
}

export function figures(caption, head, rows) {
  const frame = { class: "table-scroll", tabindex: "0", role: "group", "aria-label": caption };
  return h("details", { class: "figures" }, h("summary", {}, icon("down"), t("figures")), h("div", frame,
    h("table", {}, h("caption", { class: "hidden" }, caption),
      h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, cell)))),
      h("tbody", {}, rows.map(([name, ...values]) => h("tr", {}, h("th", { scope: "row" }, name), values.map((value) => h("td", { class: "number" }, value))))))));
}
