// The list of changes: searched, filtered, sorted, a page at a time.

const PAGE = 40;          // groups put on the page at a time
const CUT = 40;           // characters from which a context does not reach the end of its text

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
