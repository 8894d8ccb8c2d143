#!/usr/bin/env python3
"""
Fit the weights of `en/weights.tsv`: how much each piece of evidence says for a correction.

    pip install scikit-learn
    python dictionaries/train_typos.py LABELLED.jsonl... [--elsewhere LABELLED.jsonl --without WORDS.txt] [--write]

Each line of a labelled file is a news article in which somebody has marked every typo:

    {"id": "a7", "text": "…", "gold": [{"start": 4, "end": 7, "right": "the", "alts": ["then"], "cls": "nonword"}]}

`start` and `end` are code points, half-open; `right` is what should stand there, `alts` what may as well. Places of
class `damage` are passed over, but for two words run together. What the stage would weigh in these texts and is not
marked is right as it stands.

Right words that no list knows are few, too. So one in `HIDDEN` of the words that news has less than `SELDOM` times is
taken out of the vocabulary while the articles are read: what would be made of it then is wrong. The names and the
foreign words of other places are not like them. For these there are articles of papers elsewhere (`--elsewhere`), which
are read without the words that were learnt from them (`--without`), as the news of tomorrow will be.

Marked typos are few, so slips are made in copies of the same articles, `SLIPS` in each, in words and names at random.
Together they count `MADE` times as much as the marked ones: enough to tell one slip from another, few enough to leave
the probabilities what they are in real news. One model is fitted for words in lower case and one for the others.
Prints how well both do on articles that were held out, each fifth in turn. The same input gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from sklearn.linear_model import LogisticRegression

from newsclean.spelling.candidates import BESIDE, frequency
from newsclean.spelling.decision import cased
from newsclean.spelling.document import Document
from newsclean.spelling.evidence import Evidence
from newsclean.spelling.suspects import weighed
from newsclean.spelling.vocabulary import vocabulary

HERE = Path(__file__).parent
FOLDS = 5
SLIPS = 8
MADE = 2.0
STRENGTH = 3.0  # of the regularisation, as scikit-learn's C: smaller is stronger
LEVELS = 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.55, 0.5, 0.45, 0.4, 0.3

HEADING = "# Weights of the evidence for a correction (train_typos.py): in lower case, with a capital."

WORD = re.compile(r"(?<![\w'’@#/])[A-Za-z]{3,}(?![\w@/])")  # matches "Kabul" in "in Kabul's"
BEHIND = re.compile(r" [a-z]+\b(?!['’])")  # matches " of" behind "leader"
KINDS = {"exchange": 25, "leave out": 28, "double": 15, "put in": 8, "mistake": 16, "vowel": 8}
"""Kinds of slip, and how many of a hundred are of each kind."""

HIDDEN, SELDOM = 4, 20

UNSURE = 0.2  # how much a hidden word counts: there are more of them than of words that are truly unknown

JOINED = 0.2
"""The share of words that run into the next one."""

KNOWN_SLIPS = 0.25
"""The share of slips that are misspellings of the list, where it has some of the word."""


class Row(NamedTuple):
    """A correction that was weighed: of which article and case, where it is from, whether it is right, and why."""

    article: str
    is_elsewhere: bool
    is_small: bool
    is_made: bool
    is_hidden: bool
    is_right: bool
    evidence: Evidence


def rows_of(article: dict[str, Any], is_made: bool, is_elsewhere: bool = False) -> Iterator[Row]:
    """Yield what the stage weighs in an article; of one with slips made in it, only these."""
    text = article["text"]
    doc = Document(text)
    for word, at, verdict in weighed(doc, doc.unknown, 0.0) if doc.is_article else ():
        end = at + len(word)
        marks = [mark for mark in article["gold"] if mark["start"] < end and mark["end"] > at]
        if verdict.evidence is None or any(map(is_damage, marks)) or (is_made and not marks):
            continue
        made = {text[mark["start"] : at] + verdict.word + text[end : mark["end"]] for mark in marks}
        wanted = {right for mark in marks for right in (mark["right"], *mark.get("alts", ()))}
        hidden = is_hidden(word.lower()) and not marks and not is_elsewhere
        is_right = not made.isdisjoint(wanted)
        yield Row(article["id"], is_elsewhere, word.islower(), is_made, hidden, is_right, verdict.evidence)


def is_damage(mark: dict[str, Any]) -> bool:
    """Tell whether a mark is of text that was broken by more than the loss of one space."""
    return mark["cls"] == "damage" and mark["right"].replace(" ", "", 1) != mark["wrong"]


@cache
def known_words() -> frozenset[str]:
    """Return all words of the lexicon."""
    lines = (HERE / "en/lexicon.tsv").read_text("utf-8").splitlines()
    return frozenset(line.partition("\t")[0] for line in lines)


@contextmanager
def without(is_out: Callable[[str], bool]) -> Iterator[None]:
    """Take words out of the vocabulary for a while, given in lower case."""
    known = vocabulary()
    whole = known.kinds
    known.kinds = lambda word: "" if is_out(word.lower()) else whole(word)
    known.forget()
    yield
    known.kinds = whole
    known.forget()


def is_hidden(word: str) -> bool:
    """Tell whether a word in lower case is one of those that are not to be known."""
    return sum(frequency(word)) < SELDOM and crc32(word.encode()) % HIDDEN == 0 and word in known_words()


def with_slips(article: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return an article with slips made in some of its words, half of them names if it has so many."""
    text, marks = article["text"], article["gold"]
    spots = [
        found
        for found in WORD.finditer(text)
        if vocabulary().knows(found[0])
        and not any(m["start"] < found.end() and m["end"] > found.start() for m in marks)
    ]
    small, names = [s for s in spots if s[0].islower()], [s for s in spots if s[0].istitle()]
    chosen = [random.sample(some, min(SLIPS // 2, len(some))) for some in (small, names)]
    parts, gold, at, size = [], [], 0, 0
    for spot in sorted(chosen[0] + chosen[1], key=lambda spot: spot.start()):
        behind = BEHIND.match(text, spot.end()) if random.random() < JOINED else None
        right = spot[0] + (behind[0] if behind else "")
        wrong = right.replace(" ", "") if behind else slipped(right, random)
        if wrong == right or vocabulary().knows(wrong) or spot.start() < at:
            continue
        parts += [text[at : spot.start()], wrong]
        size += len(parts[-2]) + len(wrong)
        gold.append({"start": size - len(wrong), "end": size, "right": right, "cls": "made"})
        at = spot.start() + len(right)
    return article | {"text": "".join(parts) + text[at:], "gold": gold}


@cache
def misspellings() -> dict[str, list[str]]:
    """Return the misspellings of the list by what is meant."""
    found: dict[str, list[str]] = {}
    for line in (HERE / "en/misspellings.tsv").read_text("utf-8").splitlines():
        wrong, _, rights = line.partition("\t")
        for right in rights.split(","):
            found.setdefault(right, []).append(wrong)
    return found


def slipped(word: str, random: Random) -> str:
    """Return a word with a slip of the finger in it, which spares the first letter, or as many people misspell it."""
    known = misspellings().get(word.lower())
    if known and random.random() < KNOWN_SLIPS:
        return cased(random.choice(known), word)
    at = random.randrange(1, len(word))
    kind = random.choices(list(KINDS), list(KINDS.values()))[0]
    head, letter, tail = word[:at], word[at], word[at + 1 :]
    if kind == "exchange":
        return head + tail[:1] + letter + tail[1:]
    if kind == "leave out":
        return head + tail
    if kind == "double":
        return head + letter + letter + tail
    if kind == "put in":
        return head + random.choice(BESIDE[letter.lower()]) + letter + tail
    if kind == "mistake":
        return head + random.choice(BESIDE[letter.lower()]) + tail
    return head + random.choice("aeiou") + tail if letter in "aeiou" else word


def fitted(rows: list[Row]) -> tuple[np.ndarray, float]:
    """Return the weights and the constant of one model."""
    x = np.array([row.evidence for row in rows])
    y = np.array([row.is_right for row in rows])
    made = np.array([row.is_made for row in rows])
    at_home = np.array([not row.is_elsewhere for row in rows])
    share = MADE * y[~made & at_home].sum() / max(1, y[made].sum())
    mean, spread = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    weight = np.where(made, share, np.where([row.is_hidden for row in rows], UNSURE, 1.0))
    model.fit((x - mean) / spread, y, sample_weight=weight)
    weights = model.coef_[0] / spread * (x.std(0) > 0)
    return weights, float(model.intercept_[0] - weights @ mean)


def _source(row: Row) -> str:
    """Return what is left out of a fit together: an article, or all of a paper elsewhere (`na-17-example.com`)."""
    return row.article.rpartition("-")[2] if row.is_elsewhere else row.article


def held_out(rows: list[Row]) -> Iterator[tuple[Row, float]]:
    """Yield each row with the probability that a model fitted without its article, or its paper, gives it."""
    for fold in range(FOLDS):
        is_out = [crc32(_source(row).encode()) % FOLDS == fold for row in rows]
        weights, constant = fitted([row for row, out in zip(rows, is_out, strict=True) if not out])
        for row, out in zip(rows, is_out, strict=True):
            if out:
                yield row, float(1 / (1 + np.exp(-constant - weights @ np.array(row.evidence))))


def main() -> None:
    """Fit both models, print how they do, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+", type=Path)
    parser.add_argument("--elsewhere", nargs="*", default=[], type=Path, help="labelled articles of other places")
    parser.add_argument("--without", type=Path, help="a file of words, one a line, that were learnt from these")
    parser.add_argument("--write", action="store_true", help="write en/weights.tsv")
    options = parser.parse_args()
    random = Random(1)
    articles, elsewhere = read(options.labelled), read(options.elsewhere)
    learnt = frozenset(options.without.read_text("utf-8").lower().split() if options.without else ())
    with without(learnt.__contains__):
        rows = [row for article in elsewhere for row in rows_of(article, is_made=False, is_elsewhere=True)]
    with without(is_hidden):
        rows += [row for article in articles for row in rows_of(article, is_made=False)]
        rows += [row for article in articles for row in rows_of(with_slips(article, random), is_made=True)]
    columns = {}
    for name, is_small in (("small", True), ("capital", False)):
        of_case = [row for row in rows if row.is_small == is_small]
        columns[name] = fitted(of_case)
        report(name, list(held_out(of_case)))
    if options.write:
        (HERE / "en/weights.tsv").write_text(as_table(columns), "utf-8")


def read(paths: list[Path]) -> list[dict[str, Any]]:
    """Return the articles of labelled files."""
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def report(name: str, scored: list[tuple[Row, float]]) -> None:
    """Print how many corrections each probability lets through, right and wrong, of articles that were held out."""
    total = sum(row.is_right for row, _ in scored if not row.is_made and not row.is_elsewhere)
    print(f"{name}: {len(scored)} weighed, {total} of the marked typos among them")
    print("  from     marked: right  not   elsewhere: right  not   made: right  not")
    for level in LEVELS:
        over = [row for row, score in scored if score >= level and not row.is_hidden]
        counts = [
            sum((row.is_elsewhere, row.is_made) == kind and row.is_right == is_right for row in over)
            for kind in ((False, False), (True, False), (False, True))
            for is_right in (True, False)
        ]
        print("  {:.2f}          {:6d} {:4d}            {:6d} {:4d}       {:6d} {:4d}".format(level, *counts))


def as_table(columns: dict[str, tuple[np.ndarray, float]]) -> str:
    """Return the file: a row for each piece of evidence and one for the constant, sorted."""
    rows = {field: [weights[at] for weights, _ in columns.values()] for at, field in enumerate(Evidence._fields)}
    rows["constant"] = [constant for _, constant in columns.values()]
    lines = ["\t".join([name, *(f"{value:.3f}" for value in rows[name])]) for name in sorted(rows)]
    return "\n".join([HEADING, *lines, ""])


if __name__ == "__main__":
    main()
