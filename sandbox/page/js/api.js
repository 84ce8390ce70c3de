// The control API of the sandbox (docs/sandbox.md), as the person who acts.
import { state } from "./state.js";

const BASE = "/sandbox/api";
const of = (team) => (team ? `/workspaces/${team}` : "");
export const LOG_PAGE = 500;

export class ApiError extends Error {
  constructor(name, detail) {
    super(detail || name);
    this.name = name;
  }
}

async function call(method, path, body, team = state.team.id) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) Object.assign(options, { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  let response;
  try {
    response = await fetch(BASE + of(team) + path, options);
  } catch {
    throw new ApiError("sandbox_unreachable");
  }
  const answer = await response.json().catch(() => ({}));
  // An outcome with ok:false is no error here: its caller shows it where it belongs.
  if (!response.ok) throw new ApiError(answer.error ?? `http_${response.status}`, answer.detail);
  return answer;
}

const as = () => `/as/${state.me}`;
const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value != null)).toString();

export const api = {
  workspace: (team) => call("GET", "/workspace", undefined, team),
  channels: () => call("GET", `${as()}/channels`),
  channelsOf: (team, person) => call("GET", `/as/${person}/channels`, undefined, team),
  messages: (channel, page) => call("GET", `${as()}/channels/${channel}/messages?${query({ limit: 50, ...page })}`),
  home: () => call("GET", `${as()}/home`),
  modals: () => call("GET", `${as()}/modals`),
  post: (message) => call("POST", `${as()}/messages`, message),
  upload(file) {
    const form = new FormData();
    form.append("file", file);
    return call("POST", `${as()}/files`, form);
  },
  command: (channel, text) => call("POST", `${as()}/commands`, { channel, text }),
  shortcut: (shortcut) => call("POST", `${as()}/shortcuts`, shortcut),
  action: (action) => call("POST", `${as()}/actions`, action),
  options: (question) => call("POST", `${as()}/options`, question),
  submit: (view, values) => call("POST", `${as()}/views/${view}/submit`, { values }),
  close: (view, clear) => call("POST", `${as()}/views/${view}/close`, { clear }),
  openHome: (tab) => call("POST", `${as()}/home`, { tab }),
  react: (reaction) => call("POST", `${as()}/reactions`, reaction),
  read: (channel, ts) => call("POST", `${as()}/read`, { channel, ts }),
  join: (channel) => call("POST", `/channels/${channel}/members`, { user: state.me }),
  travel: (now, locale) => call("POST", "/clock", { now, locale }),
  jobs: (locale) => call("GET", `/jobs?${query({ locale })}`),
  runJob: (id, locale) => call("POST", `/jobs/${encodeURIComponent(id)}/run`, { locale }),
  log: (after) => call("GET", `/log?${query({ after, limit: LOG_PAGE })}`),
  story: () => call("GET", "/story"),
  reload: () => call("POST", `${as()}/reload`, {}),
};
