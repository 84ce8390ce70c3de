// One message: who, when, what, and what can be done with it.
import { api } from "./api.js";
import { drawBlocks } from "./blocks/index.js";
import { avatar, h, icon, iconButton, working } from "./dom.js";
import { glyph, PICKER } from "./emoji.js";
import { ago, clock, fileSize, moment } from "./format.js";
import { countReplies, t } from "./i18n.js";
import { emojiNode, mrkdwn } from "./mrkdwn.js";
import { openMenu, place } from "./popover.js";
import { go, nameOf, state, user } from "./state.js";
import { Surface } from "./surface.js";
import { reportFailure, reportOutcome } from "./toasts.js";

export class MessageSurface extends Surface {
  constructor(channel, message) {
    super("message", { type: "message", channel, ts: message.ts });
  }
}

const authorOf = (message) => {
  const known = message.user ? user(message.user) : user(state.app.bot_user_id);
  return message.username ? { ...known, id: message.username, real_name: message.username, profile: {}, is_bot: true } : known;
};

export function drawMessage(message, { compact, surface, channel, inThread }) {
  const author = authorOf(message);
  const name = message.username ?? nameOf(author.id);
  const isApp = author.is_bot || message.bot_id;
  const pinned = message.pinned_to?.includes(channel);
  surface.beginDrawing();
  const looks = [compact && "compact", message.is_ephemeral && "ephemeral", pinned && "pinned"].filter(Boolean).join(" ");
  return h("article", { class: `message ${looks}`, "aria-label": `${name}, ${clock(message.ts)}`, data: { ts: message.ts } },
    h("div", { class: "gutter" }, compact ? time(message.ts, "short") : avatar(author)),
    h("div", { class: "message-body" },
      message.is_ephemeral && h("div", { class: "flag" }, icon("eye"), t("onlyYou")),
      pinned && h("div", { class: "flag" }, icon("pin"), t("pinnedBy")),
      !compact && h("div", { class: "byline" }, h("strong", {}, name), isApp && h("span", { class: "badge" }, t("app")), time(message.ts)),
      content(message, surface),
      files(message.files),
      reactions(message, channel),
      !inThread && message.reply_count > 0 && threadSummary(message, channel)),
    toolbar(message, channel, inThread));
}

function time(ts, style = "") {
  const words = style ? clock(ts).replace(/\s?[AP]M$/i, "") : clock(ts);
  return h("time", { class: style, datetime: new Date(ts * 1000).toISOString(), title: moment(ts) }, words);
}

function content(message, surface) {
  const edited = message.edited && h("span", { class: "edited" }, ` ${t("edited")}`);
  const blocks = message.blocks?.length ? drawBlocks(message.blocks, surface) : message.text ? [h("div", { class: "prose block" }, mrkdwn(message.text))] : [];
  if (edited) (blocks.at(-1)?.classList.contains("prose") ? blocks.at(-1) : { append: (node) => blocks.push(node) }).append(edited);
  return h("div", { class: "blocks" }, blocks, (message.attachments ?? []).map((one) => attachment(one, surface)));
}

function attachment(one, surface) {
  const colour = { good: "#2f855a", warning: "#b7791f", danger: "#c53030" }[one.color] ?? (one.color ? `#${String(one.color).replace("#", "")}` : null);
  return h("div", { class: "attachment", style: colour ? { "--bar": colour } : {} },
    one.pretext && h("div", { class: "prose" }, mrkdwn(one.pretext)),
    one.author_name && h("small", {}, one.author_name),
    one.title && h("strong", {}, mrkdwn(one.title_link ? `<${one.title_link}|${one.title}>` : one.title)),
    one.text && h("div", { class: "prose" }, mrkdwn(one.text)),
    one.blocks && drawBlocks(one.blocks, surface),
    one.fields && h("div", { class: "fields" }, one.fields.map((field) =>
      h("div", { class: "prose" }, h("strong", {}, field.title), h("br"), mrkdwn(field.value ?? "")))),
    one.footer && h("small", {}, one.footer));
}

const kindOf = (file) => (file.filetype || file.name?.split(".").at(-1) || "").toUpperCase();

function files(list) {
  if (!list?.length) return null;
  return h("div", { class: "files" }, list.map((file) => (file.mimetype?.startsWith("image/")
    ? h("a", { class: "file-picture", href: file.url_private, target: "_blank", rel: "noopener", title: file.name },
      h("img", { src: file.url_private, alt: file.alt_txt || file.title || file.name, loading: "lazy" }))
    : h("a", { class: "file-card", href: file.url_private, target: "_blank", rel: "noopener", "aria-label": t("download", { name: file.name }) }, icon("file"),
      h("span", {}, h("strong", {}, file.title || file.name), h("small", {}, `${kindOf(file)} · ${fileSize(file.size)}`))))));
}

function reactions(message, channel) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map(({ name, users, count }) => {
    const mine = users.includes(state.me);
    const names = users.map(nameOf).join(", ");
    const label = { title: t("everyone", { names, emoji: name }), "aria-label": `:${name}: ${count}. ${names}`, "aria-pressed": String(mine) };
    return h("button", { type: "button", class: `reaction ${mine ? "mine" : ""}`, ...label,
      onclick: () => react(message, channel, name, mine) }, emojiNode(name), h("span", {}, String(count ?? users.length)));
  }));
}

const react = (message, channel, name, remove) => api.react({ channel, ts: message.ts, name, remove }).catch(reportFailure);

function threadSummary(message, channel) {
  return h("button", { type: "button", class: "thread-summary", onclick: () => go(channel, message.ts) },
    h("span", { class: "stack" }, (message.reply_users ?? []).slice(0, 4).map((id) => avatar(user(id), "tiny"))),
    h("strong", {}, countReplies(message.reply_count)),
    message.latest_reply && h("small", {}, t("lastReply", { when: ago(message.latest_reply) })));
}

function toolbar(message, channel, inThread) {
  if (message.is_ephemeral) return null;
  const offered = state.app.shortcuts.filter((one) => one.type === "message");
  return h("div", { class: "toolbar", role: "group", "aria-label": t("moreActions") },
    iconButton("smile", t("addReaction"), (event) => pickEmoji(event.currentTarget, (name) => react(message, channel, name)), { "aria-haspopup": "true" }),
    !inThread && iconButton("reply", t("replyInThread"), () => go(channel, message.thread_ts ?? message.ts)),
    iconButton("more", t("moreActions"), (event) => {
      const control = event.currentTarget;
      const items = offered.map((one) => ({ label: one.name, hint: one.description,
        run: () => runShortcut({ callback_id: one.callback_id, channel, message_ts: message.ts }, control) }));
      openMenu(control, [{ heading: items.length ? state.app.name : t("noShortcuts") }, ...items]);
    }, { "aria-haspopup": "menu", "aria-expanded": "false" }));
}

export async function runShortcut(shortcut, control) {
  try {
    reportOutcome(await working(control, api.shortcut(shortcut)));
  } catch (error) {
    reportFailure(error);
  }
}

function pickEmoji(anchor, choose) {
  const box = h("div", { class: "menu emoji-picker", popover: "auto", role: "dialog", "aria-label": t("addReaction") }, PICKER.map((name) =>
    h("button", { type: "button", "aria-label": name.replaceAll("_", " "), title: `:${name}:`, onclick: () => { box.hidePopover(); choose(name); } }, glyph(name))));
  box.addEventListener("toggle", ({ newState }) => newState === "closed" && box.remove());
  document.body.append(box);
  box.showPopover();
  place(box, anchor);
  box.firstChild.focus();
}
