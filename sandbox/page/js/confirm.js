// Block Kit's confirmation dialog, above whatever is open.
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { text } from "./mrkdwn.js";

export function confirmDialog(confirm) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "modal small", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" });
    const finish = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    dialog.append(
      h("header", { class: "modal-head" }, h("h2", { id: "confirm-title" }, text(confirm.title))),
      h("div", { class: "modal-body", id: "confirm-text" }, h("p", {}, text(confirm.text))),
      h("footer", { class: "modal-foot" },
        h("button", { type: "button", class: "button", onclick: () => finish(false) }, text(confirm.deny) || t("cancel")),
        h("button", { type: "button", class: `button ${confirm.style === "danger" ? "danger" : "primary"} filled`, onclick: () => finish(true) },
          text(confirm.confirm) || t("yes"))));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      finish(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector(".filled").focus();
  });
}
