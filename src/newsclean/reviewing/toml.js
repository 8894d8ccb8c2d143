// A configuration as TOML, with the reasons for its values behind them.

/** The value at a path of a table, made where it is missing. */
function at(table, path, make) {
  for (const key of path.slice(0, -1)) table = table[key] ??= {};
  return table[path.at(-1)] ??= make();
}

const string = (text) => JSON.stringify(text).replaceAll("\x7f", "\\u007f");
const bare = (key) => (/^[\w-]+$/.test(key) ? key : string(key));
const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function toml(table, path, why) {
  const out = [], inner = [];
  const comment = (value) => { const reason = why.get([...path, value].join("\n")); return reason ? `  # ${reason}` : ""; };
  for (const [key, value] of Object.entries(table)) {
    if (isTable(value)) inner.push([key, value]);
    else if (!Array.isArray(value) || !value.length) out.push(`${bare(key)} = ${inline(value)}${comment(key)}`);
    else {
      const commentOf = (each) => { const reason = why.get([...path, key, each].join("\n")); return reason ? `  # ${reason}` : ""; };
      out.push(`${bare(key)} = [`, ...value.map((each) => `    ${inline(each)},${commentOf(each)}`), "]");
    }
  }
  const head = path.length && out.length ? [`[${path.map(bare).join(".")}]`] : [];
  const parts = [...head, ...out].length ? [[...head, ...out].join("\n")] : [];
  for (const [key, value] of inner) parts.push(toml(value, [...path, key], why));
  return parts.filter(Boolean).join("\n\n").replace(/\n*$/, "\n");
}

function inline(value) {
  if (typeof value === "string") return string(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (isTable(value)) return `{ ${Object.entries(value).map(([key, each]) => `${bare(key)} = ${inline(each)}`).join(", ")} }`;
  return String(value);
}
