"""
Two words run together: "hearingto", "toEuronews".

Only joins with a small word in them are looked for: two plain words in one ("whitelash", "smalltown") are how English
makes new ones.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newsclean import resources
from newsclean.spelling.candidates import NEWS_WORDS, frequency
from newsclean.spelling.context import followed, pairs

JOINS = 2e-5
"""How often the space between two words is missing in edited news."""

OFTEN = 40
"""Occurrences in the news counts, one in a million words, of a word that others run into."""

HYPHENATED = 0.02
"""The share of the places of a name in which a hyphen ties it to a participle: "London-based"."""

BEGINNINGS = frozenset({"after", "by", "for", "in", "into", "of", "out", "over", "through", "under", "until", "with"})
"""Small words that new ones are made with ("overtalk"): they run into small words only."""

SHORTEST_COMMON = 4
"""Letters of two words that stand `BESIDE` each other: "tobe"."""

SHORTEST = 7
"""Letters. Shorter unknown words are names and foreign words too often ("asis", "inda"); see `BESIDE`."""

BESIDE = 1_000
"""Occurrences of two words beside each other, one in 42,500 words, that run together whatever they are: "of the"."""

CAMEL = re.compile(r"(to|of|and|by|as|at|from|with|that|for)([A-Z][A-Za-z]*)\Z")  # matches "toEuronews" and "asI"
CAMEL_PLACE = re.compile(r"(in|on)([A-Z][a-z]+)\Z")  # matches "inLondon"; firms are called such things, too
INITIALS = re.compile(r"([A-Z]{2,6})([a-z]{3,})\Z")  # matches "BJPbacked"


class Join(NamedTuple):
    """Two words that may have been meant, and how often just this happens, per running word."""

    text: str
    chance: float


@lru_cache(maxsize=20_000)
def joins(word: str) -> tuple[Join, ...]:
    """
    Return the pairs of words that one word may be made of, in the order of the space; else a name with its participle.

    >>> [join.text for join in joins("hearingto")], [join.text for join in joins("Franciscobased")]
    (['hearing to'], ['Francisco-based'])
    """
    if len(word) < SHORTEST_COMMON or not word[1:].islower():
        return ()
    lower = word.lower()
    first = followed()
    splits = ((i, _chance(lower[:i], lower[i:])) for i in range(*_span(word)) if lower[:i] in first)
    found = tuple(Join(f"{word[:i]} {word[i:]}", chance) for i, chance in splits if chance)
    return found or _hyphenated(word)


def _hyphenated(word: str) -> tuple[Join, ...]:
    """Return a name that runs into a participle ("Franciscobased") with the hyphen between them."""
    if word[0].islower():
        return ()
    heads = ((word.removesuffix(ending), ending) for ending in participles() if word.endswith(ending))
    return tuple(
        Join(f"{head}-{ending}", JOINS * HYPHENATED * frequency(head.lower()).capital / NEWS_WORDS)
        for head, ending in heads
        if len(head) > 3 and frequency(head.lower()).capital > max(OFTEN, frequency(head.lower()).lower)
    )


def participles() -> tuple[str, ...]:
    """Return the participles that a hyphen ties to the name of a place, a party or a firm."""
    return resources.entries("en/participles.txt")


def camel_join(word: str) -> str | None:
    """
    Return a word that begins small and goes on with a capital as two, if the small one is of the kind that runs on.

    Initials that run into a participle get their hyphen.

    >>> camel_join("toEuronews"), camel_join("iPhone"), camel_join("BJPbacked")
    ('to Euronews', None, 'BJP-backed')
    """
    found = CAMEL.match(word) or CAMEL_PLACE.match(word)
    if found and (found.re is CAMEL or pairs(found[1], found[2].lower()) >= OFTEN):
        return f"{found[1]} {found[2]}"
    initials = INITIALS.match(word)
    return f"{initials[1]}-{initials[2]}" if initials and initials[2] in participles() else None


def _span(word: str) -> tuple[int, int]:
    """Return where a space may be missing: beside a single letter only in a word that is no name ("Publica")."""
    return (1, len(word)) if word.islower() else (2, len(word) - 1)


def _chance(first: str, second: str) -> float:
    """Return how often two words are run together, per running word; nought where they may be a new word."""
    beside = pairs(first, second)
    if beside >= BESIDE and min(len(first), len(second)) > 1:
        return JOINS * beside / NEWS_WORDS
    if len(first) + len(second) < SHORTEST:
        return 0.0
    small = resources.entries("en/function_words.txt")
    article = first == "a" or second == "a"
    if not article and not (second in small or (first in small and first not in BEGINNINGS)):
        return 0.0
    if not article and min(len(first), len(second)) < 2:
        return 0.0
    if min(frequency(first).lower, frequency(second).lower) < OFTEN:
        return 0.0
    return JOINS * beside / NEWS_WORDS
