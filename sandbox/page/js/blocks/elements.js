// Block elements: what a person presses, types or chooses. One builder an element type.
import { api } from "../api.js";
import { h, icon, iconButton, uid } from "../dom.js";
import { fileSize, fromWallTime, wallTime } from "../format.js";
import { t } from "../i18n.js";
import { flat, text } from "../mrkdwn.js";
import { openMenu } from "../popover.js";
import { explain } from "../toasts.js";
import { picture } from "./index.js";
import { richTextField } from "./rich_input.js";
import { selects } from "./selects.js";

// attributes: what the input block adds (id, aria-…, name, labelledby).
export function element(one, surface, block, attributes = {}) {
  const known = { ...one, action_id: one.action_id ?? `#${one.type}` };
  const build = Object.hasOwn(builders, one.type) ? builders[one.type] : null;
  if (!build) return h("div", { class: "unknown" }, icon("info"), t("unknownElement", { type: one.type }));
  const { name, labelledby, ...rest } = attributes;
  const words = name ?? flat(one.placeholder ?? one.accessibility_label ?? "");
  const field = { surface, block, labelledby, name: words, attributes: { ...rest, "data-key": `${block.block_id}/${known.action_id}` } };
  if (!name && field.name) field.attributes["aria-label"] = field.name;
  return build(known, field);
}

// Outside of an input block every change is told to the app; inside only with dispatch_action.
const tells = (block) => block.type !== "input" || block.dispatch_action;

function change(one, { surface, block }, patch, control) {
  surface.set(block, one, patch);
  return tells(block) ? surface.act(block, one, patch, control) : null;
}

const builders = {
  image: (one) => picture(one, "small"),
  button,
  workflow_button: button,
  icon_button: (one, field) => iconButton("close", flat(one.text), (event) => press(one, field, event.currentTarget)),
  feedback_buttons: (one, field) => h("span", { class: "feedback" }, feedback(one, field, "positive_button", "good"), feedback(one, field, "negative_button", "poor")),
  overflow: (one, field) => iconButton("more", t("moreOptions"), (event) => {
    const control = event.currentTarget;
    openMenu(control, one.options.map((option) => ({ label: text(option.text), hint: option.description && text(option.description), run: () => {
      if (option.url) open(option.url, "_blank", "noopener");
      field.surface.act(field.block, one, { selected_option: option }, control);
    } })));
  }, { "aria-haspopup": "menu", class: "icon-button framed", "data-key": field.attributes["data-key"] }),
  plain_text_input: (one, field) => textField(one, field, { type: "text", maxlength: one.max_length ?? 3000 }),
  number_input: (one, field) => textField(one, field, { type: "text", inputmode: one.is_decimal_allowed ? "decimal" : "numeric" }),
  email_text_input: (one, field) => textField(one, field, { type: "text", inputmode: "email", autocomplete: "off" }),
  url_text_input: (one, field) => textField(one, field, { type: "text", inputmode: "url", autocomplete: "off" }),
  rich_text_input: richTextField,
  datepicker: (one, field) => picker(one, field, "date", "selected_date", one.initial_date),
  timepicker: (one, field) => picker(one, field, "time", "selected_time", one.initial_time),
  datetimepicker: (one, field) => picker(one, field, "datetime-local", "selected_date_time", one.initial_date_time, wallTime, fromWallTime),
  radio_buttons: (one, field) => choices(one, field, "radio"),
  checkboxes: (one, field) => choices(one, field, "checkbox"),
  file_input: fileField,
  ...selects,
};

function button(one, field) {
  const label = h("span", { class: "button-text" }, text(one.text));
  const words = flat(one.text);
  const node = h("button", { type: "button", class: `button ${one.style ?? ""}`, "aria-label": one.accessibility_label, title: words.length > 40 ? words : null,
    "data-key": field.attributes["data-key"], onclick: () => {
      if (one.url) open(one.url, "_blank", "noopener");
      return press(one, field, node);
    } }, label);
  return node;
}

function press(one, { surface, block }, control) {
  if (control.classList.contains("working")) return null;
  return surface.act(block, one, { value: one.value, text: one.text }, control);
}

function feedback(one, field, key, words) {
  const { text: label, accessibility_label: name, value } = one[key] ?? {};
  return iconButton("up", flat(name ?? label ?? t(words)), (event) => press({ ...one, value }, field, event.currentTarget),
    { class: `icon-button ${words === "poor" ? "flip-y" : ""}` });
}

function textField(one, field, attributes) {
  const { surface, block } = field;
  const value = surface.value(block, one, { value: one.initial_value ?? null });
  const node = h(one.multiline ? "textarea" : "input", { class: "field", placeholder: one.placeholder && flat(one.placeholder), value: value.value ?? "",
    rows: one.multiline ? 4 : null, autofocus: one.focus_on_load, ...attributes, ...(one.multiline && { type: null }), ...field.attributes });
  typing(node, one, field, () => ({ value: node.value || null }), one.multiline);
  return node;
}

