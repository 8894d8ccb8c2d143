"""What one document has to teach: lines that may be prompts, words that may be names, and slips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsclean.chain import Result
from newsclean.cleaner import Cleaner
from newsclean.prompting.given import OPEN_NUMBER, shape_of
from newsclean.prompting.model import model
from newsclean.prompting.verdicts import probability
from newsclean.spelling.document import Document

PROBABLE = 0.4
"""What the model must give what several documents share. A line that only one has needs far more: see `Prompts`."""

SHORTEST_LINE, LONGEST_LINE = 3, 300
"""Words and characters of a prompt: two words are a section or a byline, and what is long is an article's."""

REACH = 40
"""Characters of an example on each side."""

BETWEEN = re.compile(r"(?<=[.!?…])\s+(?=[\"“(A-Z•-])")  # matches the space in "It rained. It stopped."
PREFIX = re.compile(r"(?:Mc|Mac|Fitz|La|Le|De|Di|[OD]['’])(?=[^\W\d_a-z])")  # matches "Mc" in "McGrath"


class Example(NamedTuple):
    """Where something was met: what stood before and behind it, and in which document."""

    left: str
    right: str
    document: str


class Text(NamedTuple):
    """A document to learn from."""

    site: str
    """Who published it; phrases are compared within a site."""
    name: str
    text: str


class Seen(NamedTuple):
    """What one document has to teach."""

    site: str
    phrases: dict[str, Example]
    """Lines and sentences that may be prompts, numbers left open."""
    names: dict[str, tuple[Example, bool]]
    """Unknown words that may be names, and whether they stand inside a sentence."""
    slips: dict[tuple[str, str], tuple[Example, float]]
    """What was suggested to be a slip, and for what; with the score."""
    words: set[bytes]


def seen(cleaner: Cleaner, document: Text) -> Seen:
    r"""
    Return what a document has to teach, once it has been cleaned.

    >>> found = seen(Cleaner(), Text("a.test", "1", "Rain. Jorinde Quux went home.\nYou and the harbour: our series"))
    >>> list(found.phrases), sorted(found.names)
    (['You and the harbour: our series'], ['Jorinde', 'Quux'])
    """
    result = cleaner.explain(document.text)
    words = Document(result.text)
    slips = dict(_slips(document, result))
    return Seen(
        document.site,
        dict(_phrases(document.name, result.text)),
        dict(_names(document.name, words)),
        slips,
        words.words,
    )


def _phrases(name: str, text: str) -> Iterator[tuple[str, Example]]:
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        first = at + line.find(bare)
        for start, end in phrases(bare):
            shape = shape_of(bare[start:end])
            if likelihood(shape) >= PROBABLE:
                yield shape, _example(text, first + start, first + end, name)
        at += len(line) + 1


def _names(name: str, document: Document) -> Iterator[tuple[str, tuple[Example, bool]]]:
    for word in document.unknown:
        at = next(document.places(word), None) if _may_be_name(word) else None
        if at is not None:
            yield word, (_example(document.text, at, at + len(word), name), not document.starts_sentence(at))


def _slips(document: Text, result: Result) -> Iterator[tuple[tuple[str, str], tuple[Example, float]]]:
    for start, end, before, after, parts in result.suggestions:
        if len(parts) == 1 and parts[0].rule.startswith("typos/"):
            yield (before, after), (_example(document.text, start, end, document.name), parts[0].score)


def _example(text: str, start: int, end: int, name: str) -> Example:
    return Example(text[max(0, start - REACH) : start], text[end : end + REACH], name)


def phrases(line: str) -> Iterator[tuple[int, int]]:
    """
    Yield where what may be a prompt stands in a line: the line, and its sentences if there are several.

    >>> line = "Rain fell on all of it. Sign up for more here. Yes."
    >>> [line[start:end] for start, end in phrases(line)]
    ['Rain fell on all of it. Sign up for more here. Yes.', 'Rain fell on all of it.', 'Sign up for more here.']
    """
    starts = [0, *(found.end() for found in BETWEEN.finditer(line))]
    ends = [*(found.start() for found in BETWEEN.finditer(line)), len(line)]
    spans = [(0, len(line)), *zip(starts, ends, strict=True)] if starts[1:] else [(0, len(line))]
    for start, end in spans:
        if end - start <= LONGEST_LINE and line.count(" ", start, end) >= SHORTEST_LINE - 1:
            yield start, end


@lru_cache(maxsize=100_000)
def likelihood(shape: str) -> float:
    """Return the probability that the model of lines gives a line or a sentence by itself, to be a prompt."""
    return probability(model().alone[shape.replace(OPEN_NUMBER, "7")].weight)


def _may_be_name(word: str) -> bool:
    """
    Tell whether a word is written as names are.

    >>> [word for word in ("LePage", "O'Malley", "I've", "YoY", "PolicyandTerms", "NATO", "Al") if _may_be_name(word)]
    ['LePage', "O'Malley"]
    """
    stem = PREFIX.sub("", word)
    return len(word) > 2 and stem.isalpha() and stem.istitle()
