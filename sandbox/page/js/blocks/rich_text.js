// rich_text: sections, lists, quotes and preformatted text, with their styles.
import { h } from "../dom.js";
import { dateElement, emojiNode, link, mention, plain } from "../mrkdwn.js";

export function richText(block) {
  const draw = (part) => (parts[part.type] ?? parts.rich_text_section)(part);
  return h("div", { class: "prose rich" }, groupLists(block.elements ?? [], draw, run));
}

const parts = {
  rich_text_section: (part) => h("div", {}, part.elements.map(run)),
  rich_text_quote: (part) => h("blockquote", {}, part.elements.map(run)),
  rich_text_preformatted: (part) => h("pre", {}, h("code", {}, part.elements.map(run))),
};

// Lists come flat, each with its indent; nested ones belong inside the item before them.
export function groupLists(elements, draw, drawRun) {
  const out = [];
  const open = [];
  for (const part of elements) {
    if (part.type !== "rich_text_list") {
      open.length = 0;
      out.push(draw(part));
      continue;
    }
    const depth = part.indent ?? 0;
    while (open.length && open.at(-1).depth >= depth) {
      const last = open.at(-1);
      if (last.depth === depth && last.style === part.style && !part.offset) break;
      open.pop();
    }
    let level = open.at(-1);
    if (!level || level.depth < depth) {
      const node = h(part.style === "ordered" ? "ol" : "ul", { class: `depth-${depth % 3}`, start: part.offset ? part.offset + 1 : null });
      (level?.node.lastElementChild ?? { append: (list) => out.push(list) }).append(node);
      open.push((level = { depth, style: part.style, node }));
    }
    level.node.append(...part.elements.map((item) => h("li", {}, item.elements.map(drawRun))));
  }
  return out;
}

const runs = {
  text: (one) => plain(one.text, false),
  link: (one) => link(one.url, one.text ?? one.url),
  user: (one) => mention("user", one.user_id),
  channel: (one) => mention("channel", one.channel_id),
  usergroup: (one) => mention("usergroup", one.usergroup_id),
  broadcast: (one) => mention("broadcast", one.range),
  emoji: (one) => emojiNode(one.name),
  date: (one) => dateElement(one.timestamp, one.format ?? "{date_short} {time}", one.url),
  color: (one) => h("span", { class: "color" }, h("i", { style: { background: /^#[0-9a-f]{3,8}$/i.test(one.value) ? one.value : "none" } }), one.value),
};

const WRAPS = [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"], ["underline", "u"]];

export function run(one) {
  const node = runs[one.type]?.(one) ?? plain(one.text ?? one.fallback ?? `[${one.type}]`);
  return WRAPS.reduce((inner, [style, tag]) => (one.style?.[style] ? h(tag, {}, inner) : inner), node);
}
