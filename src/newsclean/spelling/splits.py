"""
One word in two: "gover nment", "reporte d".

Looked for at unknown words alone: where both parts are words ("with out", "a head") only a reader can tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from newsclean.spelling.candidates import frequencies, frequency
from newsclean.spelling.document import Document
from newsclean.spelling.vocabulary import LONGEST

COMMON = 200
"""Occurrences in the news counts, five in a million words, of a word that is put together again."""

SHORTEST = 6
"""Letters of the whole word: shorter ones come about by chance ("al so")."""

HEAD = re.compile(r"(?<![\w'’.@#/-])([A-Za-z][a-z]*) \Z")  # matches "gover " in "the gover "
TAIL = re.compile(r" ([a-z]+)(?![\w'’@/-])")  # matches " nment" in " nment resigned"


class Split(NamedTuple):
    """A word in two parts: where it stands, as it is written, and whole."""

    at: int
    broken: str
    whole: str


def splits(document: Document, unknown: Iterable[str]) -> Iterator[Split]:
    """
    Yield the words in two parts, of which one is an unknown word in lower case.

    >>> [split.whole for split in splits(Document("The gover nment paid a gain."), ["gover"])]
    ['government']
    """
    text = document.text
    for fragment in filter(_may_be_part, unknown):
        for at in document.places(fragment):
            end = at + len(fragment)
            tail = TAIL.match(text, end, end + LONGEST)
            if tail and _is_whole(fragment, tail[1]):
                yield Split(at, f"{fragment} {tail[1]}", fragment + tail[1])
            head = (
                HEAD.search(text[max(0, at - LONGEST) : at])
                if text[at - 1 : at] == " " and fragment.islower()
                else None
            )
            if head and _is_whole(head[1], fragment):
                yield Split(at - len(head[0]), head[0] + fragment, head[1] + fragment)


def _may_be_part(fragment: str) -> bool:
    """Tell whether a word may be a part of a common one: sure only if the answer is no."""
    return _is_plain(fragment) and (not isinstance(frequencies(), dict) or _is_end(fragment.lower()))


@lru_cache(maxsize=50_000)
def _is_plain(fragment: str) -> bool:
    return fragment.isascii() and fragment.isalpha() and fragment[1:].islower() and len(fragment) <= LONGEST


@lru_cache(maxsize=50_000)
def _is_end(fragment: str) -> bool:
    """Tell whether a common word begins or ends with a fragment, in lower case."""
    forwards, backwards = _common_words()
    return _begins_one(fragment, forwards) or _begins_one(fragment[::-1], backwards)


def _begins_one(fragment: str, words: list[str]) -> bool:
    at = bisect_left(words, fragment)
    return at < len(words) and words[at].startswith(fragment)


@cache
def _common_words() -> tuple[list[str], list[str]]:
    """
    Return the words that may be put together, in order, and the same written backwards.

    Asked for only once the frequencies were read whole, in a long run: a short one has few unknown words to look at.
    """
    known = frequencies()
    assert isinstance(known, dict)
    words = [word for word, counts in known.items() if sum(map(int, counts.split(","))) >= COMMON]
    return sorted(words), sorted(word[::-1] for word in words)


def _is_whole(head: str, tail: str) -> bool:
    """Tell whether two parts make a common word, much commoner than either of them."""
    together = (head + tail).lower()
    if len(together) < SHORTEST or together not in frequencies():
        return False
    whole = frequency(together)
    if sum(whole) < COMMON or (head.istitle() and not whole.lower):
        return False
    parts = (head.lower(), tail, tail.removesuffix("s"))  # "take aways" is a compound in two words
    return min(sum(frequency(parts[0])), max(sum(frequency(part)) for part in parts[1:])) * 10 < sum(whole)
