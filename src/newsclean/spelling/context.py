"""What the words to either side say: how much likelier a word is between them than anywhere."""

from __future__ import annotations

from functools import lru_cache

from newsclean import resources
from newsclean.spelling.candidates import NEWS_WORDS, frequency

FEWEST = 15
"""Pairs of words met less often than this are not in `en/pairs.tsv`."""


def lift(word: str, before: str, after: str) -> float:
    """
    Return how much likelier a word is between two others than anywhere; all three in lower case, "" for no neighbour.

    >>> lift("minister", "foreign", "of") > 100, lift("the", "foreign", "of") < 0.1
    (True, True)
    """
    return _pair_lift(before, word) * _pair_lift(word, after)


def bond(word: str, before: str, after: str) -> float:
    """
    Return in which share of its places a neighbour has a name beside it, for the neighbour with more; in lower case.

    >>> bond("borrell", "josep", "has") > 0.5, bond("singh", "", "said")
    (True, 0.0)
    """
    beside = _bonds(word)
    return max(beside.get("<" + before, 0.0), beside.get(">" + after, 0.0)) if beside else 0.0


def bonded(word: str) -> list[str]:
    """
    Return the names that stand beside a name in a tenth of their places or more; all in lower case.

    >>> "josep" in bonded("borrell"), bonded("tuesday's")
    (True, [])
    """
    return [neighbour[1:] for neighbour in _bonds(word)]


@lru_cache(maxsize=2_000)
def _bonds(word: str) -> dict[str, float]:
    row = (resources.table("en/bonds.tsv").get(word) or "").split()
    return {neighbour[:-1]: int(neighbour[-1]) / 10 for neighbour in row}


def _pair_lift(first: str, second: str) -> float:
    """Return how much more often two words follow each other than chance has it."""
    if not first or not second:
        return 1.0
    expected = sum(frequency(first)) * sum(frequency(second)) / NEWS_WORDS
    met = pairs(first, second)
    if met:
        return met / max(expected, 0.02)
    return min(1.0, FEWEST / max(expected, FEWEST))


@lru_cache(maxsize=20_000)
def pairs(first: str, second: str) -> float:
    """
    Return about how often news has two words beside each other, nought if hardly ever.

    >>> round(pairs("prime", "minister"), -3) > 1000, pairs("minister", "prime")
    (True, 0.0)
    """
    row = followed().get(first) or ""
    at = row.find(f" {second}")
    while at >= 0:
        start = at + len(second) + 1
        end = row.find(" ", start)
        if row[start:end].isdigit():
            return float(2 ** (int(row[start:end]) / 2))
        at = row.find(f" {second}", end)
    return 0.0


def followed() -> resources.SortedTable | dict[str, str]:
    """Return the words that a pair begins with, each with what may follow it."""
    return resources.table("en/pairs.tsv").quickest
