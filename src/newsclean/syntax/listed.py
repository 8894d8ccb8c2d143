"""
Whether a text has a misspelling of the list: in a text with code there is nothing else to look for.

In a short run each word is looked up where the tables lie. In a long one the keys of the list are read once, and then
the words of a text cost one comparison of sets.
"""

from __future__ import annotations

from functools import cache

from newsclean.resources import entries
from newsclean.spelling.candidates import listed
from newsclean.spelling.pieces import bare, pieces_of
from newsclean.spelling.vocabulary import vocabulary

MANY = 2_000
"""Words looked up one by one, at 30 microseconds each, before the list is read, which takes 20 milliseconds."""


def has_listed(text: str) -> bool:
    """
    Tell whether a text has a misspelling of the list.

    >>> has_listed("The goverment met."), has_listed("The government met.")
    (True, False)
    """
    return _screen().finds(text)


class Screen:
    """Counts the words that were asked for, and reads the list when it pays."""

    def __init__(self) -> None:
        self._asked = 0

    def finds(self, text: str) -> bool:
        """Tell whether a text has a misspelling of the list."""
        pieces = set(pieces_of(text))
        if self._asked > MANY and not may_have(pieces):
            return False
        self._asked += len(pieces)
        return any(listed(word.lower()) for word in vocabulary().unknown(pieces))


def may_have(pieces: set[bytes]) -> bool:
    """
    Tell whether words may be misspellings: none is, where it is no key of the list.

    >>> may_have({b"Goverment's", b"met"}), may_have({b"The", b"met"})
    (True, False)
    """
    words = b"\n".join(pieces).decode("utf-8", "replace").lower().split("\n")
    keys = _keys()
    return not keys.isdisjoint(words) or any(bare(word) in keys for word in words if "'" in word)


@cache
def _keys() -> frozenset[str]:
    return frozenset(row.partition("\t")[0] for row in entries("en/misspellings.tsv"))


@cache
def _screen() -> Screen:
    return Screen()
