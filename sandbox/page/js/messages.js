// A list of messages: the channel's, or a thread's in the side pane.
import { conversation, loadEarlier } from "./conversations.js";
import { h } from "./dom.js";
import { dayKey, dayLabel } from "./format.js";
import { t } from "./i18n.js";
import { drawMessage, MessageSurface } from "./message.js";
import { channel as channelOf, channelName, on, state } from "./state.js";
import { reportFailure } from "./toasts.js";

const TOGETHER = 300; // seconds within which an author's messages stand under one name

export class MessageList {
  constructor(root, inThread) {
    this.root = root;
    this.inThread = inThread;
    this.items = h("ol", { class: "message-list" });
    this.jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.toBottom() }, t("newMessages"));
    this.drawn = new Map(); // ts → {message, compact, node, surface}
    root.append(this.items, this.jump);
    root.addEventListener("scroll", () => this.scrolled());
    on("messages", (key) => key === this.key && this.draw());
    new ResizeObserver(() => this.stick && this.toBottom()).observe(this.items);
  }

  show(channel, thread) {
    const key = thread ? `${channel}/${thread}` : channel;
    if (key !== this.key || state.me !== this.person) {
      Object.assign(this, { key, channel, thread, person: state.me, stick: true, lastTop: 0 });
      this.drawn.clear();
      this.items.replaceChildren();
      this.jump.textContent = t("newMessages");
    }
    this.draw();
  }

  draw() {
    const found = conversation(this.channel, this.thread);
    if (!found) return;
    const height = this.root.scrollHeight;
    const firstBefore = this.first;
    const nodes = [this.head(found)];
    let previous = null;
    for (const message of found.messages) {
      const newDay = !previous || dayKey(previous.ts) !== dayKey(message.ts);
      if (newDay && !this.inThread) nodes.push(this.divider(message.ts));
      nodes.push(this.item(message, !newDay && continues(previous, message)));
      previous = message;
    }
    const added = this.last && previous && Number(previous.ts) > Number(this.last) && !this.stick;
    this.first = found.messages[0]?.ts;
    this.last = previous?.ts;
    reconcile(this.items, nodes);
    if (this.stick) this.toBottom();
    else if (firstBefore && this.first !== firstBefore && Number(this.first) < Number(firstBefore)) this.root.scrollTop += this.root.scrollHeight - height;
    if (added) this.jump.hidden = false;
  }

  head({ hasMore, messages }) {
    const conversationNow = channelOf(this.channel);
    if (hasMore) {
      return h("li", { class: "list-head" }, h("button", { type: "button", class: "link", onclick: () => this.earlier() }, t("earlier")));
    }
    const name = conversationNow ? (conversationNow.with ? channelName(conversationNow) : `#${channelName(conversationNow)}`) : "";
    return h("li", { class: "list-head", hidden: this.inThread || messages.length > 200 }, h("p", {}, t("beginning", { name })));
  }

  divider(ts) {
    const key = `day ${dayKey(ts)} ${dayLabel(ts)}`;
    if (!this.drawn.has(key)) this.drawn.set(key, { node: h("li", { class: "day" }, h("span", {}, dayLabel(ts))) });
    return this.drawn.get(key).node;
  }

  item(message, compact) {
    const known = this.drawn.get(message.ts);
    if (known && known.message === message && known.compact === compact) return known.node;
    const surface = known?.surface ?? new MessageSurface(this.channel, message);
    const node = h("li", {}, drawMessage(message, { compact, surface, channel: this.channel, inThread: this.inThread }));
    if (known?.node.contains(document.activeElement)) restoreFocus(document.activeElement.dataset.key, node);
    this.drawn.set(message.ts, { message, compact, node, surface });
    return node;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    // Pictures that load push the end away; only scrolling up lets go of it.
    this.stick = scrollHeight - scrollTop - clientHeight < 60 || (this.stick && scrollTop >= this.lastTop);
    this.lastTop = scrollTop;
    if (this.stick) this.jump.hidden = true;
    if (scrollTop < 80 && scrollHeight > clientHeight) this.earlier();
  }

  earlier() {
    loadEarlier(this.channel, this.thread).catch(reportFailure);
  }

  toBottom() {
    this.root.scrollTop = this.root.scrollHeight;
    Object.assign(this, { stick: true, lastTop: this.root.scrollTop });
    this.jump.hidden = true;
  }
}

const continues = (previous, message) => previous && previous.user === message.user && previous.bot_id === message.bot_id && previous.username === message.username
  && !previous.is_ephemeral && !message.is_ephemeral && !message.pinned_to?.length && Number(message.ts) - Number(previous.ts) < TOGETHER;

// Puts the nodes in order without touching those that stay: focus and scroll survive.
function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let cursor = parent.firstElementChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
}

export function restoreFocus(key, within) {
  if (key) queueMicrotask(() => within.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus());
}
