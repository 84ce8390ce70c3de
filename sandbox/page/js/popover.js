// Menus and lists that float above the page, next to the control they belong to.
import { h } from "./dom.js";

export function place(box, anchor, { above = false, width = false } = {}) {
  const target = anchor.getBoundingClientRect();
  if (width) box.style.width = `${target.width}px`;
  const { offsetHeight: height, offsetWidth: breadth } = box;
  const below = target.bottom + 4;
  const fitsBelow = below + height < innerHeight - 8;
  const top = (above && target.top - height - 4 > 8) || !fitsBelow ? Math.max(8, target.top - height - 4) : below;
  box.style.top = `${top}px`;
  box.style.left = `${Math.max(8, Math.min(target.left, innerWidth - breadth - 8))}px`;
}

// items: {label, hint?, node?, checked?, run} or {heading}; returns the menu.
export function openMenu(anchor, items, { label, above = false } = {}) {
  if (anchor.menuClosedAt > performance.now() - 250) return null;
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label ?? anchor.getAttribute("aria-label") ?? anchor.textContent, popover: "auto" });
  for (const item of items) menu.append(item.heading ? h("div", { class: "menu-heading", role: "presentation" }, item.heading) : entry(item, menu));
  // Next to its control, so that a menu in a modal dialog is not inert.
  (anchor.closest("dialog") ?? document.body).append(menu);
  const entries = [...menu.querySelectorAll("[role^=menuitem]")];
  menu.addEventListener("keydown", (event) => {
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + entries.length, Home: 0, End: entries.length - 1 }[event.key];
    if (to !== undefined) entries[to % entries.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") menu.hidePopover();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") return;
    const inside = menu.contains(document.activeElement) || document.activeElement === document.body;
    anchor.menuClosedAt = performance.now();
    anchor.setAttribute("aria-expanded", "false");
    menu.remove();
    if (inside) anchor.focus();
  });
  menu.showPopover();
  place(menu, anchor, { above });
  anchor.setAttribute("aria-expanded", "true");
  (entries.find((one) => one.getAttribute("aria-checked") === "true") ?? entries[0])?.focus();
  return menu;
}

function entry(item, menu) {
  return h("button", {
    type: "button", class: `menu-item ${item.class ?? ""}`, tabindex: "-1", "aria-label": item.name,
    role: item.checked === undefined ? "menuitem" : "menuitemradio", "aria-checked": item.checked === undefined ? null : String(item.checked),
    onclick: () => {
      menu.hidePopover();
      item.run();
    },
  }, item.node, h("span", { class: "menu-label" }, item.label, item.hint && h("small", {}, item.hint)));
}