// What is typed is kept at once, and told to the app when the element says so; `lines`: Enter alone begins a new line.
export function typing(node, one, { surface, block }, read, lines) {
  const when = one.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = () => node.isConnected && tells(block) && surface.act(block, one, read());
  let timer = null;
  node.addEventListener("input", () => {
    surface.set(block, one, read());
    clearTimeout(timer);
    if (when.includes("on_character_entered")) timer = setTimeout(tell, 300);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || (lines && !event.metaKey && !event.ctrlKey)) return;
    if (when.includes("on_enter_pressed") && tells(block)) {
      event.preventDefault();
      tell();
    }
  });
}

function picker(one, field, type, key, initial, toText = (value) => value, fromText = (words) => words) {
  const value = field.surface.value(field.block, one, { [key]: initial ?? null })[key];
  return h("input", { type, class: "field picker", value: value ? toText(value) : "", autofocus: one.focus_on_load, ...field.attributes,
    "aria-label": field.attributes["aria-label"] ?? (field.attributes.id ? null : type),
    onchange: (event) => change(one, field, { [key]: event.target.value ? fromText(event.target.value) : null }, event.target) });
}

function choices(one, field, type) {
  const many = type === "checkbox";
  const key = many ? "selected_options" : "selected_option";
  const value = field.surface.value(field.block, one, { [key]: many ? one.initial_options ?? [] : one.initial_option ?? null });
  let chosen = many ? value.selected_options : [value.selected_option].filter(Boolean);
  const name = uid("choice");
  const { id, ...attributes } = field.attributes;
  const group = { role: field.block.type === "input" ? null : "group", "aria-label": attributes["aria-label"] };
  return h("div", { class: "choices", ...group }, one.options.map((option, index) => {
    const [inputId, hintId] = [index === 0 && id ? id : uid("option"), uid("hint")];
    const box = h("input", { type, name, id: inputId, checked: chosen.some((other) => other.value === option.value), autofocus: one.focus_on_load && index === 0,
      "aria-describedby": [option.description && hintId, attributes["aria-describedby"]].filter(Boolean).join(" ") || null,
      "aria-invalid": attributes["aria-invalid"],
      "data-key": `${attributes["data-key"]}/${option.value}`,
      onchange: () => {
        chosen = many ? one.options.filter((other) => (other.value === option.value ? box.checked : chosen.some((known) => known.value === other.value))) : [option];
        change(one, field, { [key]: many ? chosen : option }, box);
      } });
    const hint = option.description && h("small", { id: hintId }, text(option.description));
    return h("div", { class: "choice" }, box, h("label", { for: inputId }, text(option.text), hint));
  }));
}

const MAX_FILE = 10e6;

function fileField(one, field) {
  const { surface, block } = field;
  let files = surface.value(block, one, { files: [] }).files;
  const types = one.filetypes ?? [];
  const most = one.max_files ?? 10;
  const list = h("ul", { class: "file-list" });
  const problem = h("div", { class: "error", role: "alert", hidden: true });
  const picker = h("input", { type: "file", class: "hidden", tabindex: "-1", multiple: most > 1, "aria-label": field.name || t("addFiles"),
    accept: types.map((type) => `.${type}`).join(",") || null });
  const { id, ...described } = field.attributes;
  const add = h("button", { type: "button", class: "button", id, ...described, "aria-required": null, "aria-invalid": null,
    onclick: () => picker.click() }, icon("clip"), t("addFiles"));
  const refuse = (words) => {
    problem.textContent = words;
    problem.hidden = false;
  };
  function keep(next) {
    files = next;
    surface.set(block, one, { files });
    list.replaceChildren(...files.map((file) => h("li", { class: "chip" }, icon("file"), h("span", {}, file.name), h("small", {}, fileSize(file.size)),
      iconButton("close", t("removeFile", { name: file.name }), () => keep(files.filter((other) => other !== file))))));
    add.disabled = files.length >= most;
  }
  picker.addEventListener("change", async () => {
    problem.hidden = true;
    for (const file of picker.files) {
      if (files.length >= most) refuse(t("tooMany", { n: most }));
      else if (file.size > MAX_FILE) refuse(t("fileTooLarge", { name: file.name }));
      else if (types.length && !types.includes(file.name.split(".").at(-1).toLowerCase())) refuse(t("wrongType", { name: file.name, types: types.join(", ") }));
      else {
        add.classList.add("working");
        try {
          keep([...files, (await api.upload(file)).file]);
        } catch (error) {
          refuse(explain(error.name, error.message));
        }
        add.classList.remove("working");
      }
    }
    picker.value = "";
  });
  keep(files);
  return h("div", { class: "files-field" }, list, add, picker, problem);
}

