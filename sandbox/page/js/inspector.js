// What goes between Slack and the app: each request with its answer, in order, and the rules it broke.
import { api, LOG_PAGE } from "./api.js";
import { h, icon, iconButton } from "./dom.js";
import { clockSeconds } from "./format.js";
import { t } from "./i18n.js";
import { on, state } from "./state.js";
import { reportFailure, toast } from "./toasts.js";

const MOST = 300; // entries shown
const SLOW = 1000; // milliseconds from which an answer is marked
const entries = new Map(); // n → {entry, node}
const filter = { words: "", broken: false };
let list = null;
let wanted = Infinity; // the first entry that is not known as it is now
let timer = null;

export const inspector = {
  icon: "wire",
  title: "inspector",
  open(root) {
    entries.clear();
    list = h("ol", { class: "wire-list" });
    root.classList.add("inspector");
    root.replaceChildren(controls(), list);
    wanted = 0;
    refresh();
  },
  close() {
    list = null;
  },
};

function controls() {
  const narrow = () => {
    for (const { entry, node } of entries.values()) node.hidden = !fits(entry);
  };
  return h("div", { class: "wire-filter" },
    h("input", { type: "search", class: "field", placeholder: t("filter"), "aria-label": t("filter"), value: filter.words,
      oninput: (event) => { filter.words = event.target.value.trim().toLowerCase(); narrow(); } }),
    h("label", { class: "choice" }, h("input", { type: "checkbox", checked: filter.broken,
      onchange: (event) => { filter.broken = event.target.checked; narrow(); } }), t("brokenOnly")));
}

const fits = (entry) => (!filter.broken || entry.broke.length > 0) && (!filter.words || JSON.stringify(entry).toLowerCase().includes(filter.words));

async function refresh() {
  if (!list) return;
  let after = Math.max(0, wanted - 1);
  wanted = Infinity;
  const fresh = [];
  try {
    for (let page = null; !page || page.length === LOG_PAGE; after = page.at(-1)?.n) {
      page = (await api.log(after)).entries;
      fresh.push(...page);
    }
  } catch (error) {
    reportFailure(error);
  }
  if (!list) return;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  for (const entry of fresh.slice(-MOST)) put(entry);
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function put(entry) {
  const known = entries.get(entry.n);
  const node = draw(entry, known?.node.firstChild.open);
  if (known) known.node.replaceWith(node);
  else list.append(node);
  entries.set(entry.n, { entry, node });
  if (entries.size > MOST) {
    const [oldest, { node: gone }] = entries.entries().next().value;
    gone.remove();
    entries.delete(oldest);
  }
}

function draw(entry, open = false) {
  const toApp = entry.direction === "slack→app";
  const time = entry.ms == null ? "…" : `${Math.round(entry.ms)} ms`;
  const details = h("details", { class: entry.broke.length ? "broken" : "", ontoggle: look },
    h("summary", {}, h("span", { class: `way ${toApp ? "in" : "out"}`, role: "img", "aria-label": t(toApp ? "toApp" : "fromApp") }, toApp ? "→" : "←"),
      h("span", { class: "what" }, entry.what, entry.fault && h("span", { class: "fault" }, ` · ${entry.fault}`)), entry.broke.length ? h("span", { class: "flaw" }, icon("warn"), String(entry.broke.length),
        h("span", { class: "hidden" }, ` ${t("brokenRules")}`)) : "",
      h("span", { class: entry.ms > SLOW ? "ms slow" : "ms" }, time)));
  // Payloads are drawn when somebody looks.
  function look() {
    if (!details.open || details.childElementCount > 1) return;
    details.append(h("small", {}, [`#${entry.n}`, clockSeconds(entry.at), teamOf(entry)].filter(Boolean).join(" · ")),
      entry.broke.length ? h("ul", { class: "rules" }, entry.broke.map((rule) => h("li", {}, rule))) : "",
      payload(t(toApp ? "sent" : "asked"), entry.request), payload(t("answered"), entry.response));
    if (!open) details.scrollIntoView({ block: "nearest" });
  }
  const node = h("li", { hidden: !fits(entry) }, details);
  details.open = open;
  return node;
}

const teamOf = (entry) => state.workspaces.length > 1 && state.workspaces.find((team) => team.id === entry.team)?.name;

function payload(title, value) {
  const text = value == null ? "–" : JSON.stringify(value, null, 2);
  const copy = () => navigator.clipboard.writeText(text).then(() => toast(t("copied"), "info"), reportFailure);
  return h("section", {}, h("h3", {}, title, iconButton("copy", t("copy", { name: title }), copy)), h("pre", { tabindex: "0" }, text));
}

on("live:log", ({ n }) => {
  wanted = Math.min(wanted, n);
  clearTimeout(timer);
  timer = setTimeout(refresh, 80);
});
