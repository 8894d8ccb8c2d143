// The list of changes, what a reader says to it, and the configuration that this makes.

const PAGE = 40;          // groups put on the page at a time
const MOST_PRINTED = 1000;
const CUT = 40;           // characters from which a context does not reach the end of its text
const data = JSON.parse($("data").textContent);
const STORE = "newsclean-review-" + data.id;

const groups = data.groups.map((row, index) => {
  const [rule, before, after, count, texts, score, note, isSuggested, reasons, contexts] = row;
  const id = data.rules[rule];
  return { index, rule: id, stage: id.split("/")[0], before, after, count, texts, score, note, isSuggested: !!isSuggested, reasons, contexts };
});

// ------------------------------------------------------------------ judgements, kept in the browser

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

// ------------------------------------------------------------------ the configuration that they make

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

// ------------------------------------------------------------------ one group

function item(group) {
  const isLine = group.stage === "prompts", isWord = group.stage === "words";
  const before = isLine ? wording(group) : group.before;
  const change = make("p", isLine ? "change is-line" : "change",
    before ? make(isWord ? "b" : "del", "", ...visible(before)) : make("span", "same", "nothing"),
    group.after ? make("span", "arrow", make("span", "unseen", " becomes "), "→") : "",
    group.after ? make("ins", "", ...visible(group.after)) : make("span", "unseen", isWord ? " left alone" : " removed"));
  const facts = make("p", "facts", make("b", "", `${number.format(group.count)}×`), ` in ${count(group.texts, "text")} · ${group.rule}`,
    group.score < 1 ? ` · score ${group.score.toFixed(3).replace(/0$/, "").replace(/^0/, "")}` : "", group.note ? ` · ${group.note}` : "", group.isSuggested ? " · suggested, not made" : "",
    group.reasons.length ? make("span", "reasons", " · " + group.reasons.map((reason) => data.reasons[reason]).join(" · ")) : "");
  const contexts = make("ul", "contexts", ...group.contexts.map((context) => contextItem(group, context)));
  const node = make("li", "group", change, facts, make("div", "verdict", button("accept", "Accept", "a"), button("reject", "Reject", "r")), contexts, make("p", "outcome"));
  node.id = "g" + group.index;
  node.dataset.index = group.index;
  node.tabIndex = -1;
  dress(node, group);
  return node;
}

function contextItem(group, [left, right, place]) {
  const name = data.places[place];
  const where = hasArticle(name) ? make("button", "place", name) : make("span", "place", name);
  if (where.tagName === "BUTTON") { where.type = "button"; where.dataset.article = name; }
  const isText = group.before.trim() !== "";
  const gone = group.stage === "prompts" ? [wording(group).slice(0, 40) + (wording(group).length > 40 ? "…" : "")] : isText ? [group.before] : visible(group.before);
  const marks = group.before ? [make(group.stage === "words" ? "b" : "del", "", ...gone)] : [];
  if (group.after) marks.push(make("ins", "", ...visible(group.after)));
  const [from, to] = [left.length < CUT ? "" : "…", right.length < CUT ? "" : "…"];
  return make("li", "", flat(from + left), ...marks, flat(right + to), " ", name ? where : "");
}

function button(className, text, key) {
  const node = make("button", className, text + " ", make("kbd", "", key));
  node.type = "button";
  node.lastChild.setAttribute("aria-hidden", "true");
  return node;
}

function dress(node, group) {
  const verdict = verdicts.get(group.index);
  for (const each of ["accept", "reject"]) node.querySelector("." + each).setAttribute("aria-pressed", String(verdict === each));
  node.classList.toggle("is-off", offRules.has(group.rule) || verdict === "reject");
  const outcome = node.querySelector(".outcome");
  outcome.textContent = consequence(group, verdict) || (offRules.has(group.rule) ? `${group.rule} is turned off.` : "");
  outcome.hidden = !outcome.textContent;
}

function dressRule(row) {
  const isOff = offRules.has(row.dataset.rule);
  row.classList.toggle("is-off", isOff);
  row.querySelector(".off").setAttribute("aria-pressed", String(isOff));
  row.querySelector(".off").firstChild.textContent = isOff ? "Is off" : "Turn off";
}

// ------------------------------------------------------------------ the list: searched, filtered, sorted, a page at a time

const SHOW = {
  changes: (group) => !group.isSuggested,
  suspicious: (group) => !group.isSuggested && group.reasons.length,
  suggestions: (group) => group.isSuggested,
  all: () => true,
  open: (group) => !verdicts.has(group.index),
  accepted: (group) => verdicts.get(group.index) === "accept",
  rejected: (group) => verdicts.get(group.index) === "reject" || offRules.has(group.rule),
};
const letters = new Intl.Collator("en").compare;
const SORT = {
  suspicious: (a, b) => a.index - b.index,
  frequent: (a, b) => b.count - a.count || a.index - b.index,
  unsure: (a, b) => a.score - b.score || a.index - b.index,
  letters: (a, b) => letters(wording(a), wording(b)) || a.index - b.index,
};
let shown = [], current = -1;

