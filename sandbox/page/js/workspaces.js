// The workspace bar: the workspaces, what is unread in the others, and the way there. Alone, a workspace has no bar.
import { api } from "./api.js";
import { h, initials } from "./dom.js";
import { t } from "./i18n.js";
import { listen } from "./live.js";
import { address, on, remembered, state } from "./state.js";

const SHORTCUTS = 9;
const others = new Map(); // team id → {person, unread, stop}: what we hear of the workspaces that are not open

export function startWorkspaces(root) {
  const draw = () => drawBar(root);
  on("workspace", draw);
  on("person", () => {
    listenElsewhere(draw);
    draw();
  });
  on("workspace", () => state.me && listenElsewhere(draw));
  document.addEventListener("keydown", (event) => {
    const wanted = event.altKey && !event.ctrlKey && !event.metaKey && event.code.startsWith("Digit") && root.querySelectorAll("a")[Number(event.code.at(-1)) - 1];
    if (!wanted || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    wanted.click();
  });
}

function drawBar(root) {
  const focused = root.contains(document.activeElement);
  root.hidden = state.workspaces.length < 2;
  root.setAttribute("aria-label", t("workspaces"));
  root.replaceChildren(...state.workspaces.map(item));
  if (focused) root.querySelector("[aria-current]")?.focus();
}

function item(team, index) {
  const here = team.id === state.team.id;
  const unread = others.get(team.id)?.unread ?? 0;
  const name = unread ? `${team.name}, ${t("unread", { n: unread })}` : team.name;
  const shortcut = index < SHORTCUTS ? `Alt+${index + 1}` : null;
  return h("a", { class: "workspace", href: state.left.get(team.id) ?? address(null, null, null, team.id), "aria-current": here ? "true" : null,
    "aria-label": name, title: shortcut ? `${name} (${shortcut})` : name, "aria-keyshortcuts": shortcut },
  h("span", { class: "emblem", "aria-hidden": "true" }, initials(team.name)),
  unread ? h("b", { class: "count", "aria-hidden": "true" }, unread > 99 ? "99+" : String(unread)) : null);
}

// As the person who was last looked at there.
function listenElsewhere(draw) {
  const wanted = new Map(state.workspaces.filter((team) => team.id !== state.team.id).map((team) => [team.id, remembered(team.id) ?? team.person]));
  for (const [team, known] of others) {
    if (wanted.get(team) === known.person) continue;
    known.stop();
    others.delete(team);
  }
  for (const [team, person] of wanted) if (!others.has(team)) others.set(team, elsewhere(team, person, draw));
}

function elsewhere(team, person, draw) {
  let soon = null;
  const known = { person, unread: 0 };
  const count = async () => {
    const { channels } = await api.channelsOf(team, person).catch(() => ({ channels: [] }));
    known.unread = channels.filter((one) => one.is_member && !one.archived).reduce((sum, one) => sum + one.unread, 0);
    draw();
  };
  const later = () => {
    clearTimeout(soon);
    soon = setTimeout(count, 150);
  };
  const stop = listen(team, person, ({ type }) => ["message", "message_deleted", "channels"].includes(type) && later(), (yes) => yes && later());
  known.stop = () => {
    clearTimeout(soon);
    stop();
  };
  return known;
}
