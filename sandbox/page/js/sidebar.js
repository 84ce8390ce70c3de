// The left side: who looks (one click changes it), channels, direct messages, the app.
import { avatar, h, icon, iconButton } from "./dom.js";
import { clockIn } from "./format.js";
import { t } from "./i18n.js";
import { openMenu } from "./popover.js";
import { address, appConversation, channelName, isAppConversation, me, nameOf, on, people, state, user } from "./state.js";

const IN_RAIL = 9;

export function startSidebar(rail, sidebar) {
  const draw = () => {
    drawRail(rail);
    drawSidebar(sidebar);
  };
  for (const topic of ["person", "channels", "place", "workspace"]) on(topic, draw);
  setInterval(() => sidebar.querySelector(".person-clock")?.replaceChildren(clockIn(me())), 20000);
}

const describe = (one) => `${one.locale ?? ""} · ${one.tz ?? ""} · ${clockIn(one)}`;

// The address keeps the channel when the other person is in it too.
function linkTo(one) {
  const { place } = state;
  const shared = place === "home" || state.channels.find((each) => each.id === place && (each.kind === "channel" || each.members?.includes?.(one.id)));
  return address(one.id, shared ? place : null);
}

function drawRail(rail) {
  const focused = rail.contains(document.activeElement) && document.activeElement.getAttribute("href");
  const all = people();
  const shown = all.slice(0, IN_RAIL);
  if (!shown.some((one) => one.id === state.me) && all.length) shown[shown.length - 1] = user(state.me);
  rail.setAttribute("aria-label", t("people"));
  rail.replaceChildren(
    ...shown.map((one) => h("a", { class: "person", href: linkTo(one), "aria-current": one.id === state.me ? "true" : null,
      "aria-label": t(one.id === state.me ? "youAre" : "seeAs", { name: nameOf(one.id) }), title: `${nameOf(one.id)} · ${describe(one)}` }, avatar(one))),
    all.length > 1 ? iconButton("people", t("allPeople"), (event) => openMenu(event.currentTarget, [{ heading: t("allPeople") }, ...all.map((one) => ({
      label: nameOf(one.id), hint: describe(one), node: avatar(one, "tiny"), checked: one.id === state.me, run: () => { location.hash = linkTo(one); } }))]),
    { "aria-haspopup": "menu", "aria-expanded": "false" }) : "");
  if (focused) rail.querySelector("[aria-current]")?.focus();
}

function drawSidebar(sidebar) {
  const focused = sidebar.contains(document.activeElement) && document.activeElement.getAttribute("href");
  const joined = state.channels.filter((one) => !one.archived);
  const outside = (one) => Number(one.is_member === false);
  const rooms = joined.filter((one) => one.kind === "channel" || one.kind === "private")
    .sort((a, b) => outside(a) - outside(b) || a.name.localeCompare(b.name));
  const direct = joined.filter((one) => (one.kind === "im" || one.kind === "mpim") && !isAppConversation(one));
  const self = me();
  sidebar.setAttribute("aria-label", t("channels"));
  sidebar.replaceChildren(
    h("div", { class: "workspace-head" }, h("h1", {}, state.team.name ?? ""),
      h("div", { class: "you" }, avatar(self, "small"), h("strong", {}, nameOf(self.id)), h("span", { class: "person-clock" }, clockIn(self)),
        h("small", {}, `${self.locale} · ${self.tz}`))),
    h("div", { class: "places" },
      section(t("apps"), [appRow()]),
      section(t("channels"), rooms.map(row)),
      direct.length ? section(t("direct"), direct.map(row)) : ""));
  if (focused) [...sidebar.querySelectorAll("a")].find((one) => one.getAttribute("href") === focused)?.focus();
}

const section = (title, rows) => h("section", {}, h("h2", {}, title), h("ul", {}, rows));

function row(one) {
  const here = state.place === one.id;
  const sign = one.with ? avatar(user(one.with), "tiny") : one.kind === "mpim" ? icon("people") : icon(one.kind === "private" ? "lock" : "hash");
  const looks = `place ${one.unread > 0 ? "unread" : ""} ${one.is_member === false ? "outside" : ""}`;
  return h("li", {}, h("a", { class: looks, href: address(state.me, one.id), "aria-current": here ? "page" : null },
    sign, h("span", {}, channelName(one)), unread(one)));
}

const unread = (one) => (one?.unread > 0
  ? h("b", { class: "count" }, String(one.unread), h("span", { class: "hidden" }, ` ${t("unread", { n: one.unread })}`)) : null);

function appRow() {
  if (!state.app.installed) return h("li", { class: "nothing" }, t("app_not_installed", { name: state.app.name ?? "App" }));
  const conversation = appConversation();
  const here = state.place === "home" || (conversation && state.place === conversation.id);
  const waiting = conversation?.unread > 0;
  const { connected, name } = state.app;
  const words = t(connected ? "connected" : "notConnected", { name });
  return h("li", {}, h("a", { class: `place ${waiting ? "unread" : ""}`, href: address(state.me, waiting ? conversation.id : "home"),
    "aria-current": here ? "page" : null },
    avatar(user(state.app.bot_user_id), "tiny"), h("span", {}, state.app.name ?? "App"),
    h("i", { class: `lamp ${connected ? "on" : ""}`, role: "img", "aria-label": words, title: words }),
    unread(conversation)));
}
