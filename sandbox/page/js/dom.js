// Nodes, never markup: text that people or apps wrote is only ever a text node.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "textContent", "htmlFor", "className"]);

export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

export function svg(tag, props, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value == null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.setAttribute("class", value);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "style") for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false && child !== ""));
  return node;
}

let counter = 0;
export const uid = (prefix = "x") => `${prefix}-${++counter}`;

const ICONS = {
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4", plus: "M12 5v14M5 12h14", close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7", more: "M12 5.5v.01M12 12v.01M12 18.5v.01", bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  reply: "M5 5h14v10h-8l-4 4v-4H5z", smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5c2 2.4 5 2.4 7 0M9 9.5v.01M15 9.5v.01",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6", clip: "M19 11.5 12 18.6a4.4 4.4 0 0 1-6.2-6.2l7.4-7.3a3 3 0 0 1 4.2 4.2l-7.3 7.2a1.4 1.4 0 0 1-2-2l6.6-6.5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3", hash: "M9 4 7 20M17 4l-2 16M4 9h16M3.5 15h16", down: "M6 9l6 6 6-6",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z", sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.8 1.8M17.2 17.2 19 19M5 19l1.8-1.8M17.2 6.8 19 5",
  people: "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5c.6-4 3-5.5 6.5-5.5s5.9 1.5 6.5 5.5M16 5.5a3.3 3.3 0 0 1 0 6.2M18 14.5c2 .7 3.2 2.2 3.5 5",
  file: "M6 3h8l4 4v14H6zM14 3v4h4", home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z", check: "M5 12.5l4.5 4.5L19 7.5", warn: "M12 4 2.5 20h19zM12 10v4.5M12 17.2v.01",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.5l3.5 2", list: "M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01",
  wire: "M4 8h15l-4-4M20 16H5l4 4", copy: "M9 9h11v11H9zM5 15H4V4h11v1", play: "M8 5v14l11-7z",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.7v.01", up: "M7 11v9H4v-9zM7 11l4-8c2 0 2.6 1.5 2.2 3L12.500 9.500H19l-1.500 9c-.2 1-.9 1.500-2 1.500H7",
  bold: "M8 5h4.500a3.500 3.500 0 0 1 0 7H8zM8 12h5.500a3.500 3.500 0 0 1 0 7H8z", italic: "M10.500 5H17M7 19h6.500M14 5l-4 14",
  strike: "M4.500 12h15M16 8c-.4-2-2-3-4-3-2.300 0-4 1.200-4 3.200M8 16c.4 2 2 3 4 3 2.300 0 4-1.200 4-3.200",
  link: "M10 14a4 4 0 0 0 5.700 0l3.100-3.100a4 4 0 0 0-5.700-5.700l-1.300 1.300M14 10a4 4 0 0 0-5.700 0l-3.100 3.100a4 4 0 0 0 5.700 5.700l1.300-1.300",
  ordered: "M10 6h10M10 12h10M10 18h10M4 5.500l1.500-1V9M3.800 15.800c.6-1 2.400-.9 2.400.4 0 1-1.600 1.600-2.400 2.800h2.500",
  quote: "M5 5v14M10 7h10M10 12h10M10 17h6", code: "M9 7l-5.500 5L9 17M15 7l5.500 5-5.500 5",
  codeBlock: "M4 4h16v16H4zM10 9.500 7.500 12l2.500 2.500M14 9.500l2.500 2.500-2.500 2.500",
};

export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: `icon icon-${name}`, "aria-hidden": "true" }, svg("path", { d: ICONS[name] ?? ICONS.info }));
}

export function iconButton(name, label, onclick, props) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...props }, icon(name));
}

// The first and the last word's; in Chinese a given name, or what a longer name begins with.
export function initials(name) {
  const words = name.trim().split(/\s+/);
  if (/^\p{Script=Han}/u.test(name)) return name.length > 3 ? name.slice(0, 2) : name.slice(-2);
  return (words[0][0] + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

// A person's or app's picture: the initials on a colour of its own.
export function avatar(user, size = "") {
  const name = user?.real_name || user?.name || "?";
  let hue = 7;
  for (const letter of user?.id ?? name) hue = (hue * 31 + letter.codePointAt(0)) % 9973;
  return h("span", { class: `avatar ${size} ${user?.is_bot ? "bot" : ""}`, style: { "--hue": (hue * 137) % 360 }, "aria-hidden": "true" }, initials(name));
}

// Marks a control as working until the promise settles.
export async function working(control, promise) {
  control.classList.add("working");
  control.setAttribute("aria-busy", "true");
  try {
    return await promise;
  } finally {
    control.classList.remove("working");
    control.removeAttribute("aria-busy");
  }
}
