// Slack's mrkdwn to nodes: blocks of code, quotes, then the marks inside a line.
import { h } from "./dom.js";
import { glyph } from "./emoji.js";
import { dateFormat, moment } from "./format.js";
import { address, channel, channelName, go, nameOf, state } from "./state.js";

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export function mrkdwn(text, { verbatim = false } = {}) {
  const out = document.createDocumentFragment();
  const parts = String(text).split(/```(?:\n)?([\s\S]+?)```/);
  parts.forEach((part, index) => {
    if (index % 2) out.append(h("pre", {}, h("code", {}, codeContent(part.replace(/\n$/, "")))));
    else if (part) out.append(paragraphs(trimAround(part, index, parts.length), verbatim));
  });
  return out;
}

// A code block takes the line break next to it with it.
function trimAround(part, index, count) {
  const start = index > 0 ? part.replace(/^\n/, "") : part;
  return index < count - 1 ? start.replace(/\n$/, "") : start;
}

function paragraphs(text, verbatim) {
  const out = document.createDocumentFragment();
  const lines = text.split("\n");
  let plain = [];
  let quoted = [];
  const flush = () => {
    if (plain.length) out.append(...inlineLines(plain, verbatim));
    if (quoted.length) out.append(h("blockquote", {}, inlineLines(quoted, verbatim)));
    plain = [];
    quoted = [];
  };
  for (const [index, line] of lines.entries()) {
    if (/^(&gt;|>){3}/.test(line)) {
      flush();
      quoted = [line.replace(/^(&gt;|>){3} ?/, ""), ...lines.slice(index + 1)];
      break;
    }
    const quote = /^(&gt;|>) ?/.exec(line);
    if (quote ? plain.length : quoted.length) flush();
    (quote ? quoted : plain).push(quote ? line.slice(quote[0].length) : line);
  }
  flush();
  return out;
}

const inlineLines = (lines, verbatim) => lines.flatMap((line, index) => [index ? h("br") : "", ...inline(line, verbatim)]).filter((node) => node !== "");

const BEFORE = "(?<![\\p{L}\\p{N}_*~`])";
const AFTER = "(?![\\p{L}\\p{N}])";
// Between two signs: code, references and plain words; the sign itself only inside a word.
const mark = (sign) => `${BEFORE}[${sign}](?=\\S)((?:\`[^\`\\n]+\`|<[^<>\\n]+>|[^\\n${sign}\`<]|(?<=[\\p{L}\\p{N}])[${sign}](?=[\\p{L}\\p{N}]))+?)(?<!\\s)[${sign}]${AFTER}`;
const TOKEN = new RegExp(
  ["<([^<>\\n]+)>", "`([^`\\n]+)`", mark("*"), mark("_"), mark("~"), ":([a-z0-9_+'-]+(?:::skin-tone-\\d)?):", "(https?:\\/\\/[^\\s<>|]+)"].join("|"), "gu");

export function inline(text, verbatim = false) {
  const out = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, entity, code, bold, italic, strike, emoji, bare] = match;
    const node = entity !== undefined ? reference(entity, verbatim)
      : code !== undefined ? h("code", {}, codeContent(code))
      : bold !== undefined ? h("strong", {}, inline(bold, verbatim))
      : italic !== undefined ? h("em", {}, inline(italic, verbatim))
      : strike !== undefined ? h("s", {}, inline(strike, verbatim))
      : emoji !== undefined ? emojiNode(emoji)
      : verbatim ? null : bareLink(bare);
    if (!node) continue;
    out.push(unescape(text.slice(from, match.index)), node);
    from = match.index + whole.length;
  }
  out.push(unescape(text.slice(from)));
  return out.filter((node) => node !== "");
}

// Inside code only links and escapes are read.
const codeContent = (text) => text.split(/<((?:https?|mailto):[^<>\n]+)>/).map((part, index) => (index % 2 ? reference(part) : unescape(part)));

function bareLink(found) {
  const url = found.replace(/[.,;:!?)\]}'"*_~]+$/, "");
  const span = document.createDocumentFragment();
  span.append(link(unescape(url), unescape(url)), unescape(found.slice(url.length)));
  return span;
}

function reference(entity, verbatim) {
  const [target, ...rest] = entity.split("|");
  const label = rest.length ? unescape(rest.join("|")) : null;
  if (target.startsWith("@")) return mention("user", target.slice(1), label);
  if (target.startsWith("#")) return mention("channel", target.slice(1), label);
  if (target.startsWith("!subteam^")) return mention("usergroup", target.slice(9), label);
  if (target.startsWith("!date^")) return dateNode(target.split("^"), label);
  if (target.startsWith("!")) return mention("broadcast", target.slice(1).split("^")[0], label);
  if (!/^(https?:|mailto:|tel:|slack:|\/)/.test(target)) return null;
  return link(unescape(target), rest.length ? inline(rest.join("|"), true) : unescape(target).replace(/^mailto:/, ""));
}

export function link(url, content) {
  const safe = /^(https?:|mailto:|tel:|\/)/.test(url);
  return h("a", safe ? { href: url, target: "_blank", rel: "noopener noreferrer" } : {}, content);
}

export function mention(kind, id, label) {
  if (kind === "channel") {
    const found = channel(id);
    const name = found ? channelName(found) : label || id;
    return h("a", { class: "mention", href: address(state.me, id), onclick: (event) => { event.preventDefault(); go(id); } }, `#${name}`);
  }
  const text = kind === "user" ? (state.users.has(id) ? nameOf(id) : label || id).replace(/^@?/, "@")
    : kind === "usergroup" ? `@${(state.usergroups.get(id)?.handle ?? label ?? id).replace(/^@/, "")}` : `@${label ?? id}`;
  const mine = id === state.me || kind === "broadcast" || state.usergroups.get(id)?.users?.includes(state.me);
  return h("span", { class: `mention ${mine ? "me" : ""}` }, text);
}

function dateNode([, ts, format, url], fallback) {
  if (!/^\d+$/.test(ts)) return document.createTextNode(fallback ?? "");
  return dateElement(Number(ts), format ?? "{date_short} {time}", url);
}

export function dateElement(ts, format, url) {
  const node = h("time", { datetime: new Date(ts * 1000).toISOString(), title: moment(ts) }, dateFormat(ts, format));
  return url ? link(url, node) : node;
}

export function emojiNode(name) {
  const found = glyph(name);
  return found ? h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` }, found) : `:${name}:`;
}

// A text object of Block Kit, or a bare string.
export function text(object) {
  if (object == null) return "";
  if (typeof object === "string") return plain(object);
  return object.type === "mrkdwn" ? mrkdwn(object.text ?? "", object) : plain(object.text ?? "", object.emoji !== false);
}

export function plain(content, emoji = true) {
  const out = document.createDocumentFragment();
  content.split("\n").forEach((line, index) => {
    if (index) out.append(h("br"));
    if (!emoji) return out.append(line);
    line.split(/:([a-z0-9_+'-]+):/).forEach((part, at) => out.append(at % 2 ? emojiNode(part) : part));
  });
  return out;
}

// Text for names, labels and previews: no marks, no markup.
export function flat(object) {
  const box = document.createElement("div");
  box.append(typeof object === "string" ? mrkdwn(object) : text(object));
  return box.textContent;
}
