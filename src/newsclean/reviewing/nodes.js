// Text as nodes of the page: nothing of it is ever parsed.

const $ = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");
const count = (n, noun) => `${number.format(n)} ${noun}${n === 1 ? "" : "s"}`;

function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

const NAMES = { "\n": "↵", "\r": "␍", "\t": "⇥", "\u00a0": "⍽", "\u00ad": "soft hyphen", "\u200b": "zero-width space", "\ufeff": "byte order mark" };
const INVISIBLE = /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\p{Cs}]/gu;

/** Text with a sign for each character that shows nothing; `all` of them, plain spaces too, where that is all there is. */
function visible(text) {
  const all = !text.trim() || / {2}|^ | $/.test(text), parts = [];
  let reached = 0;
  const found = all ? text.matchAll(new RegExp(INVISIBLE.source + "| ", "gu")) : text.matchAll(INVISIBLE);
  for (const match of found) {
    const c = match[0], name = c === " " ? "·" : NAMES[c] || "U+" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    parts.push(text.slice(reached, match.index), make("span", "sign", name.length > 1 ? `[${name}]` : name));
    reached = match.index + c.length;
  }
  return [...parts, text.slice(reached)];
}

const flat = (text) => text.replace(/\s+/g, " ");
