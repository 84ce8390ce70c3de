// The rich text input: a field with a toolbar and Slack's shortcuts, in which names complete as in the composer.
import { namesAt } from "../completion.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { flat } from "../mrkdwn.js";
import { Suggestions } from "../suggestions.js";
import { typing } from "./elements.js";
import { edit, inside, toolbar } from "./rich_bar.js";
import { chip, toNodes, toValue } from "./rich_value.js";

const editors = new WeakMap(); // a value in the state → the editor it was typed in, which lives on when the view is drawn again

export function richTextField(one, field) {
  const { surface, block } = field;
  const state = surface.value(block, one, one.initial_value ? { rich_text_value: one.initial_value } : {});
  const before = editors.get(state);
  const caret = before && (document.activeElement === before ? caretIn(before) : before.caret);
  const words = one.placeholder && flat(one.placeholder);
  const editor = h("div", { class: "field prose rich-field", contenteditable: "true", role: "textbox", "aria-multiline": "true",
    ...field.attributes, "aria-labelledby": field.labelledby, "aria-label": field.labelledby ? null : field.name || t("formatting"),
    "data-placeholder": words, "aria-placeholder": words, autofocus: one.focus_on_load, tabindex: "0",
    style: { "--least": one.min_lines ?? 4, "--most": one.max_lines ?? 14 } }, before ? [...before.childNodes] : toNodes(state.rich_text_value));
  editor.caret = caret?.map((part) => (part === before ? editor : part));
  const box = h("div", { class: "rich-box" }, editor);
  const bar = toolbar(editor);
  box.prepend(bar.node, bar.linkRow);
  editors.set(state, editor);
  editor.addEventListener("input", () => plainLooks(editor));
  typing(editor, one, field, () => read(editor), true);
  editor.addEventListener("input", () => editors.set(surface.values[block.block_id][one.action_id], editor));
  listen(editor, bar, suggest(editor, box));
  read(editor);
  return box;
}

function read(editor) {
  const value = toValue(editor);
  editor.classList.toggle("blank", !value && !editor.textContent && !editor.querySelector("li, pre, blockquote"));
  return value ? { rich_text_value: value } : {};
}

function listen(editor, bar, suggestions) {
  const show = () => bar.show();
  for (const moment of ["keyup", "pointerup", "input", "focus"]) editor.addEventListener(moment, show);
  editor.addEventListener("blur", () => { editor.caret = caretIn(editor); });
  editor.addEventListener("focus", () => {
    edit("defaultParagraphSeparator", "div");
    putCaret(editor, editor.caret);
    editor.caret = null;
  });
  editor.addEventListener("keydown", (event) => {
    if (event.isComposing || suggestions.key(event)) return;
    const wanted = bar.formatOf(event);
    const quote = event.key === "Enter" && !event.shiftKey && inside(editor, "blockquote, pre");
    const underline = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "u"; // Slack has none
    if (wanted) bar.apply(wanted);
    else if (quote && isEmptyLine(quote)) leave(quote);
    else if (!underline) return;
    event.preventDefault();
  });
  editor.addEventListener("beforeinput", (event) => event.inputType === "deleteContentBackward" && skipMark(editor, event));
  for (const [moment, carrier] of [["paste", "clipboardData"], ["drop", "dataTransfer"]]) {
    editor.addEventListener(moment, (event) => {
      event.preventDefault();
      edit("insertText", event[carrier].getData("text/plain"));
    });
  }
}

// The invisible sign that holds code open is no character to delete; without it empty code is gone.
function skipMark(editor, event) {
  const { anchorNode: node, anchorOffset: at, isCollapsed } = getSelection();
  if (!isCollapsed || node.data?.[at - 1] !== "\u200b") return;
  node.deleteData(at - 1, 1);
  const code = inside(editor, "code");
  if (!code || code.textContent) return;
  code.remove();
  event.preventDefault();
}

function isEmptyLine(block) {
  const { anchorNode, anchorOffset } = getSelection();
  const [before, after] = [document.createRange(), document.createRange()];
  before.setStart(block, 0);
  before.setEnd(anchorNode, anchorOffset);
  after.setStart(anchorNode, anchorOffset);
  after.setEnd(block, block.childNodes.length);
  const { lastChild } = before.cloneContents();
  return !after.toString().trim() && (!lastChild?.textContent || lastChild.textContent.endsWith("\n"));
}

// An empty line ends a quote or a code block.
function leave(block) {
  if (!block.textContent) return edit("formatBlock", "div");
  edit("delete");
  const next = h("div", {}, h("br"));
  block.after(next);
  return getSelection().collapse(next, 0);
}

// Browsers keep the looks of what was deleted for what is typed in its place.
function plainLooks(editor) {
  for (const node of editor.querySelectorAll("[style]")) node.removeAttribute("style");
  const found = editor.querySelectorAll("font, span:not([data-rich])");
  if (!found.length) return;
  const caret = caretIn(editor);
  for (const node of found) node.replaceWith(...node.childNodes);
  putCaret(editor, caret);
}

function suggest(editor, box) {
  const suggestions = new Suggestions(editor, box, ({ rich }) => {
    const { anchorNode: node, anchorOffset: to } = getSelection();
    getSelection().setBaseAndExtent(node, namesAt(node.data.slice(0, to)).from, node, to);
    edit("insertHTML", `${chip(rich).outerHTML}&nbsp;`);
    suggestions.close();
  });
  editor.addEventListener("input", () => {
    const { anchorNode: node, anchorOffset: to, isCollapsed } = getSelection();
    const open = isCollapsed && node?.nodeName === "#text" && editor.contains(node) && !inside(editor, "code, pre");
    suggestions.offer(open ? namesAt(node.data.slice(0, to))?.items : null);
  });
  return suggestions;
}

const caretIn = (editor) => {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  return editor.contains(anchorNode) && editor.contains(focusNode) ? [anchorNode, anchorOffset, focusNode, focusOffset] : null;
};

function putCaret(editor, caret) {
  if (caret?.every((part) => typeof part === "number" || editor.contains(part))) getSelection().setBaseAndExtent(...caret);
}
