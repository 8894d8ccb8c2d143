// Articles side by side: read from the page when the first is looked at.

let articles = null, numbers = null;
const isArticlesEmpty = $("articles-data").textContent === "[]";

function readArticles() {
  if (articles) return;
  articles = JSON.parse($("articles-data").textContent);
  numbers = new Map(articles.map(([name], index) => [name, index]));
  $("article").append(...articles.map(([name, changes], index) => new Option(`${name} (${changes})`, index)));
}

/** Whether a text is on the page; the texts themselves are read when the first is looked at. */
function hasArticle(name) { return !isArticlesEmpty && name !== "" && (!numbers || numbers.has(name)); }

function showArticle(index) {
  readArticles();
  if (!articles[index]) return;
  $("article").value = index;
  $("previous").disabled = index === 0;
  $("next").disabled = index === articles.length - 1;
  const head = make("div", "side-row side-head", make("div", "", "Before"), make("div", "", "After"));
  $("article-view").replaceChildren(head, ...folded(rows(articles[index][2])));
}

const rowNode = ([left, right, isSame]) => make("div", isSame ? "side-row is-same" : "side-row", make("div", "", ...left), make("div", "", ...right));

/** The rows as nodes; long stretches without a change fold behind a button, a row shown on each side of a change. */
function folded(rows) {
  const near = rows.map((_, n) => [n - 1, n, n + 1].some((m) => rows[m] && !rows[m][2])), nodes = [];
  for (let n = 0; n < rows.length;) {
    let end = n;
    while (end < rows.length && near[end] === near[n]) end++;
    const some = rows.slice(n, end);
    if (near[n] || some.length < 3) nodes.push(...some.map(rowNode));
    else {
      const unfold = make("button", "fold", `${some.length} paragraphs as they were`);
      unfold.type = "button";
      unfold.addEventListener("click", () => unfold.replaceWith(...some.map(rowNode)));
      nodes.push(unfold);
    }
    n = end;
  }
  return nodes;
}

/** Cut the pieces of an article into rows, a paragraph on each side, so that both sides keep in step. */
function rows(pieces) {
  const out = [];
  let left = [], right = [], isSame = true;
  const end = () => { if (left.length || right.length) out.push([left, right, isSame]); [left, right, isSame] = [[], [], true]; };
  for (const piece of pieces) {
    if (typeof piece === "string") {
      const lines = piece.split("\n");
      lines.forEach((line, n) => {
        if (n) end();
        if (line) { left.push(line); right.push(line); }
      });
      continue;
    }
    const [before, after, rule, isSuggested] = piece;
    isSame = false;
    const gone = make(isSuggested ? "span" : "del", isSuggested ? "thought" : "", ...visible(before));
    gone.title = isSuggested ? `${rule} would write: ${after || "nothing"}` : rule;
    left.push(gone);
    if (isSuggested) right.push(before);
    else if (after) { const come = make("ins", "", ...visible(after)); come.title = rule; right.push(come); }
  }
  end();
  return out;
}

function view(isArticles) {
  $("changes").hidden = isArticles;
  $("articles").hidden = !isArticles;
  $("view-changes").setAttribute("aria-pressed", String(!isArticles));
  $("view-articles").setAttribute("aria-pressed", String(isArticles));
  if (isArticles && !articles) showArticle(0);
}

function openArticle(name) {
  readArticles();
  if (!numbers.has(name)) { $("status").textContent = `The page has no room for the text of ${name}.`; return; }
  view(true);
  showArticle(numbers.get(name));
  $("article-view").focus();
}
