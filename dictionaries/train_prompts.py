#!/usr/bin/env python3
"""
Train the model of prompts, from labelled articles and labelled lines, and measure it on publishers it has not seen.

    pip install scikit-learn
    python dictionaries/train_prompts.py ARTICLES.jsonl... [--more MORE.jsonl] [--write]

An article is an object on a line of its own:

    {"publisher": "example.com", "lang": "en", "text": "...", "spans": [{"start": 0, "end": 13, "label": "ad_marker"}]}

Offsets are code points, half-open. A span labelled `keep-ambiguous` (a byline, a caption) is article to the training
and is not counted in the figures. Labelled lines lie in `dictionaries/lines/`, one file a language: under `[kind]`
prompts, under `[text]` lines of articles.

Figures are for publishers left out of the training, fold by fold, with their own patterns. `--more` names articles
whose publishers are counted apart where no other file has them: patterns were not written for those.

Everything is drawn with a fixed seed. The script is not in the wheel, and scikit-learn is needed by nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from newsclean.normalizers.prompts import by_forms
from newsclean.prompting.alone import UNIT, Alone, judged
from newsclean.prompting.features import LONGEST, features
from newsclean.prompting.index import Index, Words
from newsclean.prompting.judge import Judge, everything
from newsclean.prompting.kinds import ANY, KINDS, telling
from newsclean.prompting.model import LEAST, MOST, Model, head_of
from newsclean.prompting.places import SENTENCE_ENDS, Company, traits_of
from newsclean.prompting.verdicts import verdicts
from newsclean.prompting.weights import Weights

HERE = Path(__file__).parent
FOLDS = 8
SEED = 0
PUBLISHERS = 2
"""So many publishers must have a feature for it to have a weight."""

PUBLISHERS_OF_RUNS = 3
"""The same for runs of three words. Lines written by hand count as this many."""

PUBLISHERS_OF_SENTENCES = 3
"""So many publishers must begin prompts that are sentences so, for such sentences to be looked at."""

SMALLEST = 8
"""Hundredths of a logit. A smaller weight is none."""

SMALLEST_OF_KINDS = 30
"""The same for the weights that tell kinds apart."""

CUE = 1.0
"""Logit by which the share of prompts with a word exceeds that of lines of articles, for the word to be a cue."""

OPEN = 0.5
"""How much a line counts in the second step whose label is `keep-ambiguous`: it is article, and few would miss it."""

UNKNOWN = 0.5
"""How much lines count in the second step where it sees an article as if no pattern knew it."""

RISING = ("^", "_", "=own ", "=near ", "=all ")
"""How the features begin whose weights are not negative."""

STRENGTH_ALONE, STRENGTH_PLACED = 1.0, 0.3
"""Inverse strength of the prior that weights are small."""

WANTED, MOST_LOST = 0.995, 50
"""The line precision, and the characters lost in a million, by which the margin of `safe` is chosen."""

THRESHOLDS = {"*hopeless": -300, "*suggested": 75, "*safe": 275, "*thorough": 90, "*dear": 200, "*lone": 200}
"""
Hundredths of a logit: with less by itself a line is not looked at again; then what is suggested, and what each strength
removes; and how much more is asked of long lines and of lonely ones. On publishers left out of the training and not in
the first files, `safe` has a line precision of .997 and loses 36 characters in a million, `thorough` has one of .97.
"""

MARGINS = tuple(sorted({*range(50, 401, 25), THRESHOLDS["*safe"], THRESHOLDS["*thorough"]}))
"""Hundredths of a logit for which figures are printed, those of the strengths among them."""

KIND_OF = {
    "ad_marker": "ad",
    "scroll_prompt": "scroll",
    "read_more": "cross-reference",
    "read_more_bare": "cross-reference",
    "newsletter_promo": "newsletter",
    "social_share": "social",
    "media_marker": "media",
    "legal_notice": "legal",
    "paywall_js_cookie": "paywall",
    "comment_contact_prompt": "comment",
    "page_furniture": "furniture",
    "other": "furniture",
}
UNCUED = {"read_more_bare", "page_furniture", "other"}
"""Labels of prompts that only their place gives away."""


class Line(NamedTuple):
    """A line with what it is: a kind of prompt, "" for article, None where labels leave it open."""

    text: str
    kind: str | None


class Article:
    """A labelled article, and what the patterns do with it."""

    def __init__(self, row: Mapping[str, Any], judge: Judge) -> None:
        self.publisher: str = row["publisher"]
        self.lang: str = (row.get("lang") or "en")[:2]
        self.text: str = row["text"]
        self.spans = [(s["start"], s["end"], s["label"]) for s in row["spans"]]
        self.lines = self.text.split("\n")
        gone, inside = by_forms(self.lines, range(len(self.lines)), judge)
        self.gone = set(gone)
        self.left = [number for number in range(len(self.lines)) if number not in gone]
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.cut = bytearray(len(self.text))
        for number, parts in inside.items():
            for part in parts:
                start = self.starts[number] + part.start
                self.cut[start : start + part.end - part.start] = b"\1" * (part.end - part.start)
        self.gold = bytearray(len(self.text))
        for start, end, label in self.spans:
            self.gold[start:end] = (b"\2" if label == "keep-ambiguous" else b"\1") * (end - start)
        self.kinds = [self._kind(number) for number in range(len(self.lines))]
        ends = zip(self.starts, self.starts[1:], strict=False)
        self.open = {number for number, (start, end) in enumerate(ends) if 2 in self.gold[start : end - 1]}

    def _kind(self, number: int) -> str | None:
        start, end = self.starts[number], self.starts[number + 1] - 1
        solid = [at for at in range(start, end) if not self.text[at].isspace()]
        prompt = sum(self.gold[at] == 1 for at in solid)
        if prompt <= 0.1 * len(solid):
            return ""
        if prompt < 0.8 * len(solid):
            return None
        return next(KIND_OF[label] for s, e, label in self.spans if label in KIND_OF and s < end and e > start)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the articles of a file."""
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def forms_without(publisher: str) -> Index:
    """Return all forms but those of a publisher's own file, which is named by a part of its address."""
    forms = Index()
    names = {path.stem for path in (HERE / "prompts" / "publishers").glob("*.toml")}
    plain = publisher.replace(".", "").replace("www", "")
    own = tuple(f"prompts/{name}/" for name in names if name.replace("-", "") in plain)
    if own:
        for table in (forms.first, forms.last, forms.bracket):
            without(table, own)
        forms.cue = {cue: [f for f in each if not f.rule.startswith(own)] for cue, each in forms.cue.items()}
    return forms


