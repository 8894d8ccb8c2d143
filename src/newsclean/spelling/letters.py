"""
What a new word looks like: how surprising the letters of a word are, given all known words, or all known names.

A slip of the finger makes letters follow each other that seldom do ("Afghnaistan"); a name never met before mostly
looks like other names ("Lahren"). The surprise is measured in bits, so that it can be set against the chance of a slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from newsclean import resources

NAMES, WORDS = "n", "w"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz$"


@cache
def _rows() -> dict[str, str]:
    lines = resources.read("en/letters.tsv").decode().split("\n")
    return {line[:3]: line[4:] for line in lines}


@lru_cache(maxsize=1_000)
def _costs(key: str) -> dict[str, int]:
    """Return the cost of each letter, in tenths of a bit, after the two of a key such as `wth`."""
    return dict(zip(_ALPHABET, map(int, _rows()[key].split()), strict=True))


def surprise(model: str, word: str) -> float:
    """
    Return how surprising a word of plain lower-case letters is as a new name or a new word, in bits.

    >>> surprise(NAMES, "lahren") < surprise(NAMES, "lhaern")
    True
    """
    return sum(_each(model, word)) / 10


def oddest(model: str, word: str) -> float:
    """
    Return how surprising the most surprising letter of a word is, in bits.

    >>> oddest(WORDS, "goverxment") > oddest(WORDS, "government")
    True
    """
    return max(_each(model, word)) / 10


def _each(model: str, word: str) -> Iterator[int]:
    """Yield the cost of each letter of a word, and of its end."""
    for a, b, c in zip(f"^^{word}", f"^{word}", f"{word}$", strict=False):
        yield _costs(model + a + b)[c]
