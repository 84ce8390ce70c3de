// The tour: one step at a time on a card; "do it for me" does the step in the page itself, as a person would.
import { api } from "./api.js";
import { h, icon, iconButton } from "./dom.js";
import { nowSeconds } from "./format.js";
import { isChinese, t } from "./i18n.js";
import { address, state } from "./state.js";
import { morning, travel } from "./time.js";
import { reportFailure } from "./toasts.js";

const PAUSE = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 650; // milliseconds, to look on
const PATIENCE = 8000; // milliseconds until something must be seen
const A_LOOK = 1500; // milliseconds, after a journey that may have brought nothing
const MOST_MORNINGS = 10; // no holidays are longer
const card = () => document.getElementById("story");
const find = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility()).at(-1);
const pause = (ms = PAUSE) => new Promise((resolve) => setTimeout(resolve, ms));
let story = null;
let language = "en";
let at = 0;

export const storyButton = () => h("button", { type: "button", class: "bar-button story", "aria-label": t("showMe"), title: t("showMe"), onclick: start },
  icon("play"), h("span", {}, t("showMe")));

// Texts, people and places may differ by language: {"en": …, "zh": …}.
const said = (value) => (value && typeof value === "object" && "en" in value ? value[language] : value);

async function start() {
  try {
    ({ story } = await api.story());
    [language, at] = [isChinese() ? "zh" : "en", 0];
    await draw();
  } catch (error) {
    reportFailure(error);
  }
}

function close() {
  story = null;
  card().hidden = true;
  find(".bar-button.story")?.focus();
}

async function draw() {
  const step = story.steps[at];
  const button = (label, onclick, main) => h("button", { type: "button", class: `button ${main ? "primary filled" : ""}`, onclick }, h("span", { class: "button-text" }, label));
  const next = async () => {
    at += 1;
    await draw();
  };
  card().setAttribute("aria-labelledby", "story-title");
  card().hidden = false;
  if (!step) {
    card().replaceChildren(head(story.end), h("ul", {}, story.end.points.map((point) => h("li", {}, said(point)))), h("footer", {}, button(t("storyEnd"), close, true)));
  } else {
    const perform = button(t("storyPlay"), () => play(step, perform, next), true);
    card().replaceChildren(head(step), h("footer", {}, button(t("storySkip"), next), perform));
    await go(said(step.person), said(step.channel)).catch(() => null);
  }
  card().querySelector(".primary").focus();
}

const head = (step) => h("div", {}, h("header", {},
  h("span", { class: "steps", role: "img", "aria-label": t("storyStep", { n: Math.min(at + 1, story.steps.length), all: story.steps.length }) },
    story.steps.map((_, index) => h("i", { class: index < at ? "done" : "" }))), iconButton("close", t("close"), close)),
h("h2", { id: "story-title" }, said(step.title)), h("p", {}, said(step.text)));

async function play(step, control, next) {
  const footer = control.parentElement;
  card().querySelector(".problem")?.remove();
  control.classList.add("working");
  control.disabled = true;
  try {
    await go(said(step.person), said(step.channel));
    for (const action of step.actions) await perform(action);
    footer.replaceChildren(h("button", { type: "button", class: "button primary filled", onclick: next }, t("storyNext")));
    footer.before(h("p", { role: "status" }, said(step.seen ?? "")));
    footer.firstChild.focus();
  } catch (error) {
    footer.before(h("p", { class: "problem", role: "alert" }, t("storyStuck", { error: error.message })));
  } finally {
    control.classList.remove("working");
    control.disabled = false;
  }
}

async function perform(action) {
  for (const [name, value] of Object.entries(action)) await deeds[name](said(value), action);
  await pause();
}

const deeds = {
  async command(words) {
    const field = await seen("#composer textarea");
    type(field, words);
    await pause();
    find("#composer .send").click();
  },
  async fill(values) {
    for (const [name, value] of Object.entries(values)) await fill(name, said(value));
  },
  submit: async () => press(await seen("dialog button[type=submit]")),
  press: async (action) => press(await seen(`${find("dialog[open]") ? "dialog" : "#main"} [data-key*="/${action}"]`)),
  item: async (index) => press([...document.querySelectorAll(".menu:popover-open [role^=menuitem]")][index]),
  go: (place) => go(said(place.person) ?? state.me, said(place.channel)),
  wait_for: (selector) => seen(selector),
  async travel(where) {
    if (where.until) return travelUntil(`#main [data-key*="/${where.until}"]`);
    // Monday may be today already: the morning's message is there then.
    const to = where === "monday" ? morning((day) => day === 1, nowSeconds() - 12 * 3600) : morning((day) => day >= 1 && day <= 5);
    if (to > nowSeconds()) await travel(to);
  },
};

// From working morning to working morning until something is seen: some of them are holidays, which only the app knows.
async function travelUntil(selector) {
  for (let mornings = 1; ; mornings += 1) {
    await travel(morning((day) => day >= 1 && day <= 5));
    try {
      return await seen(selector, mornings < MOST_MORNINGS ? A_LOOK : PATIENCE);
    } catch (error) {
      if (mornings >= MOST_MORNINGS) throw error;
    }
  }
}

async function fill(name, value) {
  const box = await seen(`dialog [data-block="${name}"], dialog [data-block^="${name}:"]`);
  box.scrollIntoView({ block: "nearest" });
  for (const one of [value].flat()) {
    const choice = box.querySelector(`[data-key$="/${one}"]`);
    const combo = box.querySelector("[role=combobox]");
    if (choice) choice.click();
    else if (combo) {
      combo.click();
      press(await seen(`[role=option][data-value="${one}"]`));
    } else type(box.querySelector("[contenteditable]") ?? box.querySelector("input, textarea"), one);
  }
  await pause(PAUSE / 2);
}

function type(field, words) {
  field.focus();
  field[field.isContentEditable ? "textContent" : "value"] = words;
  for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
}

async function press(node) {
  node.scrollIntoView({ block: "nearest" });
  node.classList.add("pointed");
  await pause();
  node.classList.remove("pointed");
  node.click();
}

async function seen(selector, patience = PATIENCE) {
  for (const end = performance.now() + patience; performance.now() < end; await pause(40)) {
    const node = find(selector);
    if (node) return node;
  }
  throw new Error(selector);
}

async function go(person, place) {
  const [home] = state.workspaces; // where the story happens
  const there = () => state.team.id === home.id && state.me === person && state.place === place;
  if (!person || there()) return;
  location.hash = address(person, place, null, home.id);
  for (const end = performance.now() + PATIENCE; performance.now() < end; await pause(40)) {
    if (there()) return;
  }
  throw new Error(place);
}

