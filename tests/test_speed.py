"""Time is linear in the text, whatever the text: ratios of the whole chain, on texts made to be slow."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from time import process_time

import pytest

from newsclean import Cleaner

pytestmark = pytest.mark.slow

CLEANER = Cleaner()

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def unknown_words(size: int) -> str:
    """Return words of seven letters that nobody knows, hardly any of them twice."""
    random = Random(1)
    return " ".join("".join(random.choices(LETTERS, k=7)) for _ in range(size // 8))


def untidy_words(size: int) -> str:
    """Return a text of which every space is to be changed, in every way there is."""
    gaps = "  ", "\t", " \n", "\n ", "\N{NO-BREAK SPACE}", "\u200b ", "\n\n\n"
    return "".join(f"Rain{gap}fell{gap}" for gap in gaps) * (size // 70)


HOSTILE: dict[str, tuple[int, Callable[[int], str]]] = {
    "without a space": (200_000, lambda size: "newsclean" * (size // 9)),
    "short lines": (1_000_000, lambda size: "ab\n" * (size // 3)),
    "unknown words": (1_000_000, unknown_words),
    "capitals": (400_000, lambda size: "THE MINISTER SAID THAT PRICES WOULD RISE AGAIN. " * (size // 48)),
    "untidy": (200_000, untidy_words),
    "nothing but spaces": (1_000_000, lambda size: " " * size),
    "typos": (200_000, lambda size: "The goverment said taht prices would rise.\n" * (size // 43)),
    "prompts": (200_000, lambda size: "Advertisement\nIt rained.\n" * (size // 25)),
}
"""Texts by what is hostile about them: the length of the long one, and how to make one of any length."""


def seconds(text: str) -> float:
    """Return the processor time that a text takes."""
    start = process_time()
    CLEANER.explain(text)
    return process_time() - start


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_is_linear(kind: str) -> None:
    """Four times the text takes some four times as long: sixteen would be quadratic."""
    size, made = HOSTILE[kind]
    short, long = made(size // 4), made(size)
    seconds(made(1_000))
    for _ in range(4):  # a busy machine may spoil a measurement, not four
        once, four = min(seconds(short) for _ in range(2)), seconds(long)
        if four < 11 * once + 0.05:
            return
    raise AssertionError(f"{once:.3f} s for {len(short)} characters, {four:.3f} s for {len(long)}")
