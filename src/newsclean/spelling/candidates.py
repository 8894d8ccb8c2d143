"""
What may have been meant: known words one slip of a finger, or of an ear, away.

A letter was left out, put in, mistaken for another, or two were exchanged. `newsclean.spelling.remains` finds the
words; here it is told which slip leads to each, and how likely it is. Most words have nothing near them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from newsclean import resources
from newsclean.spelling.remains import leaving, without_one


class Frequency(NamedTuple):
    """How often news has a word in lower case and with a capital, of `NEWS_WORDS`."""

    lower: int
    capital: int


NEWS_WORDS = 42_500_000
"""Running words behind the counts of `en/frequencies.tsv`."""

SLIPS_PER_LETTER = 2e-5
"""How often a letter of edited news is mistyped: some 100 wrong words in a million, five or six letters each."""

LISTED = 3e-6
"""The chance of a misspelling that a list has, if no single slip explains it."""

FARTHEST = 2
"""Places that a letter may be out of its own: "Beruit". One is two letters exchanged."""

EXCHANGED, DISPLACED, MISSPELT = "two letters exchanged", "a letter out of place", "a listed misspelling"
LEFT_OUT, TOO_MANY, MISTAKEN = "a letter left out", "a letter too many", "a letter mistaken"
SINGLE, DOUBLED = "a doubled letter single", "a letter doubled"
RUN_TOGETHER = "two words run together"

ARTICLE = 1e-3
"""How much less likely an "a" too many is at either end, where it is an article that lost its space."""

OF_TWO_WORDS = Frequency(50_000, 5_000)
"""How often "up to" and "don't" are met: what lists have of two words is common, and has no counts of its own."""

VOWELS = frozenset("aeiouy")
SOUNDS = frozenset(("cs", "sc", "ck", "kc", "sz", "zs", "gj", "jg", "fv", "vf", "dt", "td", "mn", "nm", "bp", "pb"))
BESIDE = {
    "a": "qwsz",
    "b": "vghn",
    "c": "xdfv",
    "d": "serfcx",
    "e": "wsdr",
    "f": "drtgvc",
    "g": "ftyhbv",
    "h": "gyujnb",
    "i": "ujko",
    "j": "huikmn",
    "k": "jiolm",
    "l": "kop",
    "m": "njk",
    "n": "bhjm",
    "o": "iklp",
    "p": "ol",
    "q": "wa",
    "r": "edft",
    "s": "awedxz",
    "t": "rfgy",
    "u": "yhji",
    "v": "cfgb",
    "w": "qase",
    "x": "zsdc",
    "y": "tghu",
    "z": "asx",
}
"""The keys around each key."""


class Candidate(NamedTuple):
    """A word that may have been meant, in lower case, and the chance that it was written as what stands there."""

    word: str
    slip: str
    chance: float
    frequency: Frequency


def frequencies() -> resources.SortedTable | dict[str, str]:
    """Return the words that may be proposed, with their counts as text."""
    return resources.table("en/frequencies.tsv").quickest


@lru_cache(maxsize=20_000)
def frequency(word: str) -> Frequency:
    """
    Return how often news has a word, given in lower case; never, for one that is not proposed.

    >>> frequency("afghanistan").capital > 1000, frequency("recieve")
    (True, Frequency(lower=0, capital=0))
    """
    lower, _, capital = (frequencies().get(word) or "0,0").partition(",")
    return Frequency(int(lower), int(capital))


def listed(word: str) -> tuple[str, ...]:
    """
    Return what a word in lower case is a known misspelling of.

    >>> listed("recieve")
    ('receive',)
    """
    rights = resources.table("en/misspellings.tsv").get(word) if len(word) > 2 else None
    return tuple(rights.split(",")) if rights else ()


def told(word: str) -> str:
    """
    Return what was meant by a misspelling in lower case, if lists know of one thing alone; else nothing.

    >>> told("wierd"), told("wich"), told("Wierd")
    ('weird', '', '')
    """
    rights = listed(word)
    return rights[0] if len(rights) == 1 else ""


@lru_cache(maxsize=20_000)
def candidates(word: str) -> tuple[Candidate, ...]:
    """
    Return the words that may have been meant by one in lower case, the likeliest slip first.

    >>> [(c.word, c.slip) for c in candidates("afghnaistan")]
    [('afghanistan', 'two letters exchanged')]
    """
    near = {meant: slip(meant, word) for meant in _near(word)}
    for meant in listed(word):
        how, chance = near.get(meant, (MISSPELT, 0.0))
        near[meant] = how, max(3 * chance, LISTED)
    found = [Candidate(m, *how, frequency(m) if m.isalpha() else OF_TWO_WORDS) for m, how in near.items()]
    return tuple(sorted(found, key=lambda c: (-c.chance, c.word)))


def _near(word: str) -> set[str]:
    """Return the words that may be proposed and are one slip away from a word."""
    known, shorter = frequencies(), without_one(word)
    near = leaving({word, *shorter})
    near.update(rest for rest in shorter if rest in known)
    return {meant for meant in near if meant != word and is_slip(meant, word)}


def is_slip(meant: str, written: str) -> bool:
    """
    Tell whether one slip leads from one word to another.

    >>> is_slip("ostrovar", "ostrvoar"), is_slip("ostrovar", "ostrvor")
    (True, False)
    """
    at = _parting(meant, written)
    if len(meant) != len(written):
        left, right = (meant, written) if len(meant) > len(written) else (written, meant)
        return left[at + 1 :] == right[at:]
    return meant[at + 1 :] == written[at + 1 :] or _places_moved(meant[at:], written[at:]) > 0


def slip(meant: str, written: str) -> tuple[str, float]:
    """
    Name the one slip that leads from what was meant to what was written, and tell its chance for one such word.

    The shares are those of slips in news and in collections of misspellings: of a hundred, some 30 leave a letter out,
    25 exchange two, 22 take another, 13 double one, 10 put one in. A first letter is seldom wrong.

    >>> slip("said", "siad")[0], slip("occurred", "ocurred")[0], slip("until", "untill")[0]
    ('two letters exchanged', 'a doubled letter single', 'a letter doubled')
    """
    at = _parting(meant, written)
    scale = SLIPS_PER_LETTER * (1 if at else 0.15)
    if len(meant) > len(written):
        single = meant[at] in (meant[at - 1 : at], meant[at + 1 : at + 2])
        return (SINGLE, 0.8 * scale) if single else (LEFT_OUT, 0.3 * scale)
    if len(meant) < len(written):
        neighbours = written[at - 1 : at] + written[at + 1 : at + 2]
        if written[at] in neighbours:
            return DOUBLED, 0.2 * scale
        if written[at] == "a" and at in (0, len(meant)):
            scale *= ARTICLE
        return TOO_MANY, scale * (0.03 if set(neighbours) & set(BESIDE[written[at]]) else 0.006)
    if meant[at + 1 :] == written[at + 1 :]:
        return MISTAKEN, scale * _mistaken(meant[at], written[at])
    if _places_moved(meant[at:], written[at:]) == 1:
        return EXCHANGED, 0.3 * scale
    return DISPLACED, 0.02 * scale


def _places_moved(meant: str, written: str) -> int:
    """Return by how many places one letter has moved, if that is all there is between two strings; else nought."""
    for far in range(1, FARTHEST + 1):
        if meant[far + 1 :] == written[far + 1 :]:
            head, other = meant[: far + 1], written[: far + 1]
            return far if other in (head[1:] + head[0], head[-1] + head[:-1]) else 0
    return 0


def _parting(one: str, other: str) -> int:
    """Return where two words begin to differ."""
    for at, (letter, written) in enumerate(zip(one, other, strict=False)):
        if letter != written:
            return at
    return min(len(one), len(other))


def _mistaken(meant: str, written: str) -> float:
    """Return the share of a letter's slips in which one other is written for it."""
    if meant in VOWELS and written in VOWELS:
        return 0.06
    if written in BESIDE[meant]:
        return 0.04
    return 0.03 if meant + written in SOUNDS else 0.004
