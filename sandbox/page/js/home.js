// The app's Home tab, as published for the person who looks.
import { drawBlocks } from "./blocks/index.js";
import { h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { restoreFocus } from "./messages.js";
import { state } from "./state.js";
import { Surface } from "./surface.js";

let surface = null;
let shown = null;

export function drawHome(root) {
  const view = state.home;
  const focus = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  if (!view) {
    surface = shown = null;
    root.replaceChildren(h("div", { class: "empty" }, icon("home"), h("p", {}, t(state.app.installed ? "noHome" : "app_not_installed", { name: state.app.name }))));
    return;
  }
  if (shown === view && root.childElementCount) return;
  if (!surface || surface.person !== state.me || surface.container.view_id !== view.id) {
    surface = new Surface("home", { type: "view", view_id: view.id }, view.state?.values ?? {});
    surface.person = state.me;
  }
  shown = view;
  surface.beginDrawing();
  root.replaceChildren(h("div", { class: "home-blocks blocks" }, drawBlocks(view.blocks, surface)));
  restoreFocus(focus, root);
}
