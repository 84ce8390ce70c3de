// Light or dark: what the system prefers, what ?theme= says, or what was chosen here.
import { iconButton } from "./dom.js";
import { t } from "./i18n.js";

const KEY = "sandbox.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export function startTheme() {
  let chosen = new URLSearchParams(location.search).get("theme");
  try {
    chosen ??= localStorage.getItem(KEY);
  } catch { /* private window */ }
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
}

const current = () => document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");

export function themeButton() {
  const button = iconButton(current() === "dark" ? "sun" : "moon", t("theme"), () => {
    const next = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem(KEY, next);
    } catch { /* not remembered */ }
    const other = themeButton();
    button.replaceWith(other);
    other.focus();
  });
  return button;
}
