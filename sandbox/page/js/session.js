// Who we are and where: follows the address, loads what is needed, listens to the live socket.
import { api } from "./api.js";
import { forgetAll, load, touch } from "./conversations.js";
import { connect, disconnect } from "./live.js";
import { address, emit, go, learnWorkspace, on, people, readAddress, remember, remembered, seat, state } from "./state.js";
import { reportFailure } from "./toasts.js";

export async function start() {
  learnWorkspace(await api.workspace());
  addEventListener("hashchange", () => follow().catch(reportFailure));
  document.addEventListener("visibilitychange", markRead);
  await follow();
}

let arrived = null; // settles when what the person sees is loaded

async function follow() {
  const asked = location.hash;
  const { team, person, place, thread } = readAddress();
  await enter(team);
  if (asked !== location.hash) return; // gone on meanwhile
  const who = [person, remembered(state.team.id), people()[0]?.id].find((id) => state.users.has(id));
  if (who !== state.me) arrived = become(who);
  await arrived;
  if (asked !== location.hash) return;
  const known = place === "home" || state.channels.some((one) => one.id === place);
  const target = known ? place : firstPlace();
  if (!known || !person) history.replaceState(null, "", address(who, target));
  const moved = target !== state.place;
  Object.assign(state, { place: target, thread: known && thread ? thread : null });
  state.left.set(state.team.id, address(who, target, state.thread));
  emit("place", { moved });
  if (target === "home") {
    openHomeTab();
  } else {
    const unknownThread = (error) => {
      go(target);
      throw error;
    };
    await Promise.all([load(target), state.thread && load(target, state.thread).catch(unknownThread)]);
    markRead();
  }
}

// The workspace of the address; one that is not there gives way to the first.
async function enter(wanted) {
  const { id } = state.workspaces.find((one) => one.id === wanted) ?? state.workspaces[0];
  if (id === state.team.id) return;
  const known = await api.workspace(id);
  if (readAddress().team !== wanted) return;
  disconnect();
  learnWorkspace(known);
  state.me = null;
}

// Where there is something to read, not an empty channel.
function firstPlace() {
  const mine = state.channels.filter((one) => one.is_member !== false && !one.archived);
  const rooms = mine.filter((one) => one.kind === "channel" || one.kind === "private");
  return (rooms.find((one) => one.unread) ?? rooms[0] ?? mine[0])?.id ?? "home";
}

async function become(person) {
  const reloaded = !state.left.has(state.team.id);
  state.me = person;
  Object.assign(state, { home: null, place: null, thread: null });
  forgetAll();
  remember(state.team.id, person);
  const asked = seat();
  await connect(state.team.id, person);
  if (reloaded) await api.reload(); // a client that was loaded again has lost its ephemeral messages
  const learn = unlessPushed("modals", learnModals);
  const [{ channels }, modals] = await Promise.all([api.channels(), api.modals()]);
  if (asked !== seat()) return;
  state.channels = channels;
  emit("person");
  learn(modals);
}

// What to do with an answer, unless something newer was pushed meanwhile.
const pushes = { home: 0, modals: 0 };
function unlessPushed(kind, use) {
  const before = pushes[kind];
  return (answer) => before === pushes[kind] && use(answer);
}

// The Home tab: tell the app that it was opened, show what is published already meanwhile.
async function openHomeTab() {
  const asked = seat();
  const show = async () => {
    const learn = unlessPushed("home", learnHome);
    const answer = await api.home();
    if (asked === seat()) learn(answer);
  };
  await show().catch(reportFailure);
  await api.openHome("home").catch(() => null);
  await show().catch(() => null);
}

function markRead() {
  const found = state.channels.find((one) => one.id === state.place);
  const last = found && touch(found.id);
  if (!last || document.visibilityState !== "visible" || !(found.unread > 0)) return;
  found.unread = 0;
  emit("channels");
  api.read(found.id, last).catch(() => null);
}

let soon = null;
export function refreshChannels() {
  clearTimeout(soon);
  soon = setTimeout(async () => {
    const asked = seat();
    const { channels } = await api.channels().catch(() => ({ channels: state.channels }));
    if (asked !== seat()) return;
    state.channels = channels;
    emit("channels");
    markRead();
  }, 120);
}

export async function refreshModals() {
  const learn = unlessPushed("modals", learnModals);
  learn(await api.modals());
}

const learnModals = ({ views }) => emit("modals", views);

function learnHome({ view }) {
  state.home = view;
  emit("home");
}

async function refreshWorkspace() {
  const { id } = state.team;
  const known = await api.workspace(id);
  if (id !== state.team.id) return;
  learnWorkspace(known);
  emit("workspace");
}

for (const type of ["message", "ephemeral", "channels"]) on(`live:${type}`, refreshChannels);
on("live:modals", (pushed) => {
  pushes.modals += 1;
  learnModals(pushed);
});
on("live:home", (pushed) => {
  pushes.home += 1;
  learnHome(pushed);
});
// "channels" also comes when a person was added or changed.
for (const type of ["app", "channels"]) on(`live:${type}`, () => refreshWorkspace().catch(reportFailure));
on("live:workspaces", ({ ids }) => {
  if (ids.includes(state.team.id)) refreshWorkspace().catch(reportFailure);
  else location.hash = address(null, null, null, ids[0]); // it is gone
});
on("reconnected", startAfresh);
on("live:reset", () => beginAgain().catch(reportFailure));

// Everything is as in the workspace file.
async function beginAgain() {
  await refreshWorkspace();
  state.me = null;
  await follow();
}

// Whatever we know may be out of date.
async function startAfresh() {
  forgetAll();
  const conversation = state.place !== "home" && state.place;
  await Promise.allSettled([refreshWorkspace(), refreshModals(), conversation && load(conversation), state.thread && load(conversation, state.thread)]);
  refreshChannels();
}
