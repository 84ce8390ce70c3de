// The messages of channels and threads that were opened, kept in order and up to date.
import { api } from "./api.js";
import { emit, on, seat } from "./state.js";

const kept = new Map(); // "CHANNEL" or "CHANNEL/THREAD" → {messages, hasMore, busy}

const keyOf = (channel, thread) => (thread ? `${channel}/${thread}` : channel);
export const conversation = (channel, thread) => kept.get(keyOf(channel, thread));
export const forgetAll = () => kept.clear();
export const touch = (channel) => kept.get(channel)?.messages.at(-1)?.ts;
const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";

const underWay = new Set(); // one list for each page that is on its way: what comes before it is heard once more after it

const heard = (deal) => (event) => {
  for (const list of underWay) list.push(() => deal(event));
  deal(event);
};

export async function load(channel, thread) {
  const asked = seat();
  const meanwhile = [];
  underWay.add(meanwhile);
  const { messages, has_more: hasMore } = await api.messages(channel, { thread_ts: thread }).finally(() => underWay.delete(meanwhile));
  if (asked !== seat()) return;
  const key = keyOf(channel, thread);
  const before = kept.get(key);
  // What was loaded further up stays.
  const first = Number(messages[0]?.ts ?? Infinity);
  const older = hasMore && before ? before.messages.filter((one) => Number(one.ts) < first) : [];
  kept.set(key, { messages: [...older, ...messages], hasMore: older.length ? before.hasMore : hasMore, busy: false });
  for (const again of meanwhile) again();
  emit("messages", key);
}

export async function loadEarlier(channel, thread) {
  const found = conversation(channel, thread);
  if (!found?.hasMore || found.busy) return;
  found.busy = true;
  try {
    const page = await api.messages(channel, { thread_ts: thread, before: found.messages[0]?.ts });
    const known = new Set(found.messages.map((one) => one.ts));
    found.messages = [...page.messages.filter((one) => !known.has(one.ts)), ...found.messages];
    found.hasMore = page.has_more && page.messages.length > 0;
  } finally {
    found.busy = false;
  }
  emit("messages", keyOf(channel, thread));
}

function put(key, message, onlyKnown) {
  const found = kept.get(key);
  if (!found) return;
  const at = found.messages.findIndex((one) => one.ts === message.ts);
  if (at >= 0) found.messages[at] = message;
  else if (onlyKnown) return;
  else found.messages = [...found.messages, message].sort((a, b) => Number(a.ts) - Number(b.ts));
  emit("messages", key);
}

const pending = new Map();
function reloadSoon(channel) {
  if (!kept.has(channel)) return;
  clearTimeout(pending.get(channel));
  pending.set(channel, setTimeout(() => load(channel).catch(() => null), 150));
}

function arrive({ type, channel, message }) {
  if (!message) return;
  const changed = type === "message_changed";
  const kind = type === "ephemeral" ? { ...message, is_ephemeral: true } : message;
  if (isReply(kind)) {
    put(keyOf(channel, kind.thread_ts), kind, changed);
    if (!kind.is_ephemeral) reloadSoon(channel); // the parent's "n replies"
    return;
  }
  put(channel, kind, changed);
  put(keyOf(channel, kind.ts), kind, true);
}

for (const type of ["message", "ephemeral", "message_changed"]) on(`live:${type}`, heard(arrive));
on("live:message_deleted", heard(({ channel, ts, message }) => {
  const gone = ts ?? message?.ts;
  for (const [key, found] of kept) {
    if (key.split("/")[0] !== channel || !found.messages.some((one) => one.ts === gone)) continue;
    found.messages = found.messages.filter((one) => one.ts !== gone);
    if (key !== channel) reloadSoon(channel);
    emit("messages", key);
  }
}));
