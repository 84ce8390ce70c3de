// What can be completed at the caret: /commands of the app, @people, #channels, :emoji:.
import { avatar, h, icon } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { t } from "./i18n.js";
import { channelName, nameOf, people, state, user } from "./state.js";

const MOST = 8;
const has = (words, query) => words.toLocaleLowerCase().includes(query.toLocaleLowerCase());

// Answers {from, items: [{label, hint, node, insert, token?, rich?}]} or null.
// For the inserted label `token` is sent in mrkdwn, `rich` in rich text.
export function completionsAt(text, caret) {
  const before = text.slice(0, caret);
  return /^\/\S*$/.test(before) ? list(0, commands(before)) : namesAt(before);
}

export function namesAt(before) {
  const found = /(^|[\s(])([@#:])([\p{L}\p{N}._+-]*)$/u.exec(before);
  if (!found) return null;
  const [, lead, sign, query] = found;
  if (sign === ":" && query.length < 2) return null;
  return list(found.index + lead.length, { "@": mentions, "#": channels, ":": emoji }[sign](query));
}

const list = (from, items) => (items.length ? { from, items: items.slice(0, MOST) } : null);

const commands = (typed) => state.app.commands.filter((one) => one.command.startsWith(typed)).map((one) => ({
  label: h("span", {}, h("strong", {}, one.command), one.usage_hint && h("span", { class: "usage" }, ` ${one.usage_hint}`)), hint: one.description,
  node: avatar(user(state.app.bot_user_id), "tiny"), insert: `${one.command} ` }));

function mentions(query) {
  const known = [...people(), user(state.app.bot_user_id)].filter((one) => has(`${nameOf(one.id)} ${one.name}`, query))
    .map((one) => ({ label: nameOf(one.id), hint: `@${one.name}`, node: avatar(one, "tiny"), insert: `@${nameOf(one.id)}`, token: `<@${one.id}>`,
      rich: { type: "user", user_id: one.id } }));
  const groups = [...state.usergroups.values()].filter((one) => has(`${one.handle} ${one.name}`, query))
    .map((one) => ({ label: `@${one.handle}`, hint: one.name, node: icon("people"), insert: `@${one.handle}`, token: `<!subteam^${one.id}>`,
      rich: { type: "usergroup", usergroup_id: one.id } }));
  const wide = [["here", "everyoneHere"], ["channel", "everyoneChannel"]].filter(([name]) => name.startsWith(query))
    .map(([name, words]) => ({ label: `@${name}`, hint: t(words), node: icon("people"), insert: `@${name}`, token: `<!${name}>`, rich: { type: "broadcast", range: name } }));
  return [...known, ...groups, ...wide];
}

const channels = (query) => state.channels.filter((one) => (one.kind === "channel" || one.kind === "private") && has(one.name, query))
  .map((one) => ({ label: channelName(one), hint: one.topic, node: icon(one.kind === "private" ? "lock" : "hash"), insert: `#${one.name}`, token: `<#${one.id}>`,
    rich: { type: "channel", channel_id: one.id } }));

const emoji = (query) => [...EMOJI].filter(([name]) => name.startsWith(query))
  .map(([name, sign]) => ({ label: `:${name}:`, node: h("span", { class: "glyph" }, sign), insert: `:${name}:`,
    rich: { type: "emoji", name } }));
