// The clock in the top bar: what time it is here, and ways to move it forward.
import { api } from "./api.js";
import { h, icon, working } from "./dom.js";
import { fromWallTime, moment, nowSeconds, shortMoment, wallTime } from "./format.js";
import { t } from "./i18n.js";
import { openMenu } from "./popover.js";
import { emit, me, on, state } from "./state.js";
import { reportFailure, toast } from "./toasts.js";

const HOUR = 3600;
const MORNING = "09:00";
let button = null;

export function clockButton() {
  button = h("button", { type: "button", class: "bar-button clock", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => choose() });
  draw();
  return button;
}

function draw() {
  if (!button) return;
  button.title = t("travel");
  button.replaceChildren(icon("clock"), h("span", {}, shortMoment(nowSeconds())), h("span", { class: "hidden" }, ` ${t("travel")}`));
}

function choose() {
  const now = nowSeconds();
  const places = [["inAnHour", now + HOUR], ["workingMorning", morning((day) => day >= 1 && day <= 5)], ["nextMonday", morning((day) => day === 1)]];
  openMenu(button, [
    { heading: `${moment(now)} · ${me().tz}` },
    ...places.map(([key, to]) => ({ label: t(key), hint: moment(to), run: () => travel(to) })),
    { label: t("otherTime"), run: ask },
    ...(state.hook ? [] : [{ heading: t("noHook", { name: state.app.name }) }]),
  ], { label: t("travel") });
}

// The next 09:00 in the person's zone on a day that fits (0 = Sunday).
export function morning(fits, now = nowSeconds()) {
  for (let days = 0; ; days += 1) {
    const day = wallTime(now + days * 24 * HOUR).slice(0, 10);
    const at = fromWallTime(`${day}T${MORNING}`);
    if (at > now && fits(new Date(`${day}T00:00Z`).getUTCDay())) return at;
  }
}

export async function travel(to) {
  try {
    const { now, happened } = await working(button, api.travel(new Date(to * 1000).toISOString(), me().locale));
    toast(t("arrived", { when: moment(now), what: told(happened) }), "info");
  } catch (error) {
    reportFailure(error);
  }
}

// "Weekly sync · #sales; Daily digest ×4"
function told(happened) {
  if (!happened.length) return state.hook ? t("nothingHappened") : "";
  const groups = Map.groupBy(happened, (line) => line.split(" · ")[0]);
  return [...groups].map(([name, lines]) => (lines.length > 1 ? `${name} ×${lines.length}` : lines[0])).join(t("separator"));
}

function ask() {
  const field = h("input", { type: "datetime-local", class: "field picker", id: "travel-to", required: true, min: wallTime(nowSeconds()),
    value: `${wallTime(nowSeconds() + 24 * HOUR).slice(0, 10)}T${MORNING}` });
  const dialog = h("dialog", { class: "modal small", "aria-labelledby": "travel-title", onclose: () => dialog.remove() });
  const go = (event) => {
    event.preventDefault();
    dialog.close();
    travel(fromWallTime(field.value));
  };
  dialog.append(h("form", { onsubmit: go },
    h("header", { class: "modal-head" }, h("h2", { id: "travel-title" }, t("travel"))),
    h("div", { class: "modal-body" }, h("label", { class: "label", for: "travel-to" }, t("travelTo", { zone: me().tz })), field,
      h("p", { class: "hint" }, t("forwardOnly"))),
    h("footer", { class: "modal-foot" },
      h("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("cancel")),
      h("button", { type: "submit", class: "button primary filled" }, t("goThere")))));
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
}

on("live:clock", ({ now, hook }) => {
  Object.assign(state, { ahead: now - Date.now() / 1000, hook });
  draw();
  emit("clock");
});
setInterval(draw, 15000);
