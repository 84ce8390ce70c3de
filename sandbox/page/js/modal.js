// The stack of modals: draws the top view, keeps what is typed, submits, shows what the app refused.
import { api } from "./api.js";
import { check } from "./blocks/input.js";
import { drawBlocks } from "./blocks/index.js";
import { avatar, h, icon, iconButton, working } from "./dom.js";
import { t } from "./i18n.js";
import { text } from "./mrkdwn.js";
import { refreshModals } from "./session.js";
import { on, state, user } from "./state.js";
import { Surface } from "./surface.js";
import { reportFailure } from "./toasts.js";

const dialog = h("dialog", { class: "modal", id: "modal", "aria-labelledby": "modal-title" });
const surfaces = new Map(); // view id → Surface, with what was typed
let shown = null; // {id, hash, person} of the drawn view
let opener = null;
let stack = [];

export function startModals() {
  document.body.append(dialog);
  on("modals", show);
  // Our own Escape: the browser would close the dialog without asking the app.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    if (stack.length) closeTop();
  });
}

function show(views) {
  stack = views ?? [];
  for (const id of surfaces.keys()) if (!stack.some((one) => one.id === id)) surfaces.delete(id);
  const view = stack.at(-1);
  if (!view) return hide();
  const same = shown && shown.id === view.id && shown.hash === view.hash && shown.depth === stack.length && shown.person === state.me;
  if (same) return undefined;
  if (!dialog.open) opener = document.activeElement;
  draw(view);
  if (!dialog.open) dialog.showModal();
  return focusField();
}

function hide() {
  shown = null;
  if (!dialog.open) return;
  dialog.close();
  dialog.replaceChildren();
  (opener?.isConnected ? opener : document.querySelector(".composer textarea"))?.focus();
}

function surfaceOf(view) {
  if (!surfaces.has(view.id)) surfaces.set(view.id, new Surface("modal", { type: "view", view_id: view.id }, view.state?.values ?? {}));
  return surfaces.get(view.id);
}

let wanted = null; // the field that had the focus before the view was drawn again

function draw(view, keepErrors = false) {
  const surface = surfaceOf(view);
  const again = shown?.id === view.id;
  const body = dialog.querySelector(".modal-body");
  const scroll = again ? body?.scrollTop ?? 0 : 0;
  const { activeElement: active } = document;
  wanted = again && dialog.contains(active)
    ? { key: active.dataset.key, place: active.dataset.place, start: active.selectionStart, end: active.selectionEnd } : null;
  if (!keepErrors) surface.errors = {};
  surface.beginDrawing();
  const blocks = drawBlocks(view.blocks, surface);
  const submit = view.submit && h("button", { type: "submit", class: "button primary filled", "data-place": "submit" },
    h("span", { class: "button-text" }, text(view.submit)));
  const loose = Object.entries(surface.errors).filter(([id]) => !view.blocks.some((block) => block.block_id === id && block.type === "input"));
  dialog.replaceChildren(h("form", { class: "modal-form", novalidate: true, onsubmit: (event) => { event.preventDefault(); send(view, surface, submit); } },
    h("header", { class: "modal-head" },
      stack.length > 1 ? iconButton("back", t("back"), closeTop, { "data-place": "back" }) : avatar(user(state.app.bot_user_id), "small"),
      h("h2", { id: "modal-title" }, text(view.title)),
      iconButton("close", t("close"), closeAll, { "data-place": "x" })),
    h("div", { class: "modal-body blocks", tabindex: "-1" }, loose.map(([, words]) => banner(words)), blocks),
    h("footer", { class: "modal-foot" },
      h("button", { type: "button", class: "button", onclick: closeTop, "data-place": "close" }, view.close ? text(view.close) : t("close")), submit)));
  dialog.querySelector(".modal-body").scrollTop = scroll;
  shown = { id: view.id, hash: view.hash, depth: stack.length, person: state.me };
}

const banner = (words) => h("div", { class: "alert error", role: "alert" }, icon("warn"), h("div", {}, words));

function focusField() {
  const find = (selector) => dialog.querySelector(selector);
  const again = wanted && (find(`[data-key="${CSS.escape(wanted.key ?? "")}"]`) ?? find(`[data-place="${wanted.place}"]`));
  const first = again ?? find("[autofocus]") ?? find(".modal-body :is(.field, input, textarea)") ?? find("button[type=submit]") ?? find(".modal-foot button");
  first?.focus();
  const holdsText = again?.setSelectionRange && again.type !== "checkbox" && again.type !== "radio";
  if (holdsText && wanted.start != null) again.setSelectionRange(wanted.start, wanted.end);
}

async function send(view, surface, submit) {
  if (!submit || submit.classList.contains("working")) return;
  dialog.querySelector(".trouble")?.remove();
  const refused = check(view.blocks, surface.values);
  if (Object.keys(refused).length) return showErrors(view, surface, refused);
  dialog.setAttribute("aria-busy", "true");
  try {
    const outcome = await working(submit, api.submit(view.id, surface.values));
    if (outcome.errors && Object.keys(outcome.errors).length) showErrors(view, surface, outcome.errors);
    else if (!outcome.acked || outcome.ok === false) trouble(outcome.error);
    else await refreshModals();
  } catch (error) {
    trouble(error.name);
  } finally {
    dialog.removeAttribute("aria-busy");
  }
}

function showErrors(view, surface, errors) {
  surface.errors = errors;
  draw(stack.find((one) => one.id === view.id) ?? view, true);
  const first = dialog.querySelector('[aria-invalid="true"]') ?? dialog.querySelector(".input.invalid button");
  (first ?? dialog.querySelector(".modal-body")).focus();
  first?.scrollIntoView({ block: "center" });
}

// What was typed stays where it is.
function trouble(name) {
  const note = banner(`${t("trouble")} (${name ?? "operation_timeout"})`);
  note.classList.add("trouble");
  dialog.querySelector(".modal-foot").before(note);
}

const closeTop = () => close(false);
const closeAll = () => close(stack.length > 1);

async function close(clear) {
  const view = stack.at(-1);
  if (!view) return;
  try {
    await api.close(view.id, clear);
    await refreshModals();
  } catch (error) {
    reportFailure(error);
    await refreshModals().catch(() => null);
  }
}
