// The selects: ready options, options from the app, people, channels; one or many.
import { avatar, h, icon } from "../dom.js";
import { among, combobox } from "../combobox.js";
import { flat } from "../mrkdwn.js";
import { channelName, nameOf, people, state, user } from "../state.js";
import { explain } from "../toasts.js";

const optionItem = (option) => ({ value: option.value, label: flat(option.text), hint: option.description ? flat(option.description) : null, option });
const optionGroups = ({ options, option_groups: groups }) => (groups
  ? groups.map((group) => ({ label: flat(group.label), items: group.options.map(optionItem) })) : [{ items: (options ?? []).map(optionItem) }]);

const personItem = (one) => ({ value: one.id, label: nameOf(one.id), hint: one.profile?.title || `@${one.name}`, node: avatar(one, "tiny") });
const channelItem = (one) => ({ value: one.id, label: channelName(one),
  node: one.with ? avatar(user(one.with), "tiny") : h("span", { class: "glyph" }, icon(one.kind === "private" ? "lock" : "hash")) });

const fits = (one, filter) => {
  if (!filter) return true;
  const kind = { channel: "public", private: "private", im: "im", mpim: "mpim" }[one.kind];
  return (!filter.include || filter.include.includes(kind)) && !(filter.exclude_bot_users && one.kind === "im" && user(one.with).is_bot);
};

// Where the choices come from, how a choice becomes an item, and how Slack's payload names it.
const SOURCES = {
  static: {
    key: "option", initial: "initial_option", load: (one) => among(optionGroups(one)), item: optionItem, take: (item) => item.option,
  },
  external: {
    key: "option", initial: "initial_option", item: optionItem, take: (item) => item.option,
    load: (one, { surface, block }) => async (query) => {
      try {
        return optionGroups(await surface.options(block, one, query));
      } catch (error) {
        throw new Error(explain(error.name, error.message));
      }
    },
  },
  users: {
    key: "user", initial: "initial_user", item: (id) => personItem(user(id)), take: (item) => item.value,
    load: () => among([{ items: [...people(), user(state.app.bot_user_id)].filter((one) => one.id).map(personItem) }]),
  },
  conversations: {
    key: "conversation", initial: "initial_conversation", item: itemOfChannel, take: (item) => item.value,
    load: (one) => among([{ items: state.channels.filter((each) => each.is_member !== false && fits(each, one.filter)).map(channelItem) }]),
    preset: (one) => (one.default_to_current_conversation && state.place !== "home" ? state.place : null),
  },
  channels: {
    key: "channel", initial: "initial_channel", item: itemOfChannel, take: (item) => item.value,
    load: () => among([{ items: state.channels.filter((one) => one.kind === "channel").map(channelItem) }]),
  },
};

function itemOfChannel(id) {
  const found = state.channels.find((one) => one.id === id);
  return found ? channelItem(found) : { value: id, label: id };
}

const plural = (name) => `${name}s`;

function select(source, many) {
  return (one, { surface, block, attributes }) => {
    const key = `selected_${many ? plural(source.key) : source.key}`;
    const preset = one[many ? plural(source.initial) : source.initial] ?? (source.preset?.(one) ? (many ? [source.preset(one)] : source.preset(one)) : null);
    const value = surface.value(block, one, { [key]: preset ?? (many ? [] : null) })[key];
    const external = source === SOURCES.external;
    return combobox({
      attributes: { ...attributes, autofocus: one.focus_on_load },
      placeholder: one.placeholder && flat(one.placeholder),
      multi: many,
      maximum: one.max_selected_items,
      minimum: external ? one.min_query_length ?? 3 : 0,
      delay: external ? 250 : 0,
      selected: (many ? value ?? [] : [value].filter(Boolean)).map(source.item),
      load: source.load(one, { surface, block }),
      onChange: (items, control) => {
        const patch = { [key]: many ? items.map(source.take) : source.take(items[0]) };
        surface.set(block, one, patch);
        if (block.type !== "input" || block.dispatch_action) surface.act(block, one, patch, control);
      },
    });
  };
}

export const selects = Object.fromEntries(Object.entries(SOURCES).flatMap(([name, source]) => [
  [`${name}_select`, select(source, false)], [`multi_${name}_select`, select(source, true)]]));
