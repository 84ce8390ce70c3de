// What the app will do by itself, the soonest first, and a way to let it do so now.
import { api } from "./api.js";
import { h, working } from "./dom.js";
import { ago, shortMoment } from "./format.js";
import { t } from "./i18n.js";
import { me, on, state } from "./state.js";
import { explain } from "./toasts.js";

let body = null;
let outcomes = new Map(); // job id → what came of running it

export const jobs = {
  icon: "list",
  title: "jobs",
  open(root) {
    body = root;
    outcomes = new Map();
    refresh();
  },
  close() {
    body = null;
  },
};

async function refresh() {
  const asked = body;
  if (!asked) return;
  try {
    const answer = await api.jobs(me().locale);
    if (asked === body) draw(answer.jobs);
  } catch (error) {
    if (asked === body) body.replaceChildren(note(explain(error.name, error.message)));
  }
}

const note = (words) => h("p", { class: "tool-note" }, words);

function draw(list) {
  const focused = body.contains(document.activeElement) && document.activeElement.dataset.job;
  if (!list.length) return body.replaceChildren(note(t(state.hook ? "noJobs" : "noHook", { name: state.app.name })));
  body.replaceChildren(note(t("jobsNote")), h("ol", { class: "jobs" }, list.map(item)));
  return focused && body.querySelector(`[data-job="${CSS.escape(focused)}"]`)?.focus();
}

function item(job) {
  const seconds = Date.parse(job.next) / 1000;
  const name = [job.name, job.subject].filter(Boolean).join(", ");
  const button = h("button", { type: "button", class: "button", "aria-label": `${t("runNow")}: ${name}`, "data-job": job.id, onclick: () => run(job, button) },
    h("span", { class: "button-text" }, t("runNow")));
  const when = job.every ? t("everyMinutes", { n: Math.round(job.every / 60) }) : [shortMoment(seconds), ago(seconds)].join(" · ");
  return h("li", { class: "job" },
    h("div", { class: "job-text" }, h("strong", {}, job.name), job.subject && h("span", { class: "badge" }, job.subject),
      h("div", {}, when), h("small", {}, job.description ?? ""),
      h("div", { class: "job-outcome", role: "status" }, outcomes.get(job.id))), button);
}

async function run(job, button) {
  try {
    const { happened } = await working(button, api.runJob(job.id, me().locale));
    outcomes.set(job.id, happened.join(" "));
  } catch (error) {
    outcomes.set(job.id, explain(error.name, error.message));
  }
  await refresh();
}

let soon = null;
on("clock", () => {
  clearTimeout(soon);
  soon = setTimeout(refresh, 300);
});