def without(table: Words, rules: tuple[str, ...]) -> None:
    """Take the forms of rules that begin so out of a table."""
    for first, packed in table.packed.items():
        table.packed[first] = [(seconds, form) for seconds, form in packed if not form.rule.startswith(rules)]


def articles(rows: Iterable[Mapping[str, Any]]) -> list[Article]:
    """Return the articles of rows, each looked over by all patterns but its publisher's own."""
    judges: dict[str, Judge] = {}
    made = []
    for row in rows:
        publisher = row["publisher"]
        if publisher not in judges:
            judges[publisher] = Judge(forms_without(publisher))
        made.append(Article(row, judges[publisher]))
    return made


def written_lines() -> Iterator[Line]:
    """Yield the labelled lines that were written by hand."""
    for path in sorted((HERE / "lines").glob("*.txt")):
        kind = ""
        for line in path.read_text("utf-8").split("\n"):
            if line[:1] == "[" and line[1:-1] in (*KINDS, "text"):
                kind = line[1:-1].replace("text", "")
            elif line and line[0] != "#":
                yield Line(line, kind)


# ------------------------------------------------------------------------------------------------ the first step


class Example(NamedTuple):
    """A line to learn from."""

    text: str
    found: set[str]
    kind: str
    publisher: str
    weight: float


