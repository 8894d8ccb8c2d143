// What a reader says to the changes, kept in the browser, and the configuration that it makes.

const data = JSON.parse($("data").textContent);
const STORE = "newsclean-review-" + data.id;

const groups = data.groups.map((row, index) => {
  const [rule, before, after, count, texts, score, note, isSuggested, reasons, contexts] = row;
  const id = data.rules[rule];
  return { index, rule: id, stage: id.split("/")[0], before, after, count, texts, score, note, isSuggested: !!isSuggested, reasons, contexts };
});

const verdicts = new Map();   // group index -> "accept" | "reject"
const offRules = new Set();
const history = [];

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE) || "{}");
    for (const [index, verdict] of kept.verdicts || []) verdicts.set(index, verdict);
    for (const rule of kept.off || []) offRules.add(rule);
  } catch { /* a browser may refuse to keep anything for a file */ }
}

function save() {
  try {
    localStorage.setItem(STORE, JSON.stringify({ verdicts: [...verdicts], off: [...offRules] }));
    isKept = true;
  } catch { isKept = false; }
}
let isKept = true;
addEventListener("beforeunload", (event) => { if (!isKept && verdicts.size + offRules.size) event.preventDefault(); });

function judge(group, verdict) {
  history.push([group, verdicts.get(group.index)]);
  if (verdict && verdicts.get(group.index) !== verdict) verdicts.set(group.index, verdict);
  else verdicts.delete(group.index);
  judged(group);
}

function takeBack() {
  const last = history.pop();
  if (!last) return;
  const [group, before] = last;
  if (before) verdicts.set(group.index, before); else verdicts.delete(group.index);
  judged(group);
  const at = shown.indexOf(group);
  if (at >= 0) go(at);
}

function judged(group) {
  save();
  const item = $("g" + group.index);
  if (item) dress(item, group);
  tell();
}

function turn(rule) {
  if (!offRules.delete(rule)) offRules.add(rule);
  save();
  for (const row of document.querySelectorAll("tr[data-rule]")) dressRule(row);
  for (const item of $("list").children) dress(item, groups[item.dataset.index]);
  tell();
}

// The configuration.

const isRuleOnly = (group) => !Object.hasOwn(data.keptBy, group.stage);
const wording = (group) => group.before.trim();

/** What a judgement adds to the configuration, if anything: [path, value] to append, or [path, key, value] to set. */
function addition(group, verdict) {
  if (verdict === "reject" && isRuleOnly(group)) return [["off"], group.rule];
  if (verdict === "reject") return data.keptBy[group.stage] && [data.keptBy[group.stage], wording(group)];
  if (!group.isSuggested || !Object.hasOwn(data.madeBy, group.stage)) return null;
  return group.stage === "typos" ? [data.madeBy.typos, group.before, group.after] : [data.madeBy[group.stage], wording(group)];
}

function consequence(group, verdict) {
  const added = verdict && addition(group, verdict);
  if (verdict === "accept") return added ? "Will be made from now on." : "Accepted.";
  if (verdict === "reject") return !added ? "Rejected." : isRuleOnly(group) ? `Rejected: turns ${group.rule} off.` : `Rejected: this ${group.stage === "typos" ? "wording" : "line"} will be left alone.`;
  return "";
}

function configuration() {
  const table = structuredClone(data.config), why = new Map(), unwritable = [];
  const append = (path, value, reason) => {
    const list = at(table, path, () => []);
    if (!list.includes(value)) list.push(value);
    why.set([...path, value].join("\n"), reason);
  };
  for (const [index, verdict] of verdicts) {
    const group = groups[index], added = addition(group, verdict);
    if (!added) continue;
    if (!added.flat().every((each) => each.isWellFormed())) { unwritable.push(added.at(-1)); continue; }
    const reason = `${count(group.count, "time")} in ${count(group.texts, "text")}` + (group.score < 1 ? `, scored ${group.score}` : "");
    if (added.length === 2) append(added[0], added[1], reason);
    else {
      Object.defineProperty(at(table, added[0], () => ({})), added[1], { value: added[2], enumerable: true });  // "__proto__" is a word too
      why.set([...added[0], added[1]].join("\n"), reason);
    }
  }
  for (const rule of offRules) append(["off"], rule, "turned off in the review");
  return { text: toml(table, [], why), unwritable };
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([configuration().text], { type: "application/toml" }));
  link.download = "newsclean.toml";
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function preview() {
  const { text, unwritable } = configuration();
  $("toml-text").textContent = text;
  $("unwritable").hidden = !unwritable.length;
  $("unwritable").textContent = unwritable.length ? `${count(unwritable.length, "wording")} with halves of characters cannot be written in TOML and had to be left out.` : "";
  $("toml").showModal();
}

function tell() {
  const all = [...verdicts.values()], accepted = all.filter((verdict) => verdict === "accept").length;
  const parts = [accepted && `${accepted} accepted`, all.length - accepted && `${all.length - accepted} rejected`, offRules.size && `${count(offRules.size, "rule")} off`];
  $("outcome-count").textContent = parts.filter(Boolean).join(", ");
  $("outcome").hidden = !(all.length + offRules.size);
}