const haystack = (group) => (group.words ??= [group.before, group.after, group.rule, group.note, ...group.contexts.map(([left, right, place]) => `${left} ${right} ${data.places[place]}`)].join("\n").toLowerCase());

function refresh() {
  const words = $("search").value.toLowerCase().trim(), rule = $("rule").value, holds = SHOW[$("show").value];
  shown = groups.filter((group) => holds(group) && group.rule.startsWith(rule) && (!words || haystack(group).includes(words)));
  if ($("sort").value !== "suspicious") shown.sort(SORT[$("sort").value]);
  current = -1;
  $("list").dataset.search = words;
  $("list").replaceChildren();
  grow();
  const total = shown.reduce((sum, group) => sum + group.count, 0);
  $("status").textContent = shown.length ? `${count(shown.length, "group")} of equal changes, ${number.format(total)} in all` : groups.length ? "Nothing here answers to that." : "Nothing was changed and nothing suggested.";
}

function grow(by = PAGE) {
  const list = $("list"), reached = list.children.length;
  list.append(...shown.slice(reached, reached + by).map(item));
  const left = shown.length - list.children.length;
  $("more").hidden = left <= 0;
  $("more").textContent = `Show more: ${number.format(left)} left`;
}

function go(to) {
  if (to < 0 || to >= shown.length) return;
  while ($("list").children.length <= to) grow();
  current = to;
  const node = $("list").children[to];
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

function fillRules() {
  const counts = new Map();
  for (const group of groups) counts.set(group.rule, (counts.get(group.rule) || 0) + group.count);
  const stages = new Map();
  for (const [rule, total] of [...counts].sort((a, b) => b[1] - a[1])) {
    const stage = rule.split("/")[0];
    if (!stages.has(stage)) stages.set(stage, []);
    stages.get(stage).push([rule, total]);
  }
  for (const [stage, rules] of stages) {
    const box = document.createElement("optgroup");
    box.label = stage.replaceAll("_", " ");
    box.append(new Option(`all of ${box.label}`, stage + "/"), ...rules.map(([rule, total]) => new Option(`${rule} (${number.format(total)})`, rule)));
    $("rule").append(box);
  }
}

// ------------------------------------------------------------------ hands

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !$("use-keys").checked || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, select, textarea")) { if (event.key === "Escape") event.target.blur(); return; }
  const isList = !$("changes").hidden;
  const step = { j: 1, k: -1 }[event.key];
  if (step && isList) go(current < 0 ? 0 : current + step);
  else if (step) showArticle(Number($("article").value) + step);
  else if ((event.key === "a" || event.key === "r") && isList && shown[current]) { judge(shown[current], event.key === "a" ? "accept" : "reject"); go(current + 1); }
  else if (event.key === "u") takeBack();
  else if (event.key === "/") { view(false); $("search").focus(); }
  else if (event.key === "?") $("keys").showModal();
  else return;
  event.preventDefault();
}

function click(event) {
  const target = event.target.closest("button");
  const node = event.target.closest(".group");
  if (node) current = shown.indexOf(groups[node.dataset.index]);
  if (!target) return;
  if (node && target.dataset.article !== undefined) openArticle(target.dataset.article);
  else if (node) judge(groups[node.dataset.index], target.className);
  else if (target.matches(".off")) turn(target.closest("tr").dataset.rule);
  else if (target.matches(".show")) { view(false); $("rule").value = target.closest("tr").dataset.rule; refresh(); $("changes").scrollIntoView(); $("changes").focus({ preventScroll: true }); }
}

function isDark() {
  return (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
}

function theme() {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  $("theme").textContent = isDark() ? "Light" : "Dark";
}

load();
fillRules();
for (const node of document.querySelectorAll(".views, form.tools")) node.hidden = false;
for (const row of document.querySelectorAll("tr[data-rule]")) dressRule(row);
$("view-articles").hidden = isArticlesEmpty;
$("theme").textContent = isDark() ? "Light" : "Dark";
if (groups.length && groups[0].isSuggested) $("show").value = "all";
refresh();
tell();

let waiting = 0;
$("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 120); });
for (const id of ["search", "show", "rule", "sort"]) $(id).addEventListener("change", refresh);
document.querySelector("form.tools").addEventListener("submit", (event) => { event.preventDefault(); refresh(); });
$("more").addEventListener("click", () => { const reached = $("list").children.length; grow(); go(reached); });
new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) grow(); }, { rootMargin: "600px" }).observe($("more"));
$("view-changes").addEventListener("click", () => view(false));
$("view-articles").addEventListener("click", () => view(true));
$("article").addEventListener("change", () => showArticle(Number($("article").value)));
$("previous").addEventListener("click", () => showArticle(Number($("article").value) - 1));
$("next").addEventListener("click", () => showArticle(Number($("article").value) + 1));
$("theme").addEventListener("click", theme);
$("open-keys").addEventListener("click", () => $("keys").showModal());
$("preview").addEventListener("click", preview);
$("download").addEventListener("click", download);
document.addEventListener("keydown", press);
document.addEventListener("click", click);
addEventListener("beforeprint", () => { grow(Math.max(0, MOST_PRINTED - $("list").children.length)); });
