// Puts the page together: top bar, sidebar, the open place, the thread beside it, modals above.
import { api } from "./api.js";
import { Composer } from "./composer.js";
import { conversation } from "./conversations.js";
import { avatar, h, icon, iconButton } from "./dom.js";
import { drawHome } from "./home.js";
import { isChinese, t } from "./i18n.js";
import { inspector } from "./inspector.js";
import { jobs } from "./jobs.js";
import { flat } from "./mrkdwn.js";
import { MessageList } from "./messages.js";
import { startModals } from "./modal.js";
import { openMenu } from "./popover.js";
import { refreshChannels, start } from "./session.js";
import { startSidebar } from "./sidebar.js";
import { storyButton } from "./story.js";
import { address, appConversation, channel, channelName, go, isAppConversation, nameOf, on, state, user } from "./state.js";
import { startTheme, themeButton } from "./theme.js";
import { clockButton } from "./time.js";
import { reportFailure } from "./toasts.js";
import { addTool, toolButtons } from "./tools.js";
import { startWorkspaces } from "./workspaces.js";

const $ = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 720px)");
const pointer = matchMedia("(hover: hover)");

startTheme();
startModals();
startWorkspaces($("workspaces"));
startSidebar($("rail"), $("sidebar"));
addTool("jobs", jobs);
addTool("inspector", inspector);
const list = new MessageList($("messages"), false);
const replies = new MessageList($("replies"), true);
const composer = new Composer($("composer"), () => list.toBottom());
const threadComposer = new Composer($("thread-composer"), () => replies.toBottom());

function drawPlace() {
  const here = channel(state.place);
  const home = state.place === "home";
  document.documentElement.lang = isChinese() ? "zh-CN" : "en";
  document.title = `${home ? state.app.name : here ? channelName(here) : ""} · ${state.team.name ?? ""}`;
  drawHead(here, home);
  $("home").hidden = !home;
  $("messages").hidden = home;
  $("composer").hidden = home;
  $("pins").hidden = true;
  if (home) drawHome($("home"));
  else if (here) {
    list.show(here.id);
    drawPins(here);
    drawFoot(here);
  }
  drawThread(here);
}

const sign = (here) => (here.with ? avatar(user(here.with), "small") : icon(here.kind === "private" ? "lock" : here.kind === "mpim" ? "people" : "hash"));

function drawHead(here, home) {
  const ofApp = home || isAppConversation(here);
  const toNav = (event) => {
    event.preventDefault();
    showPane("nav");
  };
  const back = h("a", { class: "icon-button to-nav", href: "#", role: "button", "aria-label": t("menu"), onclick: toNav }, icon("back"));
  const title = ofApp ? [avatar(user(state.app.bot_user_id), "small"), h("h2", {}, state.app.name ?? "App"), h("span", { class: "badge" }, t("app"))]
    : here ? [sign(here), h("h2", {}, channelName(here))] : [];
  const conversationOfApp = appConversation();
  $("head").replaceChildren(back, ...title,
    ofApp ? h("nav", { class: "tabs", "aria-label": state.app.name },
      tab(t("home"), "home", home), conversationOfApp && tab(t("messages"), conversationOfApp.id, !home)) : "",
    here?.topic && !ofApp ? h("span", { class: "topic", title: flat(here.topic) }, flat(here.topic)) : "",
    h("span", { class: "spacer" }),
    here && !here.with ? memberCount(here.members ?? []) : "");
}

function memberCount(members) {
  return h("span", { class: "member-count", title: members.map(nameOf).join(", ") }, icon("people"),
    h("span", { "aria-hidden": "true" }, String(members.length)), h("span", { class: "hidden" }, t("members", { n: members.length })));
}

const tab = (label, place, current) => h("a", { class: "tab", href: address(state.me, place), "aria-current": current ? "page" : null }, label);

