// One list to choose from, for every select of Block Kit: typed filter, groups, one or many, keyboard.
import { h, icon, iconButton, uid } from "./dom.js";
import { t } from "./i18n.js";
import { place } from "./popover.js";

// An item is {value, label, hint?, node?}; load(query) answers [{label?, items}] or a promise of it.
export function combobox({ attributes, placeholder, multi, selected = [], load, minimum = 0, delay = 0, maximum = Infinity, onChange }) {
  const listId = uid("list");
  const input = h("input", {
    type: "text", role: "combobox", class: "field", autocomplete: "off", spellcheck: "false", placeholder: placeholder || t(multi ? "chooseMany" : "choose"),
    "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list", ...attributes,
  });
  const list = h("div", { class: "listbox", id: listId, role: "listbox", popover: "manual", "aria-multiselectable": multi ? "true" : null });
  const chips = multi ? h("ul", { class: "chips" }) : null;
  const box = h("div", { class: `combo ${multi ? "multi" : ""}` }, chips, h("div", { class: "combo-field" }, input, icon("down")), list);
  let options = [];
  let active = -1;
  let asked = 0;
  let timer = null;

  const isOpen = () => input.getAttribute("aria-expanded") === "true";
  const isSelected = (item) => selected.some((one) => one.value === item.value);

  function showSelected() {
    if (!multi) input.value = selected[0]?.label ?? "";
    else chips.replaceChildren(...selected.map((item) => h("li", { class: "chip" }, item.node?.cloneNode(true), h("span", {}, item.label),
      iconButton("close", t("remove", { name: item.label }), () => { choose(item); input.focus(); }))));
    if (multi) chips.hidden = !selected.length;
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    if (list.matches(":popover-open")) list.hidePopover();
    if (multi) input.value = "";
    else showSelected();
  }

  function open(query) {
    if (!isOpen()) {
      input.setAttribute("aria-expanded", "true");
      list.showPopover();
    }
    clearTimeout(timer);
    timer = delay && query ? setTimeout(ask, delay, query) : ask(query);
  }

  async function ask(query) {
    const mine = (asked += 1);
    if (query.length < minimum) return say(t("typeMore", { n: minimum }));
    let groups = load(query);
    if (groups instanceof Promise) {
      say(t("loading"));
      try {
        groups = await groups;
      } catch (error) {
        return mine === asked ? say(error.message) : null;
      }
    }
    return mine === asked ? draw(groups) : null;
  }

  function say(words) {
    options = [];
    active = -1;
    list.replaceChildren(h("div", { class: "listbox-note", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words));
    place(list, input, { width: true });
  }

  function draw(groups) {
    options = [];
    const nodes = groups.flatMap(({ label, items }) => [
      label && items.length ? h("div", { class: "listbox-group", role: "presentation" }, label) : null,
      ...items.map((item) => {
        const node = h("div", { class: "option", role: "option", id: uid("option"), "aria-selected": String(isSelected(item)), "data-value": item.value,
          onpointerdown: (event) => event.preventDefault(), onclick: () => choose(item) },
        item.node, h("span", { class: "menu-label" }, item.label, item.hint && h("small", {}, item.hint)), isSelected(item) && icon("check"));
        options.push({ item, node });
        return node;
      })]).filter(Boolean);
    if (!options.length) return say(t("noMatch"));
    list.replaceChildren(...nodes);
    place(list, input, { width: true });
    return point(multi ? 0 : Math.max(0, options.findIndex(({ item }) => isSelected(item))));
  }

  function point(to) {
    options[active]?.node.classList.remove("active");
    active = (to + options.length) % options.length;
    const { node } = options[active];
    node.classList.add("active");
    node.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", node.id);
  }

  function choose(item) {
    if (!multi) selected = [item];
    else if (isSelected(item)) selected = selected.filter((one) => one.value !== item.value);
    else if (selected.length < maximum) selected = [...selected, item];
    showSelected();
    close();
    onChange(selected, box);
  }

  input.addEventListener("click", () => { if (!isOpen()) { input.select(); open(""); } });
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && !isOpen()) open("");
    else if (move) options.length && point(active + move);
    else if (event.key === "Enter" && isOpen()) options[active] && choose(options[active].item);
    else if (event.key === "Escape" && isOpen()) close();
    else if (event.key === "Backspace" && multi && !input.value && selected.length) return choose(selected.at(-1));
    else return undefined;
    event.preventDefault();
    return event.stopPropagation();
  });
  showSelected();
  return box;
}

// Filters ready groups by what is typed.
export const among = (groups) => (query) => {
  const wanted = query.trim().toLocaleLowerCase();
  return groups.map(({ label, items }) => ({ label, items: items.filter((item) => `${item.label} ${item.hint ?? ""}`.toLocaleLowerCase().includes(wanted)) }));
};
