"""
One word in two: "gover nment", "reporte d".

Looked for at unknown words alone: where both parts are words ("with out", "a head") only a reader can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
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
    for fragment in filter(_is_plain, unknown):
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


@lru_cache(maxsize=50_000)
def _is_plain(fragment: str) -> bool:
    return fragment.isascii() and fragment.isalpha() and fragment[1:].islower() and len(fragment) <= LONGEST


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
