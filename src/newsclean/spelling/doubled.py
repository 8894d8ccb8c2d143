"""Small words that stand twice: "said the the budget"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import compress, islice
from operator import eq

from newsclean import resources
from newsclean.spelling.document import Document


def doubled(document: Document) -> Iterator[tuple[int, str]]:
    """
    Yield where a small word stands twice with a space between, and the word.

    Only words that nobody needs twice are looked for: "had had", "that that" and "used to to" may be right.

    >>> list(doubled(Document("He said the the plan that that was.")))
    [(8, 'the')]
    """
    pieces = document.pieces
    for word in sorted(_small_words().intersection(compress(pieces, map(eq, pieces, islice(pieces, 1, None))))):
        twice = f" {word.decode()} {word.decode()} "
        at = document.text.find(twice)
        while at >= 0:
            yield at + 1, word.decode()
            at = document.text.find(twice, at + len(twice) - 1)


@cache
def _small_words() -> frozenset[bytes]:
    return frozenset(word.encode() for word in resources.entries("en/doubled.txt"))
