// Where a person writes: completion, files, the app's shortcuts; Enter sends.
import { api } from "./api.js";
import { completionsAt } from "./completion.js";
import { h, icon, iconButton, working } from "./dom.js";
import { fileSize } from "./format.js";
import { t } from "./i18n.js";
import { runShortcut } from "./message.js";
import { openMenu } from "./popover.js";
import { seat, state } from "./state.js";
import { Suggestions } from "./suggestions.js";
import { explain, reportFailure, toast } from "./toasts.js";

const drafts = new Map(); // "USER/CHANNEL/THREAD" → {text, tokens, files}

export class Composer {
  constructor(root, onSent) {
    Object.assign(this, { root, onSent });
    this.field = h("textarea", { rows: 1,
      oninput: () => this.typed(), onkeydown: (event) => this.key(event), onclick: () => this.complete(),
      onpaste: (event) => this.take(event.clipboardData.files, event) });
    this.tray = h("ul", { class: "tray" });
    this.picker = h("input", { type: "file", multiple: true, class: "hidden", tabindex: "-1", "aria-hidden": "true", onchange: () => this.take(this.picker.files) });
    this.bar = h("div", { class: "composer-bar" });
    this.box = h("div", { class: "composer-box", ondragover: (event) => event.preventDefault(), ondrop: (event) => this.take(event.dataTransfer.files, event) },
      this.tray, this.field, this.bar, this.picker);
    this.suggestions = new Suggestions(this.field, this.box, (item) => this.choose(item));
    root.replaceChildren(this.box);
  }

  // Which conversation it writes to; each keeps its own draft.
  show({ channel, thread, label }) {
    this.target = { channel, thread };
    const key = `${seat()}/${channel}/${thread ?? ""}`;
    if (!drafts.has(key)) drafts.set(key, { text: "", tokens: new Map(), files: [] });
    this.field.placeholder = label;
    this.field.setAttribute("aria-label", label);
    this.picker.setAttribute("aria-label", t("attach"));
    if (this.draft !== drafts.get(key)) {
      this.draft = drafts.get(key);
      this.field.value = this.draft.text;
      this.suggestions.close();
    }
    this.sendButton = iconButton("send", t("send"), () => this.send(), { class: "icon-button send" });
    this.bar.replaceChildren(
      iconButton("plus", t("attach"), () => this.picker.click()),
      iconButton("bolt", t("shortcuts"), (event) => this.shortcuts(event.currentTarget), { "aria-haspopup": "menu", "aria-expanded": "false", class: "icon-button bolt" }),
      h("span", { class: "spacer" }), this.sendButton);
    this.drawTray();
    this.settle();
  }

  shortcuts(control) {
    const items = state.app.shortcuts.filter((one) => one.type === "global");
    const run = (one) => () => runShortcut({ callback_id: one.callback_id, channel: this.target.channel }, control);
    openMenu(control, [
      { heading: items.length ? t("shortcuts") : t("noShortcuts") },
      ...items.map((one) => ({ label: one.name, hint: one.description, node: h("span", { class: "glyph" }, icon("bolt")), run: run(one) })),
      ...(state.app.commands.length ? [{ heading: t("commandsOf", { name: state.app.name }) }] : []),
      ...state.app.commands.map((one) => ({ label: one.command, hint: one.description, node: h("span", { class: "glyph" }, "/"),
        run: () => this.write(`${one.command} `) })),
    ], { above: true });
  }

  write(text) {
    this.field.value = text;
    this.typed(false);
    this.field.focus();
  }

  typed(offer = true) {
    this.draft.text = this.field.value;
    this.settle();
    if (offer) this.complete();
  }

  settle() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 220)}px`;
    const empty = !this.field.value.trim() && !this.draft.files.length;
    this.sendButton.disabled = empty;
  }

  complete() {
    const found = this.field.selectionStart === this.field.selectionEnd && completionsAt(this.field.value, this.field.selectionStart);
    this.from = found?.from;
    this.suggestions.offer(found?.items);
  }

  choose({ insert, token }) {
    const { value, selectionStart: caret } = this.field;
    const gap = insert.endsWith(" ") ? "" : " ";
    this.field.value = value.slice(0, this.from) + insert + gap + value.slice(caret);
    const at = this.from + insert.length + gap.length;
    this.field.setSelectionRange(at, at);
    if (token) this.draft.tokens.set(insert, token);
    this.typed(false);
    this.suggestions.close();
    this.field.focus();
  }

  key(event) {
    if (event.isComposing) return;
    const enter = event.key === "Enter" && !event.shiftKey;
    // A command that stands there in full is sent, not completed again.
    const whole = this.suggestions.chosen?.insert.trim() === this.field.value.trim();
    if ((!(enter && whole) && this.suggestions.key(event)) || !enter) return;
    this.send();
    event.preventDefault();
    event.stopPropagation();
  }

  async take(list, event) {
    if (!list?.length) return;
    event?.preventDefault();
    const { draft } = this;
    for (const file of [...list]) {
      const entry = { name: file.name, size: file.size, preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null };
      draft.files.push(entry);
      this.drawTray();
      try {
        entry.id = (await api.upload(file)).file.id;
      } catch (error) {
        draft.files.splice(draft.files.indexOf(entry), 1);
        reportFailure(error);
      }
      this.drawTray();
    }
    this.picker.value = "";
    this.settle();
    this.field.focus();
  }

  drawTray() {
    const { files } = this.draft;
    this.tray.hidden = !files.length;
    this.tray.replaceChildren(...files.map((file) => h("li", { class: `tray-file ${file.id ? "" : "working"}` },
      file.preview ? h("img", { src: file.preview, alt: file.name }) : icon("file"), h("span", {}, h("strong", {}, file.name), h("small", {}, fileSize(file.size))),
      iconButton("close", t("removeFile", { name: file.name }), () => { files.splice(files.indexOf(file), 1); this.drawTray(); this.settle(); }))));
  }

  async send() {
    const { draft, target } = this;
    const text = draft.text.trim();
    if ((!text && !draft.files.length) || this.sending || draft.files.some((file) => !file.id)) return;
    this.sending = true;
    this.suggestions.close();
    try {
      const sent = await working(this.sendButton, text.startsWith("/") && !draft.files.length ? this.command(target, text) : this.message(target, draft, text));
      if (sent && draft.text.trim() === text) Object.assign(draft, { text: "", files: [], tokens: new Map() });
    } catch (error) {
      reportFailure(error);
    } finally {
      this.sending = false;
      if (this.draft === draft) {
        this.field.value = draft.text;
        this.drawTray();
        this.settle();
      }
    }
  }

  async command({ channel }, text) {
    const outcome = await api.command(channel, text);
    if (outcome.acked && outcome.ok !== false) return true;
    // What was typed stays, as the real client keeps it.
    toast(`${text.split(/\s/)[0]}: ${explain(outcome.error ?? "operation_timeout", outcome.detail)}`);
    return false;
  }

  async message({ channel, thread }, draft, text) {
    const files = draft.files.map((file) => file.id);
    await api.post({ channel, text: encode(text, draft.tokens), thread_ts: thread ?? undefined, files });
    this.onSent?.();
    return true;
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }
}

// What was typed, with the chosen mentions as references; the sandbox escapes the rest.
function encode(text, tokens) {
  const labels = [...tokens.keys()].sort((a, b) => b.length - a.length);
  if (!labels.length) return text;
  const pattern = new RegExp(labels.map((label) => label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  return text.replace(pattern, (label) => tokens.get(label));
}
