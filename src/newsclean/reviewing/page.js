// The hands: keys, clicks, and what is done when the page opens.

const MOST_PRINTED = 1000;

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
