// Short notices in the corner, for what went wrong outside of a form.
import { h, icon, iconButton } from "./dom.js";
import { knows, t } from "./i18n.js";
import { state } from "./state.js";

const box = document.getElementById("toasts"); // kept: a dialog that closes takes it out of the page

export function toast(text, kind = "error") {
  // A modal is in the top layer: notices have to be shown there too.
  const host = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (box.parentElement !== host) host.append(box);
  const note = h("div", { class: `toast toast-${kind}` }, icon(kind === "error" ? "warn" : "info"), h("span", {}, text),
    iconButton("close", t("dismiss"), () => note.remove()));
  box.append(note);
  while (box.children.length > 3) box.firstChild.remove();
  setTimeout(() => note.remove(), kind === "error" ? 8000 : 12000);
}

export function explain(error, detail) {
  const name = state.app.name ?? "App";
  if (knows(error)) return `${t(error, { name })} (${error})`;
  return t("failed", { error: detail && detail !== error ? `${detail} (${error})` : error });
}

export const reportFailure = (error) => toast(explain(error.name, error.message));

// True when the app took it.
export function reportOutcome(outcome) {
  if (outcome.acked && outcome.ok !== false) return true;
  toast(explain(outcome.error ?? "operation_timeout", outcome.detail));
  return false;
}