def examples(given: Iterable[Article]) -> list[Example]:
    """Return the lines of articles to learn from; what a publisher repeats counts twice at most."""
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for article in given:
        for line, kind in zip(article.lines, article.kinds, strict=True):
            text = line.strip()
            if not text or len(text) > LONGEST or kind is None:
                continue
            key = (article.publisher, re.sub(r"\d+", "0", text.lower()))
            seen[key] += 1
            if seen[key] <= 2:
                made.append(Example(text, features(text), kind, article.publisher, 1.0))
    return made


def vocabulary(given: Sequence[Example]) -> list[str]:
    """Return the features that several publishers have, sorted."""
    publishers: dict[str, set[str]] = defaultdict(set)
    for example in given:
        for feature in example.found:
            publishers[feature].add(example.publisher)
    made = []
    for feature, each in publishers.items():
        needed = PUBLISHERS_OF_RUNS if feature.count(" ") > 1 and feature[0] != "=" else PUBLISHERS
        if len(each) >= needed or "" in each:
            made.append(feature)
    return sorted(made)


def matrix(given: Iterable[Collection[str]], column: Mapping[str, int]) -> sparse.csr_matrix:
    """Return sets of features as rows of ones."""
    ends, columns = [0], []
    for found in given:
        columns += sorted(column[feature] for feature in found if feature in column)
        ends.append(len(columns))
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(column)))


def heads_of_sentences(given: Iterable[Example]) -> frozenset[str]:
    """Return how prompts begin that are whole sentences."""
    publishers: dict[str, set[str]] = defaultdict(set)
    for example in given:
        if example.kind and example.text[-1] in SENTENCE_ENDS:
            publishers[head_of(example.text)].add(example.publisher)
    return frozenset(head for head, each in publishers.items() if len(each) >= PUBLISHERS_OF_SENTENCES or "" in each)


def cues_of(given: Iterable[Example]) -> frozenset[str]:
    """Return the words, as white space parts them, that prompts of several publishers have more often than text."""
    publishers: dict[str, set[str]] = defaultdict(set)
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    total: Counter[bool] = Counter()
    for example in given:
        is_prompt = example.kind != ""
        words = set(example.text.lower().split())
        counts[is_prompt].update(words)
        total[is_prompt] += 1
        if is_prompt:
            for word in words:
                publishers[word].add(example.publisher)
    prompts, text = counts[True], counts[False]
    return frozenset(
        word
        for word, each in publishers.items()
        if (len(each) >= PUBLISHERS or "" in each)
        and word[0] != "#"
        and np.log((prompts[word] + 1) / total[True]) - np.log((text[word] + 1) / total[False]) > CUE
    )


def train_kinds(given: Sequence[Example]) -> list[tuple[str, str, int]]:
    """Return the weights that tell kinds of prompts apart: feature, kind, hundredths of a logit."""
    prompts = [example for example in given if example.kind]
    bare = [telling(example.found) for example in prompts]
    names = sorted(telling(vocabulary(prompts)))
    fit = LogisticRegression(C=STRENGTH_ALONE, random_state=SEED, max_iter=300)
    fit.fit(matrix(bare, {name: at for at, name in enumerate(names)}), [example.kind for example in prompts])
    rows = []
    for kind, intercept, weights in zip(fit.classes_, fit.intercept_, fit.coef_, strict=True):
        rows.append((ANY, str(kind), round(UNIT * intercept)))
        rows += [(name, str(kind), round(UNIT * w)) for name, w in zip(names, weights, strict=True)]
    return sorted(row for row in rows if abs(row[2]) >= SMALLEST_OF_KINDS)


def train_alone(given: Sequence[Example]) -> dict[str, int]:
    """Return the weights of what lines show of themselves."""
    names = vocabulary(given)
    column = {name: at for at, name in enumerate(names)}
    found = matrix((example.found for example in given), column)
    is_prompt = np.array([example.kind != "" for example in given])
    how_much = np.array([example.weight for example in given])
    fit = LogisticRegression(C=STRENGTH_ALONE, random_state=SEED, max_iter=300)
    fit.fit(found, is_prompt, sample_weight=how_much)
    weights = {name: round(UNIT * w) for name, w in zip(names, fit.coef_[0], strict=True)}
    weights = {name: weight for name, weight in weights.items() if abs(weight) >= SMALLEST}
    return weights | {"*alone": round(UNIT * float(fit.intercept_[0]))}


