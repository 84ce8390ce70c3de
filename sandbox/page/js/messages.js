// A list of messages: the channel's, or a thread's in the side pane.
import { conversation, loadEarlier } from "./conversations.js";
import { h } from "./dom.js";
import { dayKey, dayLabel } from "./format.js";
import { t } from "./i18n.js";
import { drawMessage, MessageSurface } from "./message.js";
import { channel as channelOf, channelName, on, state } from "./state.js";
import { reportFailure } from "./toasts.js";

const TOGETHER = 300; // seconds within which an author's messages stand under one name
const DRAWN = 150; // messages in the page at a time, however many are known
const STEP = 50; // by which the drawn part moves
const NEAR = 300; // pixels from an end at which it does

export class MessageList {
  constructor(root, inThread) {
    this.root = root;
    this.inThread = inThread;
    this.items = h("ol", { class: "message-list" });
    this.jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.toBottom() }, t("newMessages"));
    this.drawn = new Map(); // ts → {message, compact, node}
    this.surfaces = new Map(); // ts → what was typed and chosen in a message
    root.append(this.items, this.jump);
    root.addEventListener("scroll", () => this.scrolled());
    on("messages", (key) => key === this.key && this.draw());
    new ResizeObserver(() => this.stick && this.toBottom()).observe(this.items);
  }

  show(channel, thread) {
    const key = thread ? `${channel}/${thread}` : channel;
    if (key !== this.key || state.me !== this.person) {
      Object.assign(this, { key, channel, thread, person: state.me, stick: true, lastTop: 0, top: null });
      this.drawn.clear();
      this.surfaces.clear();
      this.items.replaceChildren();
      this.jump.textContent = t("newMessages");
    }
    this.draw();
  }

  draw() {
    const found = conversation(this.channel, this.thread);
    if (!found) return;
    const all = found.messages;
    const from = this.stick ? Math.max(0, all.length - DRAWN) : this.start(all);
    this.top = all[from]?.ts;
    this.atEnd = from + DRAWN >= all.length;
    const anchor = this.anchor();
    const nodes = from ? [] : [this.head(found)];
    let previous = all[from - 1];
    for (const message of all.slice(from, from + DRAWN)) {
      const newDay = !previous || dayKey(previous.ts) !== dayKey(message.ts);
      if (newDay && !this.inThread) nodes.push(this.divider(message.ts));
      nodes.push(this.item(message, !newDay && continues(previous, message)));
      previous = message;
    }
    const last = all.at(-1)?.ts;
    const added = this.last && last && Number(last) > Number(this.last) && !this.stick;
    this.last = last;
    reconcile(this.items, nodes);
    for (const [key, { node }] of this.drawn) if (!node.isConnected) this.drawn.delete(key);
    if (this.stick) this.toBottom();
    else if (anchor?.node.isConnected) this.root.scrollTop += anchor.node.getBoundingClientRect().top - anchor.y;
    if (added) this.jump.hidden = false;
  }

  // Where the drawn part begins while somebody reads further up.
  start(all) {
    const known = all.findIndex((one) => Number(one.ts) >= Number(this.top));
    return Math.min(known < 0 ? 0 : known, Math.max(0, all.length - DRAWN));
  }

  // The first message in sight, which is to stay where it is.
  anchor() {
    const { top } = this.root.getBoundingClientRect();
    const node = [...this.items.children].find((one) => one.querySelector("article") && one.getBoundingClientRect().bottom > top);
    return node && { node, y: node.getBoundingClientRect().top };
  }

  move(by) {
    const all = conversation(this.channel, this.thread)?.messages ?? [];
    this.stick = false;
    this.top = all[Math.max(0, this.start(all) + by)]?.ts;
    this.draw();
  }

  reveal(ts) {
    const all = conversation(this.channel, this.thread)?.messages ?? [];
    const at = all.findIndex((one) => one.ts === ts);
    if (at < 0) return;
    if (!this.items.querySelector(`[data-ts="${ts}"]`)) this.move(at - STEP - this.start(all));
    const node = this.items.querySelector(`[data-ts="${ts}"]`);
    node.scrollIntoView({ block: "center" });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 1600);
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
    if (!this.surfaces.has(message.ts)) this.surfaces.set(message.ts, new MessageSurface(this.channel, message));
    const surface = this.surfaces.get(message.ts);
    const node = h("li", {}, drawMessage(message, { compact, surface, channel: this.channel, inThread: this.inThread }));
    if (known?.node.contains(document.activeElement)) restoreFocus(document.activeElement.dataset.key, node);
    this.drawn.set(message.ts, { message, compact, node });
    return node;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    // Pictures that load push the end away; only scrolling up lets go of it.
    const below = scrollHeight - scrollTop - clientHeight;
    this.stick = this.atEnd && (below < 60 || (this.stick && scrollTop >= this.lastTop));
    const [up, down] = [scrollTop < this.lastTop, scrollTop > this.lastTop];
    this.lastTop = scrollTop;
    if (this.stick) this.jump.hidden = true;
    if (up && scrollTop < NEAR && scrollHeight > clientHeight) this.earlier();
    else if (down && below < NEAR && !this.atEnd) this.move(STEP);
  }

  // What is known already is drawn; the rest is asked for.
  async earlier() {
    const further = () => this.start(conversation(this.channel, this.thread)?.messages ?? []) > 0;
    if (!further()) await loadEarlier(this.channel, this.thread).catch(reportFailure);
    if (further()) this.move(-STEP);
  }

  toBottom() {
    this.stick = true;
    if (!this.atEnd) this.draw();
    this.root.scrollTop = this.root.scrollHeight;
    this.lastTop = this.root.scrollTop;
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
