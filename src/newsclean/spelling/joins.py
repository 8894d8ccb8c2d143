"""
Two words run together: "hearingto", "toEuronews".

Two plain words in one ("whitelash", "smalltown") are how English makes new ones. So only such joins are looked for as
are hardly ever meant: with a small word in them, or a verb ("officialscalled"), behind a plural or an adjective
("troopsadvanced", "numerousterror"), or very long.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from newsclean import resources
from newsclean.spelling.candidates import NEWS_WORDS, frequencies, frequency
from newsclean.spelling.context import pairs
from newsclean.spelling.novelty import affixes

JOINS = 2e-5
"""How often the space between two words is missing in edited news."""

OFTEN = 40
"""Occurrences in the news counts, one in a million words, of a word that others run into."""

HYPHENATED = 0.02
"""The share of the places of a name in which a hyphen ties it to a participle: "London-based"."""

BEGINNINGS = frozenset({"after", "by", "for", "in", "into", "of", "out", "over", "through", "under", "until", "with"})
"""Small words that new ones are made with ("overtalk"): they run into small words only."""

PARTICLES = frozenset({"about", "around", "out", "over", "through", "under"})
LONGEST_VERB = 5
"""Letters of the verbs that nouns are made of with a particle: "clearout", "turnabout"."""

BY_CHANCE = 0.1
"""How often two common words stand beside each other that are not on record, of what mere chance has."""

ADJECTIVAL = ("able", "al", "ary", "ed", "ful", "ible", "ic", "ive", "ly", "ous")
"""Endings of words that begin no compounds."""

SHORTEST_ADJECTIVE, LONGEST_COMPOUND = 7, 14
"""Letters: shorter words end so by chance ("bed"), and longer compounds in one are rare."""

SHORTEST_COMMON = 4
"""Letters of two words that stand `BESIDE` each other: "tobe"."""

SHORTEST = 7
"""Letters. Shorter unknown words are names and foreign words too often ("asis", "inda"); see `BESIDE`."""

BESIDE = 1_000
"""Occurrences of two words beside each other, one in 42,500 words, that run together whatever they are: "of the"."""

CAMEL = re.compile(r"(to|of|and|by|as|at|from|with|that|for)([A-Z][A-Za-z]*)\Z")  # matches "toEuronews" and "asI"
CAMEL_NAME = re.compile(r"([a-z]{2,})([A-Z][a-z]+)\Z")  # matches "inLondon"; firms are called such things, too
INITIALS = re.compile(r"([A-Z]{2,6})([a-z]{3,})\Z")  # matches "BJPbacked"


WELL_KNOWN, NAMELY = 1_000, 10
"""Occurrences in the news counts of a name that others run into, and how much less news has it in lower case."""


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
    lower, known, small = word.lower(), frequencies(), word.islower()
    spaces = [i for i in range(*_span(word)) if lower[:i] in known and lower[i:] in known]
    chances = [(i, _chance(lower[:i], lower[i:], small)) for i in spaces]
    return _hyphenated(word) or tuple(Join(f"{word[:i]} {word[i:]}", chance) for i, chance in chances if chance)


def _hyphenated(word: str) -> tuple[Join, ...]:
    """Return a name that runs into a participle ("Franciscobased") with the hyphen between them."""
    if word[0].islower() or not word.endswith(participles()):
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

    >>> camel_join("toEuronews"), camel_join("toString"), camel_join("iPhone"), camel_join("BJPbacked")
    ('to Euronews', None, None, 'BJP-backed')
    """
    found = CAMEL.match(word) or CAMEL_NAME.match(word)
    if found and (_may_be_name(found[2]) if found.re is CAMEL else _is_run_into(found[1], found[2])):
        return f"{found[1]} {found[2]}"
    initials = INITIALS.match(word)
    return f"{initials[1]}-{initials[2]}" if initials and initials[2] in participles() else None


def _may_be_name(word: str) -> bool:
    """Tell whether a word with a capital is "I" or may be a name: programs have "toString", "toJSON" and "forEach"."""
    lower, capital = frequency(word.lower())
    return word == "I" or capital > lower or (not lower and word[1:].islower())


def _is_run_into(small: str, name: str) -> bool:
    """Tell whether a small word is of the kind that runs on, and what it runs into a well-known name."""
    return (small in ("in", "on") or small in small_words()) and is_well_known(name.lower())


def is_well_known(name: str) -> bool:
    """Tell whether a word in lower case is a name that news has again and again."""
    lower, capital = frequency(name)
    return capital >= WELL_KNOWN and capital > NAMELY * lower


def _span(word: str) -> tuple[int, int]:
    """Return where a space may be missing: beside a single letter only in a word that is no name ("Publica")."""
    return (1, len(word)) if word.islower() else (2, len(word) - 1)


def _chance(first: str, second: str, is_small: bool) -> float:
    """Return how often two words are run together, per running word; nought where they may be a new word."""
    beside = pairs(first, second)
    if beside >= BESIDE and min(len(first), len(second)) > 1 and _may_stand_small(second):
        return JOINS * beside / NEWS_WORDS
    if len(first) + len(second) < SHORTEST:
        return 0.0
    often = frequency(first).lower if is_small else sum(frequency(first)), frequency(second).lower
    if min(often) < OFTEN or not (is_apart(first, second) or _is_no_compound(first, second)):
        return 0.0
    by_chance = BY_CHANCE * often[0] * often[1] / NEWS_WORDS if min(len(first), len(second)) > 2 else 0.0
    return JOINS * max(beside, by_chance) / NEWS_WORDS


def _may_stand_small(word: str) -> bool:
    """Tell whether news has a word in lower case, and not for a name: it has no "kong"."""
    lower, capital = frequency(word)
    return lower > capital / NAMELY


@lru_cache(maxsize=20_000)
def is_apart(first: str, second: str) -> bool:
    """
    Tell whether one of two words is of the kind that makes no compounds with what it stands beside.

    >>> is_apart("officials", "called"), is_apart("water", "drop")
    (True, False)
    """
    if "a" in (first, second):
        return True
    if second in PARTICLES and len(first) <= LONGEST_VERB:
        return False
    if first in affixes()[0] and not pairs(first, second):
        return False
    small = small_words() if min(len(first), len(second)) > 2 else resources.entries("en/function_words.txt")
    return min(len(first), len(second)) > 1 and (second in small or (first in small and first not in BEGINNINGS))


@cache
def small_words() -> frozenset[str]:
    """Return the words that hold sentences together, and others that make no compounds."""
    return frozenset(resources.entries("en/function_words.txt") + resources.entries("en/loose.txt"))


def _is_no_compound(first: str, second: str) -> bool:
    """Tell whether two words are no compound that English would make, by the form of the first or by their length."""
    if min(len(first), len(second)) < 4 or first in affixes()[0] or second in affixes()[1]:
        return False
    is_plural = first.endswith("s") and frequency(first[:-1]).lower >= OFTEN
    is_adjective = len(first) >= SHORTEST_ADJECTIVE and first.endswith(ADJECTIVAL)
    return is_plural or is_adjective or len(first) + len(second) > LONGEST_COMPOUND
