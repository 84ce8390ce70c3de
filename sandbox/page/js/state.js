// What the page knows, and who wants to hear when it changes.

export const state = {
  me: null, // the id of the person who acts
  place: null, // a channel's id, or "home": the app's Home tab
  thread: null, // the ts of the thread in the side pane
  team: {}, // the open workspace
  workspaces: [], // all of them, the first one first
  left: new Map(), // team id → the address where we left it
  app: { commands: [], shortcuts: [] },
  users: new Map(),
  usergroups: new Map(),
  channels: [],
  home: null,
  ahead: 0, // seconds that sandbox time is ahead of the machine's
  hook: false, // whether the app's own time can be moved
  story: false, // whether there is a tour to show
};

const listeners = new Map();

export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

export const me = () => state.users.get(state.me) ?? { id: state.me, locale: "en-US", tz: "UTC" };
export const user = (id) => state.users.get(id) ?? { id, name: id, real_name: id, profile: {} };
export const people = () => [...state.users.values()].filter((one) => !one.is_bot && one.id !== "USLACKBOT" && !one.deleted);
// A display name that only repeats the handle says less than the real name.
export function nameOf(id) {
  const { name, real_name: real, profile } = user(id);
  return (profile?.display_name !== name && profile?.display_name) || real || name;
}
export const channel = (id) => state.channels.find((one) => one.id === id);
export const isAppConversation = (one) => one?.kind === "im" && one.with === state.app.bot_user_id;
export const appConversation = () => state.channels.find(isAppConversation);
export const channelName = (one) => (one.kind === "im" ? nameOf(one.with) : one.kind === "mpim"
  ? (one.members ?? []).filter((id) => id !== state.me).map(nameOf).join(", ") || one.name : one.name);

// Somebody in one workspace may have the id of somebody in another.
export const seat = () => `${state.team.id}/${state.me}`;

export function learnWorkspace({ team, app, users, usergroups, now, hook, story, workspaces }) {
  Object.assign(state, { team, workspaces, hook, story, ahead: now - Date.now() / 1000, app: { commands: [], shortcuts: [], ...app } });
  state.users = new Map(users.map((one) => [one.id, one]));
  state.usergroups = new Map((usergroups ?? []).map((one) => [one.id, one]));
}

// Where the address bar says we are: #/USER/PLACE/THREAD, in other workspaces than the first #/TEAM/USER/PLACE/THREAD.
// Links of messages say it by their path.
export function readAddress() {
  const [, team, place] = location.pathname.match(/^(?:\/workspaces\/(\w+))?(?:\/archives\/(\w+))?/);
  const parts = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
  if (!parts.length) return { team, place };
  const named = parts[0].startsWith("T") ? parts.shift() : null;
  return { team: named, person: parts[0], place: parts[1], thread: parts[2] };
}

export function address(person, place, thread, team = state.team.id) {
  const named = team === state.workspaces[0]?.id ? null : team;
  return `#/${[named, person, place, thread].filter(Boolean).join("/")}`;
}

const lastPerson = (team) => (team === state.workspaces[0]?.id ? "sandbox.person" : `sandbox.person.${team}`);

export function remembered(team) {
  try {
    return localStorage.getItem(lastPerson(team));
  } catch {
    return null;
  }
}

export function remember(team, person) {
  try {
    localStorage.setItem(lastPerson(team), person);
  } catch { /* private window: not remembered */ }
}

export function go(place, thread) {
  location.hash = address(state.me, place, thread);
}
