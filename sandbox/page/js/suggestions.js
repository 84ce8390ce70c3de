// What completes the word at the caret: a list above the field, chosen from by pointer or keyboard.
import { h, uid } from "./dom.js";
import { t } from "./i18n.js";
import { place } from "./popover.js";

export class Suggestions {
  // `field` is written in, the list floats next to `box`; `choose` gets the chosen item.
  constructor(field, box, choose) {
    Object.assign(this, { field, box, choose, entries: [], active: -1 });
    this.list = h("div", { class: "listbox completions", role: "listbox", id: uid("completions"), popover: "manual" });
    for (const [name, value] of Object.entries({ controls: this.list.id, autocomplete: "list", haspopup: "listbox" })) field.setAttribute(`aria-${name}`, value);
    field.addEventListener("blur", () => this.close());
    box.append(this.list);
  }

  get chosen() {
    return this.entries[this.active]?.item;
  }

  offer(items) {
    if (!items?.length) return this.close();
    this.entries = items.map((item) => {
      const node = h("div", { class: "option", role: "option", id: uid("completion"), "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(), onclick: () => this.choose(item) },
        item.node, h("span", { class: "menu-label" }, item.label, item.hint && h("small", {}, item.hint)));
      return { item, node };
    });
    this.list.setAttribute("aria-label", t("completions"));
    this.list.replaceChildren(...this.entries.map(({ node }) => node));
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    place(this.list, this.box, { above: true, width: true });
    return this.point(0);
  }

  point(to) {
    this.entries[this.active]?.node.classList.remove("active");
    this.entries[this.active]?.node.setAttribute("aria-selected", "false");
    this.active = (to + this.entries.length) % this.entries.length;
    const { node } = this.entries[this.active];
    node.classList.add("active");
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", node.id);
  }

  close() {
    Object.assign(this, { entries: [], active: -1 });
    this.field.removeAttribute("aria-activedescendant");
    if (this.list.matches(":popover-open")) this.list.hidePopover();
  }

  // Whether the key was for the list.
  key(event) {
    if (!this.entries.length || event.isComposing) return false;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) this.point(this.active + move);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) this.choose(this.chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
