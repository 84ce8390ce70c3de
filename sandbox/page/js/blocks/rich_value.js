// What stands in an editor as Slack's rich text, and back. In the editor each line is a block of its own.
import { h } from "../dom.js";
import { EMOJI } from "../emoji.js";
import { nameOf, people, state, user } from "../state.js";
import { groupLists, run } from "./rich_text.js";

const TAGS = { rich_text_section: "div", rich_text_quote: "blockquote", rich_text_preformatted: "pre" };
const KINDS = { BLOCKQUOTE: "rich_text_quote", PRE: "rich_text_preformatted" };
const STYLES = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code" };
const BLOCKS = new Set(["DIV", "P", "BLOCKQUOTE", "PRE", "UL", "OL", "LI"]);

// A mention, an emoji …: one piece in the editor.
export const chip = (one) => (one.type === "text" || one.type === "link" ? run(one)
  : h("span", { class: one.type === "emoji" ? "emoji" : "mention", contenteditable: "false", "data-rich": JSON.stringify(one) }, run(one).textContent));

export const toNodes = (value) => groupLists(value?.elements ?? [], drawLines, chip).flat();

function drawLines({ type, elements }) {
  const lines = [[]];
  for (const one of elements) {
    const [first, ...more] = one.type === "text" ? one.text.split("\n") : [""];
    if (one.type !== "text") lines.at(-1).push(one);
    else if (first) lines.at(-1).push({ ...one, text: first });
    for (const words of more) lines.push(words ? [{ ...one, text: words }] : []);
  }
  if (lines.length > 1 && !lines.at(-1).length) lines.pop();
  return lines.map((line) => h(TAGS[type] ?? "div", {}, line.length ? line.map(chip) : h("br")));
}

// A rich_text block; null when there is nothing but space.
export function toValue(editor) {
  const lines = readLines(editor);
  const says = (line) => line.elements.some((one) => one.type !== "text" || one.text.trim());
  if (!lines.some(says)) return null;
  while (lines[0].kind === "rich_text_section" && !says(lines[0])) lines.shift();
  while (lines.at(-1).kind === "rich_text_section" && !says(lines.at(-1))) lines.pop();
  const find = finder();
  const parts = grouped(lines, (a, b) => a.kind === b.kind && a.style === b.style && a.indent === b.indent);
  return { type: "rich_text", elements: parts.map((part, at) => toPart(part, at === parts.length - 1, find)) };
}

function toPart(lines, last, find) {
  const [{ kind: type, style, indent }] = lines;
  if (type === "rich_text_preformatted") return { type, elements: joined(lines, (one) => (one.text || one.url ? [{ type: "text", text: one.text ?? one.url }] : [])) };
  if (type !== "rich_text_list") return { type, elements: joined(lines, find, type === "rich_text_section" && !last) };
  const items = grouped(lines, (a, b) => a.item === b.item);
  return { type, style, indent, border: 0, elements: items.map((item) => ({ type: "rich_text_section", elements: joined(item, find) })) };
}

const grouped = (lines, same) => lines.reduce((groups, line) => {
  if (groups.length && same(groups.at(-1)[0], line)) groups.at(-1).push(line);
  else groups.push([line]);
  return groups;
}, []);

const BREAK = { type: "text", text: "\n" };
const alike = (a, b) => a?.type === "text" && b.type === "text" && JSON.stringify(a.style) === JSON.stringify(b.style);

const merged = (elements) => elements.reduce((out, one) => {
  if (alike(out.at(-1), one)) out.at(-1).text += one.text;
  else out.push({ ...one });
  return out;
}, []);

const joined = (lines, find, open) => merged([...lines.flatMap((line, at) => [...(at ? [BREAK] : []), ...merged(line.elements).flatMap(find)]), ...(open ? [BREAK] : [])]);

function readLines(editor) {
  const lines = [];
  let line = null;
  const end = () => {
    if (line) lines.push(line);
    line = null;
  };
  const write = (context, one) => {
    line ??= { ...context, elements: [] };
    const marks = { ...context.marks, ...one.style };
    line.elements.push(Object.keys(marks).length ? { ...one, style: marks } : one);
  };
  const read = (node, context) => {
    if (node.nodeName === "#text") {
      node.data.replace(/[\u200b\ufeff]/g, "").replaceAll("\u00a0", " ").split("\n").forEach((words, at) => {
        if (at) end();
        if (words) write(context, { type: "text", text: words });
      });
    } else if (node.nodeName === "BR") {
      line ??= { ...context, elements: [] };
      end();
    } else if (node.dataset?.rich) write(context, JSON.parse(node.dataset.rich));
    else if (node.nodeName === "A") {
      const [url, text] = [node.getAttribute("href"), node.textContent];
      if (text) write(context, text === url ? { type: "link", url } : { type: "link", url, text });
    } else if (BLOCKS.has(node.nodeName)) {
      end();
      const inside = within(node, context);
      node.childNodes.forEach((child) => read(child, inside));
      end();
    } else {
      const mark = STYLES[node.nodeName];
      node.childNodes.forEach((child) => read(child, mark ? { ...context, marks: { ...context.marks, [mark]: true } } : context));
    }
  };
  editor.childNodes.forEach((child) => read(child, { kind: "rich_text_section", marks: {} }));
  end();
  return lines;
}

function within(node, context) {
  const { kind, indent } = context;
  if (node.nodeName === "LI") return { ...context, item: node };
  if (node.nodeName === "UL" || node.nodeName === "OL") {
    const style = node.nodeName === "OL" ? "ordered" : "bullet";
    return { kind: "rich_text_list", style, indent: kind === "rich_text_list" ? Math.min(indent + 1, 8) : 0, marks: {} };
  }
  return kind === "rich_text_section" ? { ...context, kind: KINDS[node.nodeName] ?? kind } : context;
}

// What was typed out in words: @name, #channel, :emoji:, an address. Answers what turns a text into its elements.
function finder() {
  const named = new Map(["here", "channel", "everyone"].map((range) => [`@${range}`, { type: "broadcast", range }]));
  for (const one of state.usergroups.values()) named.set(`@${one.handle}`, { type: "usergroup", usergroup_id: one.id });
  for (const one of [...people(), user(state.app.bot_user_id)]) for (const name of [one.name, nameOf(one.id)]) named.set(`@${name}`, { type: "user", user_id: one.id });
  for (const one of state.channels) if (one.name) named.set(`#${one.name}`, { type: "channel", channel_id: one.id });
  const names = [...named.keys()].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const typed = new RegExp(`(?<![\\p{L}\\p{N}])(?:(${names.join("|")})(?![\\p{L}\\p{N}])|:([a-z0-9_+'-]+):|(https?://[^\\s<>|]*[^\\s<>|.,;:!?)\\]}'"]))`, "gu");
  return (one) => {
    if (one.type !== "text" || one.style?.code) return [one];
    const style = one.style && { style: one.style };
    const out = [];
    let from = 0;
    for (const { 0: whole, 1: name, 2: emoji, 3: url, index } of one.text.matchAll(typed)) {
      if (emoji && !EMOJI.has(emoji)) continue;
      const found = name ? named.get(name) : emoji ? { type: "emoji", name: emoji } : { type: "link", url };
      out.push({ ...one, text: one.text.slice(from, index) }, { ...found, ...style });
      from = index + whole.length;
    }
    return [...out, { ...one, text: one.text.slice(from) }].filter((part) => part.type !== "text" || part.text);
  };
}
