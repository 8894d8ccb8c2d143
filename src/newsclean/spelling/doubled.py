"""Small words that stand twice: "said the the budget"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from newsclean import resources


def doubled(text: str) -> Iterator[tuple[int, str]]:
    """
    Yield where a small word stands twice with a space between, and the word.

    Only words that nobody needs twice are looked for: "had had", "that that" and "used to to" may be right.

    >>> list(doubled("He said the the plan that that was."))
    [(8, 'the')]
    """
    for twice, word in _doubles():
        at = text.find(twice)
        while at >= 0:
            yield at + 1, word
            at = text.find(twice, at + len(twice) - 1)


@cache
def _doubles() -> tuple[tuple[str, str], ...]:
    return tuple((f" {word} {word} ", word) for word in resources.entries("en/doubled.txt"))
