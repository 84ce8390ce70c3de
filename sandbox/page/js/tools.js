// The panel on the right: one tool at a time, beside the conversation.
import { h, iconButton } from "./dom.js";
import { t } from "./i18n.js";
import { on } from "./state.js";

const tools = new Map(); // name → {icon, title, open(body), close?()}
let shown = null;
let opener = null;
const panel = () => document.getElementById("tools");

export function addTool(name, tool) {
  tools.set(name, tool);
}

export const toolButtons = () => [...tools].map(([name, tool]) => iconButton(tool.icon, t(tool.title), (event) => toggle(name, event.currentTarget),
  { "aria-expanded": String(shown === name), "aria-controls": "tools", "data-tool": name }));

function toggle(name, control) {
  if (shown === name) return close();
  opener = control?.dataset.tool ?? name;
  return show(name);
}

function show(name) {
  tools.get(shown)?.close?.();
  shown = name;
  const tool = tools.get(name);
  const body = h("div", { class: "tool-body" });
  panel().setAttribute("aria-label", t(tool.title));
  panel().replaceChildren(
    h("header", { class: "tool-head" }, h("h2", {}, t(tool.title)), h("span", { class: "spacer" }), iconButton("close", t("close"), close)), body);
  settle();
  tool.open(body);
  panel().querySelector("button").focus();
}

function close() {
  tools.get(shown)?.close?.();
  shown = null;
  settle();
  document.querySelector(`[data-tool="${opener}"]`)?.focus();
}

function settle() {
  panel().hidden = !shown;
  document.body.classList.toggle("with-tool", Boolean(shown));
  for (const one of document.querySelectorAll("[data-tool]")) one.setAttribute("aria-expanded", String(one.dataset.tool === shown));
}

on("person", () => shown && show(shown)); // in the other person's language
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && shown && panel().contains(event.target)) close();
});