function drawFoot(here) {
  const root = $("composer");
  const name = here.with ? channelName(here) : `#${channelName(here)}`;
  const join = () => api.join(here.id).then(refreshChannels, reportFailure);
  const locked = here.archived ? [t("archived")]
    : here.is_member === false ? [t("joinFirst", { name }), h("button", { type: "button", class: "button primary filled", onclick: join }, t("join"))] : null;
  if (locked) return root.replaceChildren(h("div", { class: "locked" }, locked));
  if (!root.contains(composer.box)) root.replaceChildren(composer.box);
  return composer.show({ channel: here.id, label: t("messageTo", { name }) });
}

function drawPins(here) {
  const pinned = (conversation(here.id)?.messages ?? []).filter((one) => one.pinned_to?.includes(here.id));
  const count = Math.max(pinned.length, Array.isArray(here.pinned) ? here.pinned.length : Number(here.pinned ?? 0));
  $("pins").hidden = !count;
  if (count) {
    const button = { type: "button", class: "link", "aria-haspopup": "menu", "aria-expanded": "false" };
    $("pins").replaceChildren(h("button", { ...button, onclick: (event) => openMenu(event.currentTarget, pinned.map((one) => ({
      label: flat(one.text || t("pinnedBy")).slice(0, 120), hint: nameOf(one.user), run: () => list.reveal(one.ts) }))) }, icon("pin"), t("pinned", { n: count })));
  }
}

function drawThread(here) {
  const open = Boolean(here && state.thread);
  const was = !$("thread").hidden;
  $("thread").hidden = !open;
  document.body.classList.toggle("with-thread", open);
  if (!open) return;
  $("thread").setAttribute("aria-label", t("thread"));
  $("thread-head").replaceChildren(h("h2", {}, t("thread")), h("small", {}, here.with ? channelName(here) : `#${channelName(here)}`),
    h("span", { class: "spacer" }), iconButton("close", t("close"), closeThread));
  replies.show(here.id, state.thread);
  threadComposer.show({ channel: here.id, thread: state.thread, label: t("replyTo") });
  $("thread-composer").hidden = here.is_member === false || here.archived;
  if (!was && pointer.matches) threadComposer.focus();
}

function closeThread() {
  const { place, thread } = state;
  go(place);
  setTimeout(() => $("messages").querySelector(`[data-ts="${thread}"] .thread-summary`)?.focus(), 50);
}

function showPane(pane) {
  document.body.dataset.pane = pane;
  if (pane === "nav") $("sidebar").querySelector("a[aria-current]")?.focus();
}

function drawBar() {
  const { connected, name } = state.app;
  $("bar-status").replaceChildren(h("span", { class: "status" },
    h("i", { class: `lamp ${connected ? "on" : ""}` }), h("span", { class: "status-words" }, t(connected ? "connected" : "notConnected", { name }))));
  $("bar-note").textContent = t("tagline");
  if (!$("bar-clock").contains(document.activeElement)) $("bar-clock").replaceChildren(clockButton());
  $("bar-tools").replaceChildren(state.story ? storyButton() : "", ...toolButtons(), themeButton());
}

for (const topic of ["place", "person", "channels", "workspace"]) on(topic, () => state.place && drawPlace());
for (const topic of ["person", "workspace"]) on(topic, drawBar);
on("home", () => state.place === "home" && drawHome($("home")));
on("messages", (key) => key === state.place && drawPins(channel(key) ?? {}));
on("person", () => { list.key = replies.key = null; });
on("place", ({ moved }) => {
  document.body.dataset.pane = moved || narrow.matches ? "main" : document.body.dataset.pane;
  if (moved && pointer.matches && !narrow.matches && !state.thread && !document.querySelector("dialog[open]")) composer.focus();
});
on("online", (yes) => {
  $("offline").hidden = yes;
  $("offline").textContent = t("offline");
});
// The link to the open place is also the way back from the channel list on a narrow screen.
$("sidebar").addEventListener("click", (event) => event.target.closest("a") && showPane("main"));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && state.thread && $("thread").contains(event.target)) closeThread();
});

start().then(() => document.body.classList.add("ready"), (error) => {
  $("offline").hidden = false;
  $("offline").textContent = `${t("sandbox_unreachable")} ${error.message}`;
});
