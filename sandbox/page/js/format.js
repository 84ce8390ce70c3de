// Dates and times as the acting person reads them: their locale, their time zone.
import { me, state } from "./state.js";
import { t } from "./i18n.js";

const formatters = new Map();

function formatter(options) {
  const { locale, tz } = me();
  const key = `${locale}|${tz}|${JSON.stringify(options)}`;
  if (!formatters.has(key)) {
    formatters.set(key, new Intl.DateTimeFormat(locale || "en-US", { timeZone: tz || "UTC", ...options }));
  }
  return formatters.get(key);
}

const at = (ts) => new Date(Number.parseFloat(ts) * 1000);
const TIME = { hour: "numeric", minute: "2-digit" };

// Sandbox time, which people may have moved ahead.
export const nowSeconds = () => Date.now() / 1000 + state.ahead;

export const clock = (ts) => formatter(TIME).format(at(ts));
export const moment = (ts) => formatter({ dateStyle: "full", timeStyle: "short" }).format(at(ts));
export const shortMoment = (ts) => formatter({ weekday: "short", month: "short", day: "numeric", ...TIME }).format(at(ts));
export const clockSeconds = (ts) => formatter({ ...TIME, second: "2-digit" }).format(at(ts));
export const dayKey = (ts) => formatter({ year: "numeric", month: "numeric", day: "numeric" }).format(at(ts));
export const clockIn = (person) => new Intl.DateTimeFormat(me().locale || "en-US", { ...TIME, timeZone: person.tz || "UTC" }).format(at(nowSeconds()));

export function dayLabel(ts) {
  return pretty(ts) ?? formatter({ weekday: "long", month: "long", day: "numeric" }).format(at(ts));
}

function pretty(ts) {
  const days = [[0, "today"], [-1, "yesterday"], [1, "tomorrow"]];
  const found = days.find(([shift]) => dayKey(ts) === dayKey(nowSeconds() + shift * 86400));
  return found ? t(found[1]) : null;
}

const DATE_TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  date_long_full: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  day_divider_pretty: { weekday: "long", month: "long", day: "numeric" },
  time: TIME,
  time_secs: { ...TIME, second: "2-digit" },
};

// The tokens of <!date^ts^format> and of rich_text's date element.
export function dateFormat(ts, format) {
  return format.replace(/\{(\w+)\}/g, (whole, token) => {
    if (token === "ago") return ago(ts);
    if (token === "date_num") return new Intl.DateTimeFormat("sv-SE", { ...DATE_TOKENS.date_num, timeZone: me().tz || "UTC" }).format(at(ts));
    const plain = token.replace(/_pretty$/, "");
    if (plain !== token && pretty(ts)) return pretty(ts);
    return DATE_TOKENS[plain] || DATE_TOKENS[token] ? formatter(DATE_TOKENS[plain] ?? DATE_TOKENS[token]).format(at(ts)) : whole;
  });
}

export function ago(ts) {
  const seconds = Number.parseFloat(ts) - nowSeconds();
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
  return new Intl.RelativeTimeFormat(me().locale || "en-US", { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

// Wall-clock text ("2026-11-21T09:30") in the person's zone, from and to UNIX seconds.
export function wallTime(seconds, zone = me().tz || "UTC") {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(new Date(seconds * 1000)).replace(" ", "T");
}

export function fromWallTime(text, zone = me().tz || "UTC") {
  const asUtc = Date.parse(`${text}Z`) / 1000;
  let guess = asUtc;
  for (let turn = 0; turn < 2; turn += 1) guess += asUtc - Date.parse(`${wallTime(guess, zone)}Z`) / 1000;
  return guess;
}

export function fileSize(bytes) {
  const [value, unit] = bytes > 1e6 ? [bytes / 1e6, "MB"] : bytes > 1e3 ? [bytes / 1e3, "kB"] : [bytes ?? 0, "B"];
  return `${new Intl.NumberFormat(me().locale || "en-US", { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}
