// Who we are and where: follows the address, loads what is needed, listens to the live socket.
import { api } from "./api.js";
import { forgetAll, load, touch } from "./conversations.js";
import { connect } from "./live.js";
import { address, emit, go, learnWorkspace, on, people, readAddress, state } from "./state.js";
import { reportFailure } from "./toasts.js";

const LAST = "sandbox.person";

export async function start() {
  learnWorkspace(await api.workspace());
  addEventListener("hashchange", () => follow().catch(reportFailure));
  document.addEventListener("visibilitychange", markRead);
  await follow();
}

async function follow() {
  const { person, place, thread } = readAddress();
  const who = [person, remembered(), people()[0]?.id].find((id) => state.users.has(id));
  if (who !== state.me) await become(who);
  const known = place === "home" || state.channels.some((one) => one.id === place);
  const target = known ? place : firstPlace();
  if (!known || !person) history.replaceState(null, "", address(who, target));
  const moved = target !== state.place;
  Object.assign(state, { place: target, thread: known ? thread : null });
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

function remembered() {
  try {
    return localStorage.getItem(LAST);
  } catch {
    return null;
  }
}

// Where there is something to read, not an empty channel.
function firstPlace() {
  const mine = state.channels.filter((one) => one.is_member !== false && !one.archived);
  const rooms = mine.filter((one) => one.kind === "channel" || one.kind === "private");
  return (rooms.find((one) => one.unread) ?? rooms[0] ?? mine[0])?.id ?? "home";
}

async function become(person) {
  const reloaded = !state.me;
  state.me = person;
  Object.assign(state, { home: null, place: null, thread: null });
  forgetAll();
  try {
    localStorage.setItem(LAST, person);
  } catch { /* private window: not remembered */ }
  if (reloaded) await api.reload(); // a client that was loaded again has lost its ephemeral messages
  const [{ channels }, { views }] = await Promise.all([api.channels(), api.modals()]);
  state.channels = channels;
  emit("person");
  emit("modals", views);
  connect(person);
}

// The Home tab: tell the app that it was opened, show what is published already meanwhile.
async function openHomeTab() {
  const person = state.me;
  const show = async () => {
    const { view } = await api.home();
    if (person !== state.me) return;
    state.home = view;
    emit("home");
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
    const person = state.me;
    const { channels } = await api.channels().catch(() => ({ channels: state.channels }));
    if (person !== state.me) return;
    state.channels = channels;
    emit("channels");
    markRead();
  }, 120);
}

export async function refreshModals() {
  const { views } = await api.modals();
  emit("modals", views);
}

async function refreshWorkspace() {
  learnWorkspace(await api.workspace());
  emit("workspace");
}

for (const type of ["message", "ephemeral", "channels"]) on(`live:${type}`, refreshChannels);
on("live:modals", ({ views }) => emit("modals", views));
on("live:home", ({ view }) => {
  state.home = view;
  emit("home");
});
// "channels" also comes when a person was added or changed.
for (const type of ["app", "channels"]) on(`live:${type}`, () => refreshWorkspace().catch(reportFailure));
on("reconnected", startAfresh);
on("live:reset", startAfresh);

// Whatever we know may be out of date.
async function startAfresh() {
  forgetAll();
  const conversation = state.place !== "home" && state.place;
  await Promise.allSettled([refreshWorkspace(), refreshModals(), conversation && load(conversation), state.thread && load(conversation, state.thread)]);
  refreshChannels();
}
