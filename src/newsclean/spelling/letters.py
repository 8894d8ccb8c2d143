"""
What a new word looks like: how surprising the letters of a word are, given all known words, or all known names.

A slip of the finger makes letters follow each other that seldom do ("Afghnaistan"); a name never met before mostly
looks like other names ("Lahren"). The surprise is measured in bits, so that it can be set against the chance of a slip.
"""

from __future__ import annotations

from functools import cache

from newsclean import resources

NAMES, WORDS = "n", "w"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz$"


@cache
def _rows() -> dict[str, str]:
    lines = resources.read("en/letters.tsv").decode().split("\n")
    return {line[:3]: line[4:] for line in lines}


class _Costs(dict[str, int]):
    """The cost of a letter behind two others, in tenths of a bit, by model and letters (`nwth`); filled when asked."""

    def __missing__(self, key: str) -> int:
        costs = map(int, _rows()[key[:3]].split())
        self.update(zip((key[:3] + letter for letter in _ALPHABET), costs, strict=True))
        return self[key]


_costs = _Costs()


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


def _each(model: str, word: str) -> list[int]:
    """Return the cost of each letter of a word, and of its end."""
    padded = f"^^{word}$"
    return [_costs[model + padded[i : i + 3]] for i in range(len(word) + 1)]
