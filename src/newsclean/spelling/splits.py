"""
One word in two: "gover nment", "reporte d", "profe-ssors", "T he".

Looked for at unknown words, and at letters that stand alone: where both parts are words ("with out", "a head") only a
reader can tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from newsclean.spelling.candidates import frequencies, frequency
from newsclean.spelling.context import lift
from newsclean.spelling.document import Document
from newsclean.spelling.novelty import affixes
from newsclean.spelling.pieces import core
from newsclean.spelling.signs import LETTERS
from newsclean.spelling.vocabulary import LONGEST, vocabulary

COMMON = 200
"""Occurrences in the news counts, five in a million words, of a word that is put together again."""

SHORTEST = 6
"""Letters of the whole word: shorter ones come about by chance ("al so")."""

COMMON_TIED = 50
"""The same of one that a hyphen parts, as at the end of a line in print."""

COMMONEST = 20_000
"""The same of one that is put together with a letter that stands alone, where the rest is a word, too: "T he"."""

HEAD = re.compile(r"(?<![\w'’.@#/-])([A-Za-z][a-z]*)([ -])\Z")  # matches "gover " in "the gover "
TAIL = re.compile(r"([ -])([a-z]+)(?![\w'’@/-])")  # matches " nment" in " nment resigned"
REST = re.compile(r" ([a-z]+)(?![\w'’@/-])")  # matches " he" behind the "T" of "T he"

STARTS = (" ", "\n", '"', "“")
"""What may stand before such a letter, besides nothing."""

WORDS_OF_ONE = ("a", "i", "s")

LIKELY = 0.3
"""What the words beside a very common word must say for it: such words stand beside any."""


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
    >>> [split.whole for split in splits(Document("Both profe-ssors co-ordinate."), ["profe"])]
    ['professors']
    """
    text = document.text
    may_be_part = _is_end if isinstance(frequencies(), dict) else _is_plain
    for fragment in filter(may_be_part, unknown):
        for at in document.places(fragment):
            end = at + len(fragment)
            tail = TAIL.match(text, end, end + LONGEST)
            if tail and _is_whole(fragment, tail[2], tail[1]):
                yield Split(at, f"{fragment}{tail[0]}", fragment + tail[2])
            is_behind = fragment.islower() and text[at - 1 : at] in (" ", "-")
            head = HEAD.search(text[max(0, at - LONGEST) : at]) if is_behind else None
            if head and text[end : end + 1] != "-" and _is_whole(head[1], fragment, head[2]):
                yield Split(at - len(head[0]), head[0] + fragment, head[1] + fragment)


def initials(document: Document, doubts: Iterable[int]) -> Iterator[Split]:
    """
    Yield the common words of which the first letter stands alone.

    >>> [split.whole for split in initials(Document("T he plan failed. Vitamin C an hour later t o them."), [0, 9])]
    ['The', 'to']

    Args:
        document: The text.
        doubts: The places among its pieces of the letters to look for.
    """
    text = document.text
    for letter in sorted({core(document.pieces[at]) for at in doubts} & LETTERS):
        for at in _places_alone(letter.decode(), text):
            rest = REST.match(text, at + 1, at + LONGEST)
            if rest and _is_begun(at, rest[1], document):
                yield Split(at, text[at] + rest[0], text[at] + rest[1])


@lru_cache(maxsize=20_000)
def may_begin(letter: bytes, behind: bytes) -> bool:
    """
    Tell whether a letter may begin a very common word, with the piece behind it as the rest.

    >>> may_begin(b"T", b"he"), may_begin(b"T", b"and")
    (True, False)
    """
    return behind.isalpha() and behind.islower() and _is_common((letter + behind).decode())


def _places_alone(letter: str, text: str) -> Iterator[int]:
    """Yield where a letter stands at the start of a word, a line or a quotation, with a space behind it."""
    if text.startswith(f"{letter} "):
        yield 0
    for before in STARTS:
        at = -1
        while (at := text.find(f"{before}{letter} ", at + 1)) >= 0:
            yield at + 1


def _is_begun(at: int, rest: str, document: Document) -> bool:
    """Tell whether a letter that stands alone begins a very common word, with the rest of it behind."""
    letter, whole = document.text[at], document.text[at] + rest
    if not _is_common(whole):
        return False
    if letter.isupper():
        return document.starts_sentence(at)
    before, after = document.neighbours(at, f"{letter} {rest}")
    return len(before) > 1 and (not _is_word(rest) or lift(whole, before, after) > LIKELY)


def _is_common(whole: str) -> bool:
    """Tell whether a word is so common that it is put together with its first letter, which stands alone."""
    least = COMMONEST if _is_word(whole[1:]) else COMMON
    return max(frequency(whole.lower())) >= least and vocabulary().knows(whole)


def _is_word(rest: str) -> bool:
    return rest in WORDS_OF_ONE or (len(rest) > 1 and vocabulary().knows(rest))


@lru_cache(maxsize=50_000)
def _is_plain(fragment: str) -> bool:
    return fragment.isascii() and fragment.isalpha() and fragment[1:].islower() and len(fragment) <= LONGEST


@lru_cache(maxsize=50_000)
def _is_end(fragment: str) -> bool:
    """Tell whether a common word begins or ends with a fragment: if none does, it is no part of one."""
    if not _is_plain(fragment):
        return False
    lower = fragment.lower()
    forwards, backwards = _common_words()
    return _begins_one(lower, forwards) or _begins_one(lower[::-1], backwards)


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


def _is_whole(head: str, tail: str, between: str) -> bool:
    """Tell whether two parts make a common word, much commoner than either of them."""
    together = (head + tail).lower()
    if len(together) < SHORTEST or together not in frequencies():
        return False
    if between == "-" and (head.lower() in affixes()[0] or min(len(head), len(tail)) < 2):
        return False
    whole = frequency(together)
    if sum(whole) < (COMMON_TIED if between == "-" else COMMON):
        return False
    if between == " " and head.istitle() and not whole.lower:
        return False
    parts = (head.lower(), tail, tail.removesuffix("s"))  # "take aways" is a compound in two words
    return min(sum(frequency(parts[0])), max(sum(frequency(part)) for part in parts[1:])) * 10 < sum(whole)
