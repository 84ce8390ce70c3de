// Blocks to nodes: one renderer a block type; what is unknown says so.
import { h, icon } from "../dom.js";
import { t } from "../i18n.js";
import { link, mrkdwn, text } from "../mrkdwn.js";
import { chart } from "./chart.js";
import { element } from "./elements.js";
import { input } from "./input.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";

export const renderers = {
  section: (block, surface) => h("div", { class: "section" },
    h("div", { class: "section-text" },
      block.text && h("div", { class: "prose" }, text(block.text)),
      block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "prose" }, text(field))))),
    block.accessory && h("div", { class: "accessory" }, element(block.accessory, surface, block))),
  header: (block) => h("h3", { class: "header-block" }, text(block.text)),
  context: (block) => h("div", { class: "context" },
    block.elements.map((one) => (one.type === "image" ? picture(one, "tiny") : h("span", { class: "prose" }, text(one))))),
  actions: (block, surface) => h("div", { class: "actions" }, block.elements.map((one) => element(one, surface, block))),
  context_actions: (block, surface) => h("div", { class: "actions quiet" }, block.elements.map((one) => element(one, surface, block))),
  input: (block, surface) => input(block, surface),
  divider: () => h("hr"),
  image: (block) => h("figure", {}, block.title && h("figcaption", {}, text(block.title)), picture(block, "large")),
  rich_text: (block) => richText(block),
  markdown: (block) => h("div", { class: "prose" }, mrkdwn(fromMarkdown(block.text ?? ""))),
  table: (block) => table(block),
  data_table: (block, surface) => dataTable(block, surface),
  data_visualization: (block) => chart(block),
  alert: (block) => h("div", { class: `alert ${block.level ?? "default"}`, role: block.level === "error" ? "alert" : "note" },
    icon({ success: "check", warning: "warn", error: "warn" }[block.level] ?? "info"), h("div", { class: "prose" }, text(block.text))),
  card: (block, surface) => card(block, surface),
  carousel: (block, surface) => h("div", { class: "carousel", tabindex: "0", role: "group" }, (block.elements ?? []).map((one) => card(one, surface))),
  container: (block, surface) => h("details", { class: "container", open: !block.default_collapsed },
    h("summary", {}, h("strong", {}, block.rich_text_title ? richText(block.rich_text_title) : text(block.title)), block.subtitle && h("small", {}, text(block.subtitle))),
    drawBlocks(block.child_blocks, surface)),
  video: (block) => h("figure", {}, h("figcaption", {}, block.title_url ? link(block.title_url, text(block.title)) : text(block.title)),
    h("a", { href: block.title_url ?? block.video_url, target: "_blank", rel: "noopener noreferrer" }, picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "large")),
    h("small", {}, [block.provider_name, block.author_name].filter(Boolean).join(" · ")), block.description && h("div", { class: "prose" }, text(block.description))),
  plan: (block) => h("div", { class: "container" }, h("strong", {}, text(block.title)), (block.tasks ?? []).map(task)),
  task_card: (block) => task(block),
};

const SIGNS = { pending: "○", in_progress: "◔", complete: "✓", error: "✗" };

const task = (one) => h("div", { class: `task ${one.status ?? ""}` },
  h("span", { role: "img", "aria-label": t(one.status ?? "pending") }, SIGNS[one.status] ?? SIGNS.pending), h("div", {}, h("strong", {}, text(one.title)),
    one.details && richText(one.details), one.output && richText(one.output),
    (one.sources ?? []).map((source) => h("div", {}, link(source.url, source.text ?? source.url)))));

export function drawBlocks(blocks, surface) {
  return (blocks ?? []).map((block, index) => {
    const node = drawBlock(block, surface, index);
    node.classList.add("block");
    return node;
  });
}

function drawBlock(block, surface, index) {
  // Without an id of the app's own the place in the list has to do.
  const known = block.block_id ? block : { ...block, block_id: `#${index}` };
  const renderer = Object.hasOwn(renderers, block.type) ? renderers[block.type] : null;
  if (!renderer) return unknown(block.type);
  try {
    return renderer(known, surface);
  } catch (error) {
    console.warn("block not drawn", block, error);
    return unknown(block.type);
  }
}

const unknown = (type) => h("div", { class: "unknown" }, icon("info"), t("unknownBlock", { type }));

export function picture(image, size) {
  const file = image.slack_file;
  const source = image.image_url ?? file?.url ?? (file?.id ? `/files/${file.id}/picture` : "");
  const alt = image.alt_text ?? "";
  const node = h("img", { class: `picture ${size}`, src: source || null, alt, loading: size === "tiny" ? "eager" : "lazy", referrerpolicy: "no-referrer",
    onerror: () => node.replaceWith(h("span", { class: `picture missing ${size}`, role: "img", "aria-label": alt }, size === "tiny" ? "" : alt)) });
  return node;
}

function card(block, surface) {
  return h("div", { class: "card" },
    block.hero_image && picture(block.hero_image, "hero"),
    h("div", { class: "card-head" }, block.icon && picture(block.icon, "small"),
      h("div", {}, block.title && h("div", { class: "card-title" }, text(block.title)),
        block.subtitle && h("div", { class: "card-subtitle" }, text(block.subtitle)))),
    block.body && h("div", { class: "prose" }, text(block.body)),
    block.actions && h("div", { class: "actions" }, block.actions.map((one) => element(one, surface, block))));
}

// The part of Markdown that messages use, said in mrkdwn.
const fromMarkdown = (source) => source
  .replaceAll("&", "&amp;").replaceAll("<", "&lt;")
  .replace(/^#{1,6} +(.*)$/gm, "*$1*").replace(/\*\*(.+?)\*\*/g, "*$1*").replace(/~~(.+?)~~/g, "~$1~")
  .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, "<$2|$1>").replace(/^[-*] /gm, "• ");