def look(article: Article, screen: Model, remembered: dict[str, set[str]]) -> dict[int, Alone]:
    """Return what the candidates of an article are by themselves."""
    made = {}
    for number, text in screen.candidates(article.lines, range(len(article.lines))).items():
        if text not in remembered:
            remembered[text] = features(text)
        found, weights = remembered[text], screen.weights.of(remembered[text])
        made[number] = judged(weights["*alone"] + sum(weights[f] for f in found & weights.keys()), found)
    return made


# ------------------------------------------------------------------------------------------------ the second step


def train_placed(given: Sequence[tuple[Article, Mapping[int, Alone]]]) -> dict[str, int]:
    """
    Return the weights of where lines stand.

    Each article is looked at three times: without what patterns remove, also without what the first step is sure of,
    and as it is, as if no pattern knew its publisher. Weights of neighbours are not negative: a line must not become a
    prompt because one beside it went.
    """
    rows: list[list[str]] = []
    alone_of: list[float] = []
    how_much: list[float] = []
    is_prompt: list[bool] = []
    for article, alone in given:
        sure = {number for number, each in alone.items() if each.weight > 200}
        company = Company(article.lines, alone)
        for gone, share in ((article.gone, 1.0), (article.gone | sure, 1.0), (set(), UNKNOWN if article.gone else 0)):
            if not share:
                continue
            wanted = {number for number in alone if article.kinds[number] is not None and number not in gone}
            for number, place in company.places(wanted, gone).items():
                rows.append(traits_of(alone[number], place))
                alone_of.append(max(LEAST, min(MOST, alone[number].weight)) / UNIT)
                is_prompt.append(article.kinds[number] != "")
                how_much.append(share * (OPEN if number in article.open else 1.0))
    names = sorted({trait for row in rows for trait in row})
    column = {name: at for at, name in enumerate(names)}
    ones = matrix(rows, column)
    data = sparse.hstack([sparse.csr_matrix(np.ones((len(rows), 1))), np.array(alone_of)[:, None], ones]).tocsr()
    signs = np.where(is_prompt, 1.0, -1.0)
    prior = np.full(data.shape[1], 1 / STRENGTH_PLACED)
    prior[0] = 0
    counted = np.array(how_much)

    def loss(w: Any) -> tuple[float, Any]:
        margin = signs * (data @ w)
        pull = -signs * counted / (1 + np.exp(np.clip(margin, -500, 500)))
        return float((counted * np.logaddexp(0, -margin)).sum() + (prior * w * w).sum() / 2), data.T @ pull + prior * w

    bounds = [(None, None), (0, None), *((0, None) if name.startswith(RISING) else (None, None) for name in names)]
    fit = minimize(loss, np.zeros(data.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    weights = {name: round(UNIT * w) for name, w in zip(["*placed", "*weight", *names], fit.x, strict=True)}
    return {name: weight for name, weight in weights.items() if weight or name[0] == "*"}


# ------------------------------------------------------------------------------------------------ figures


class Figures:
    """Counts over articles, as they go."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.labels: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.false: list[tuple[str, str]] = []

    def add(self, article: Article, removed: Collection[int]) -> None:
        """Count what is removed of an article, and what should be."""
        text, gold, gone = article.text, article.gold, bytearray(article.cut)
        for number in removed:
            start, end = article.starts[number], article.starts[number + 1] - 1
            gone[start:end] = b"\1" * (end - start)
        for start, end, label in article.spans:
            if label != "keep-ambiguous":
                solid = [at for at in range(start, end) if not text[at].isspace()]
                self.labels[label][0] += bool(solid) and sum(gone[at] for at in solid) >= 0.9 * len(solid)
                self.labels[label][1] += 1
        damaged = False
        for number, line in enumerate(article.lines):
            start = article.starts[number]
            solid = [at for at in range(start, start + len(line)) if not text[at].isspace()]
            lost = sum(gone[at] and not gold[at] for at in solid)
            self.count["kept"] += sum(not gold[at] for at in solid)
            self.count["lost"] += lost
            if not solid or sum(gold[at] == 2 for at in solid) >= 0.5 * len(solid):
                continue
            is_gone = sum(gone[at] for at in solid) >= 0.8 * len(solid)
            if sum(gold[at] == 1 for at in solid) >= 0.8 * len(solid):
                self.count["hit"] += is_gone
            elif lost:
                damaged = True
                self.count["false"] += is_gone
                self.false.append((article.publisher, line.strip()))
        self.count["articles"] += 1
        self.count["damaged"] += damaged

    def __add__(self, other: Figures) -> Figures:
        """Return the figures of all articles of both."""
        both = Figures()
        for each in (self, other):
            both.count.update(each.count)
            both.false += each.false
            for label, (hit, total) in each.labels.items():
                both.labels[label][0] += hit
                both.labels[label][1] += total
        return both

    def __str__(self) -> str:
        def recall(labels: Iterable[str]) -> float:
            pairs = [self.labels[label] for label in labels]
            return sum(hit for hit, _ in pairs) / max(1, sum(total for _, total in pairs))

        return (
            f"cuedR {recall(self.labels.keys() - UNCUED):.3f} spanR {recall(list(self.labels)):.3f}"
            f" lineP {self.precision:.4f} ppm {self.ppm:.0f} damaged {self.count['damaged']}/{self.count['articles']}"
        )

    @property
    def precision(self) -> float:
        """Return the share of removed lines that are prompts."""
        return self.count["hit"] / max(1, self.count["hit"] + self.count["false"])

    @property
    def ppm(self) -> float:
        """Return how many of a million characters of articles are lost."""
        return 1e6 * self.count["lost"] / max(1, self.count["kept"])


def fold_of(publisher: str) -> int:
    """Return the fold a publisher is left out with."""
    return int(hashlib.md5(f"fold {publisher}".encode()).hexdigest(), 16) % FOLDS


def left_out(given: Sequence[Article], written: Sequence[Example]) -> list[tuple[Article, dict[int, Alone], Model]]:
    """Return each article with what its lines are to a model that knows nothing of its publisher, and that model."""
    remembered: dict[str, set[str]] = {}
    learnt = examples(given)
    alone: dict[int, dict[int, Alone]] = {}
    firsts: dict[int, Model] = {}
    for fold in range(FOLDS):
        others = [e for e in learnt if fold_of(e.publisher) != fold] + list(written)
        firsts[fold] = Model(Weights(train_alone(others)), heads_of_sentences(others), cues_of(others))
        for at, article in enumerate(given):
            if fold_of(article.publisher) == fold:
                alone[at] = look(article, firsts[fold], remembered)
    made = []
    for fold in range(FOLDS):
        placed = train_placed([(a, alone[at]) for at, a in enumerate(given) if fold_of(a.publisher) != fold])
        firsts[fold].weights = Weights({**firsts[fold].weights.of(()), **placed, **THRESHOLDS, "*suggested": 10_000})
        made += [(a, alone[at], firsts[fold]) for at, a in enumerate(given) if fold_of(a.publisher) == fold]
    return made


def trained(
    judged_articles: Sequence[tuple[Article, Mapping[int, Alone], Model]], learnt: Sequence[Example]
) -> dict[str, int]:
    """Return the weights that all articles give; where lines stand is learnt from what others say of each line."""
    second = train_placed([(article, alone) for article, alone, _ in judged_articles])
    return train_alone(learnt) | second | THRESHOLDS


class Judged(NamedTuple):
    """An article, and which of its lines go at each margin by a model that knows nothing of its publisher."""

    article: Article
    removed: dict[int, set[int]]


def judged_at_margins(rows: Sequence[tuple[Article, Mapping[int, Alone], Model]]) -> list[Judged]:
    """Return what goes of each article. As in the stage, buttons and lines that patterns cut are left alone."""
    buttons = everything().index.button
    made = []
    for article, _, model in rows:
        lines, starts = article.lines, article.starts
        left = [n for n in article.left if not any(article.cut[starts[n] : starts[n + 1]])]
        bodies = model.candidates(lines, left)
        kept = [number for number, body in bodies.items() if body.lower() in buttons]
        at = {m: {*article.gone, *verdicts(model, lines, bodies, article.gone, m, kept)} for m in MARGINS}
        made.append(Judged(article, at))
    return made


def figures_of(rows: Iterable[Judged], margin: int | None) -> Figures:
    """Return the figures at a margin, or those of patterns alone."""
    figures = Figures()
    for article, removed in rows:
        figures.add(article, article.gone if margin is None else removed[margin])
    return figures


def chosen(rows: Sequence[Judged]) -> Figures:
    """Return the figures of `safe` where the margin for each fold is chosen on the others."""
    folds = [[row for row in rows if fold_of(row.article.publisher) == fold] for fold in range(FOLDS)]
    at = {margin: [figures_of(each, margin) for each in folds] for margin in sorted(MARGINS)}
    figures = Figures()
    for fold in range(FOLDS):
        others = {margin: sum(each[:fold] + each[fold + 1 :], Figures()) for margin, each in at.items()}
        good = [margin for margin, f in others.items() if f.precision >= WANTED and f.ppm <= MOST_LOST]
        figures += at[good[0] if good else max(MARGINS)][fold]
    return figures


def report(judged_articles: Sequence[tuple[Article, Mapping[int, Alone], Model]], new: Collection[str]) -> None:
    """Print the figures of all publishers, of the new ones and of each language, at each margin."""
    groups = {
        "all": lambda article: True,
        "new publishers": lambda article: article.publisher in new,
        "new en": lambda article: article.publisher in new and article.lang == "en",
        "new de": lambda article: article.publisher in new and article.lang == "de",
        "es fr it pt": lambda article: article.lang in ("es", "fr", "it", "pt"),
    }
    rows = judged_at_margins(judged_articles)
    for name, belongs in groups.items():
        mine = [row for row in rows if belongs(row.article)]
        print(f"{name}: {figures_of(mine, None)} (patterns alone)")
        for margin in MARGINS:
            print(f"   {margin:4}: {figures_of(mine, margin)}", flush=True)
    print(f"new publishers, the margin chosen on others: {chosen([r for r in rows if r.article.publisher in new])}")


def write(name: str, rows: Sequence[str]) -> None:
    """Write a file of the model."""
    made_by = "# Made from labelled articles and lines by dictionaries/train_prompts.py."
    (HERE / "prompts" / name).write_text("\n".join([made_by, *rows, ""]), "utf-8")


def main() -> int:
    """Train, print figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--more", type=Path, help="labelled articles of new publishers, counted apart")
    parser.add_argument("--write", action="store_true", help="train on everything and write the weights")
    options = parser.parse_args()
    rows = [row for path in options.articles for row in read_rows(path)]
    known = {row["publisher"] for row in rows}
    rows += read_rows(options.more) if options.more else []
    given = articles(rows)
    written = [Example(line.text, features(line.text), line.kind or "", "", 1.0) for line in written_lines()]
    judged_articles = left_out(given, written)
    report(judged_articles, {row["publisher"] for row in rows} - known)
    if options.write:
        learnt = [*examples(given), *written]
        weights = trained(judged_articles, learnt)
        write("weights.tsv", [f"{name}\t{weight}" for name, weight in sorted(weights.items())])
        write("sentences.txt", sorted(head.replace(" ", "_") for head in heads_of_sentences(learnt)))
        write("cues.txt", sorted(cues_of(learnt)))
        write("kinds.tsv", ["\t".join(map(str, row)) for row in train_kinds(learnt)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
