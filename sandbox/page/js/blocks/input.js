// The input block: a label, an element, its hint and its error, tied together for assistive technology.
import { h, icon, uid } from "../dom.js";
import { t } from "../i18n.js";
import { flat, text } from "../mrkdwn.js";
import { element } from "./elements.js";

const GROUPS = new Set(["radio_buttons", "checkboxes", "file_input"]);

export function input(block, surface) {
  const ids = { label: uid("label"), field: uid("field"), hint: uid("hint"), error: uid("error") };
  const error = surface.errors[block.block_id];
  const attributes = {
    id: ids.field,
    "aria-describedby": [block.hint && ids.hint, error && ids.error].filter(Boolean).join(" ") || null,
    "aria-invalid": error ? "true" : null,
    "aria-required": block.optional ? null : "true",
  };
  const words = [text(block.label), block.optional && h("span", { class: "optional" }, ` ${t("optional")}`)];
  const group = GROUPS.has(block.element.type);
  const control = element(block.element, surface, block, { ...attributes, name: flat(block.label), labelledby: ids.label });
  const naming = { role: group ? "group" : null, "aria-labelledby": group ? ids.label : null };
  const box = h("div", { class: `input ${error ? "invalid" : ""}`, ...naming, data: { block: block.block_id } },
    h(group ? "div" : "label", { class: "label", id: ids.label, for: group ? null : ids.field, onclick: () => control.querySelector("[contenteditable]")?.focus() }, words),
    control,
    error && h("div", { class: "error", id: ids.error }, icon("warn"), h("span", {}, error)),
    block.hint && h("div", { class: "hint", id: ids.hint }, text(block.hint)));
  // Whoever mends a field is not told any longer that it is wrong.
  box.addEventListener("input", () => {
    delete surface.errors[block.block_id];
    box.classList.remove("invalid");
    box.querySelector(`#${ids.error}`)?.remove();
    box.querySelectorAll("[aria-invalid]").forEach((node) => node.removeAttribute("aria-invalid"));
  });
  return box;
}

// What the client itself refuses before it asks the app: {block_id: words}.
export function check(blocks, values) {
  const errors = {};
  for (const block of blocks ?? []) {
    if (block.type !== "input") continue;
    const problem = problemOf(block, values[block.block_id]?.[block.element.action_id] ?? {});
    if (problem) errors[block.block_id] = problem;
  }
  return errors;
}

function problemOf({ element: field, optional }, { type, ...value }) {
  const content = value.value ?? value.files ?? Object.entries(value).find(([key]) => key.startsWith("selected_"))?.[1] ?? value.rich_text_value;
  const empty = content == null || content === "" || (Array.isArray(content) && !content.length);
  if (empty) return optional ? null : t("required");
  if (type === "number_input") return numberProblem(field, content);
  if (type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(content)) return t("badEmail");
  if (type === "url_text_input" && !/^https?:\/\/\S+$/.test(content)) return t("badUrl");
  if (type === "plain_text_input" && content.length < (field.min_length ?? 0)) return t("tooShort", { n: field.min_length });
  return null;
}

function numberProblem(field, content) {
  if (!/^[-+]?\d*\.?\d+$/.test(content)) return t("badNumber");
  if (!field.is_decimal_allowed && !/^[-+]?\d+$/.test(content)) return t("badInteger");
  if (field.min_value != null && Number(content) < Number(field.min_value)) return t("tooSmall", { n: field.min_value });
  if (field.max_value != null && Number(content) > Number(field.max_value)) return t("tooLarge", { n: field.max_value });
  return null;
}
