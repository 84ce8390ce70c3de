// What formats rich text: the toolbar of its input, Slack's shortcuts, and the address of a link.
import { h, icon, iconButton } from "../dom.js";
import { t } from "../i18n.js";

export const edit = (command, value) => document.execCommand(command, false, value);
const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

// The element around the caret that the selector names.
export function inside(editor, selector) {
  const node = getSelection().anchorNode;
  const found = (node?.nodeType === 1 ? node : node?.parentElement)?.closest(selector);
  return found && found !== editor && editor.contains(found) ? found : null;
}

// Chromium forgets where in a line it was when it makes it another kind of line.
const inPlace = (run) => (editor) => {
  const { anchorNode, anchorOffset, isCollapsed } = getSelection();
  const before = document.createRange();
  before.selectNodeContents(editor);
  before.setEnd(anchorNode, anchorOffset);
  let left = before.toString().length;
  const inText = isCollapsed && anchorNode.data && anchorOffset;
  run(editor);
  const texts = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  while (inText && texts.nextNode()) {
    const { currentNode: node } = texts;
    if (left <= node.length) return getSelection().collapse(node, left);
    left -= node.length;
  }
  return undefined;
};

// name, sign, key with Ctrl or Cmd (as a keyboard's code), Shift, Alt, what it does, whether it is on at the caret
const command = (name) => [() => edit(name), () => document.queryCommandState(name)];
const list = (name, tag) => [inPlace((editor) => {
  if (inside(editor, "blockquote, pre")) edit("formatBlock", "div");
  edit(name);
}), (editor) => inside(editor, "ol, ul")?.nodeName === tag];
const lines = (tag) => [inPlace((editor) => {
  const within = inside(editor, "ol, ul");
  if (within) edit(within.nodeName === "OL" ? "insertOrderedList" : "insertUnorderedList");
  edit("formatBlock", inside(editor, tag) ? "div" : tag);
}), (editor) => Boolean(inside(editor, tag))];

const FORMATS = [
  ["bold", "bold", "B", false, false, ...command("bold")],
  ["italic", "italic", "I", false, false, ...command("italic")],
  ["strike", "strike", "X", true, false, ...command("strikeThrough")],
  ["link", "link", "U", true, false, null, (editor) => Boolean(inside(editor, "a"))],
  ["ordered", "ordered", "7", true, false, ...list("insertOrderedList", "OL")],
  ["bulleted", "list", "8", true, false, ...list("insertUnorderedList", "UL")],
  ["quote", "quote", "9", true, false, ...lines("blockquote")],
  ["code", "code", "C", true, false, toggleCode, (editor) => Boolean(inside(editor, "code"))],
  ["codeBlock", "codeBlock", "C", true, true, ...lines("pre")],
].map(([name, sign, key, shift, alt, run, isOn]) => ({ name, sign, key, shift, alt, run, isOn }));

function toggleCode(editor) {
  const selection = getSelection();
  const code = inside(editor, "code");
  if (code && selection.isCollapsed) { // go on after it, in plain text
    code.after("\u200b");
    selection.collapse(code.nextSibling, 1);
  } else if (code) code.replaceWith(...code.childNodes);
  else {
    const chosen = selection.toString();
    edit("insertHTML", h("code", {}, chosen || "\u200b").outerHTML);
    if (chosen && inside(editor, "code")) selection.selectAllChildren(inside(editor, "code"));
  }
  editor.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export function toolbar(editor) {
  const apply = (format) => {
    editor.focus();
    if (format.run) format.run(editor);
    else openLink(editor, linkRow);
    show();
  };
  const linkRow = h("div", { class: "link-row", hidden: true });
  const buttons = FORMATS.map((format, at) => {
    const keys = [isMac ? "Meta" : "Control", format.alt && "Alt", format.shift && "Shift", format.key].filter(Boolean).join("+");
    return iconButton(format.sign, t(format.name), () => apply(format), { "aria-pressed": "false", "aria-keyshortcuts": keys, tabindex: at ? "-1" : "0",
      title: `${t(format.name)} (${keys.replace("Control", "Ctrl").replace("Meta", "⌘")})`, onpointerdown: (event) => event.preventDefault() });
  });
  // One stop for the Tab key; the arrows go from button to button.
  const node = h("div", { class: "rich-bar", role: "toolbar", "aria-label": t("formatting"), onkeydown: (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    for (const button of buttons) button.tabIndex = -1;
    const next = buttons.at(to % buttons.length);
    next.tabIndex = 0;
    next.focus();
  } }, buttons);
  const show = () => FORMATS.forEach((format, at) => buttons[at].setAttribute("aria-pressed", String(format.isOn(editor))));
  const formatOf = ({ code, metaKey, ctrlKey, shiftKey, altKey }) => (metaKey || ctrlKey)
    && FORMATS.find(({ key, shift, alt }) => code.replace(/^(Key|Digit)/, "") === key && shift === shiftKey && alt === altKey);
  return { node, linkRow, apply, show, formatOf };
}

// Asks for the address under the toolbar; without one the link is gone.
function openLink(editor, row) {
  const link = inside(editor, "a");
  const problem = h("div", { class: "error", role: "alert", hidden: true }, t("badUrl"));
  const field = h("input", { type: "text", inputmode: "url", class: "field", autocomplete: "off", "aria-label": t("linkAddress"), placeholder: "https://", value: link?.getAttribute("href") ?? "" });
  const close = () => {
    row.hidden = true;
    editor.focus();
  };
  const save = () => {
    const typed = field.value.trim();
    const url = !typed || /^(https?:\/\/|mailto:)/.test(typed) ? typed : `https://${typed}`;
    if (url && !/^(https?:\/\/[^\s<>|]+\.|https?:\/\/localhost|mailto:[^\s@]+@)[^\s<>|]*$/.test(url)) {
      problem.hidden = false;
      return field.focus();
    }
    close();
    if (link) getSelection().selectAllChildren(link);
    if (!url) edit("unlink");
    else if (getSelection().isCollapsed) edit("insertHTML", `${h("a", { href: url }, url).outerHTML}&nbsp;`);
    else edit("createLink", url);
    return undefined;
  };
  row.onkeydown = (event) => {
    if ((event.key !== "Enter" || event.target !== field) && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") save();
    else close();
  };
  row.replaceChildren(field, h("button", { type: "button", class: "button", onclick: save }, icon("check"), t("setLink")), problem);
  row.hidden = false;
  field.focus();
}
