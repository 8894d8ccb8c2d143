"""
Where lines stand: what the lines above and below are, how many near and in the whole text look like prompts.

Lines that are gone count as prompts beside their neighbours, and not at all as places, so that the text without them
is judged alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from newsclean.prompting.alone import GONE, Alone, own_of

NEAR = 4
"""Lines on either side that count as near."""

NEAR_COUNTED, ALL_COUNTED = (4, 5, GONE), (5, GONE)
"""Levels from which on lines are counted, near a line and in the whole text."""

NEAR_COUNTS, ALL_COUNTS = (1, 2, 3, 4, 6, 8), (1, 2, 4, 8, 16)
"""So many of them matter."""

ACCOMPANIED = f"=near {NEAR_COUNTED[0]} {NEAR_COUNTS[0]}"
"""The count of a line that has some other near it that may be a prompt."""

PROSE = 140
"""Characters. A line as long that ends as a sentence does is text, for those who stand above or below it."""

SENTENCE_ENDS = frozenset(".!?\"”’'»…।")

TEXTS = ("bare", "brief", "full")
MOST_BRIEF = 3
"""Lines of prose that a brief text has; a bare one has none."""

DISTANCES = ("0", "1", "2", "3", "5", "9")
"""Lines, each up to the next."""

PLACES = (
    [f"<{distance}" for distance in DISTANCES],
    [f">{distance}" for distance in DISTANCES],
    ["prose", "before prose", "after prose", "before after prose"],
    [f"=text {text}" for text in TEXTS],
)
"""
Of each of these a line has one trait: how far it is from either end of the text,
where the prose is, and how much of it there is.
"""


BARE = f"=text {TEXTS[0]}"
"""The trait of a line in a text without prose."""

AMID_PROSE = ("<5", ">5", "prose", "=text full")
"""The traits of a line with much prose on either side."""


class Place(NamedTuple):
    """Where a line stands: the levels of its neighbours, how many look like prompts, the traits of its place."""

    above: int
    below: int
    counts: Sequence[str]
    traits: tuple[str, ...]


class Company:
    """
    The lines of a text and where they stand, without those that are gone.

    Args:
        lines: All lines of a text.
        alone: What the candidates among them are by themselves, by number.
    """

    def __init__(self, lines: Sequence[str], alone: Mapping[int, Alone]) -> None:
        self._lines = lines
        self._alone = alone
        self._solid = [number for number, line in enumerate(lines) if line and not line.isspace()]

    def places(self, wanted: Collection[int], gone: Collection[int]) -> dict[int, Place]:
        """
        Return where each of the wanted lines stands once others are gone.

        The only line of a text is taken to stand amid prose, where prompts are fewest: it may be a headline as well as
        a button.
        """
        solid = self._solid
        left = [number for number in solid if number not in gone] if gone else solid
        traits = self._traits(left)
        whole = self._whole(gone, len(solid) - len(left))
        places = {}
        for number in sorted(wanted):
            if number not in gone:
                at = bisect_left(solid, number)
                above = [self._level(near, gone) for near in solid[max(0, at - NEAR) : at]]
                below = [self._level(near, gone) for near in solid[at + 1 : at + 1 + NEAR]]
                counts = counts_of([*above, *below], self._level(number, gone), whole)
                found = traits(bisect_left(left, number)) if len(solid) > 1 else AMID_PROSE
                places[number] = Place(above[-1] if above else 0, below[0] if below else 0, counts, found)
        return places

    def _traits(self, left: Sequence[int]) -> Callable[[int], tuple[str, ...]]:
        """Return what tells the traits of each place among the lines that are left."""
        prose = [at for at, number in enumerate(left) if self._is_prose(number)]
        first, last = (prose[0], prose[-1]) if prose else (len(left), -1)
        text = "full" if len(prose) > MOST_BRIEF else "brief" if prose else "bare"

        def traits(at: int) -> tuple[str, ...]:
            return (
                f"<{_bucket(at)}",
                f">{_bucket(len(left) - 1 - at)}",
                ("" if at > first else "before ") + ("" if at < last else "after ") + "prose",
                f"=text {text}",
            )

        return traits

    def _whole(self, gone: Collection[int], count: int) -> dict[int, int]:
        """Return how many lines reach each level that is counted, so many that are gone among them."""
        levels = [each.level for number, each in self._alone.items() if number not in gone]
        return {least: count + sum(level >= least for level in levels) for least in ALL_COUNTED}

    def _is_prose(self, number: int) -> bool:
        line = self._lines[number]
        return len(line) >= PROSE and line.rstrip()[-1] in SENTENCE_ENDS

    def _level(self, number: int, gone: Collection[int]) -> int:
        if number in gone:
            return GONE
        alone = self._alone.get(number)
        return alone.level if alone else 0


def traits_of(alone: Alone, place: Place) -> list[str]:
    """Return the features of a line where it stands; levels, weights and counts are each there with those below."""
    found = [f"^{level}" for level in range(1, place.above + 1)]
    found += [f"_{level}" for level in range(1, place.below + 1)]
    found += own_of(alone)
    found += place.counts
    for trait in place.traits:
        found += [trait, f"{trait} {alone.size}"]
    return found


def counts_of(near: Sequence[int], own: int, whole: Mapping[int, int]) -> list[str]:
    """
    Return how many other lines reach which level, near a line and in the whole text.

    Args:
        near: The levels of the lines near it.
        own: The level of the line.
        whole: How many lines, it among them, reach a level.
    """
    found = []
    for least in NEAR_COUNTED:
        number = sum(level >= least for level in near)
        found += [f"=near {least} {count}" for count in NEAR_COUNTS if count <= number]
    for least in ALL_COUNTED:
        number = whole[least] - (own >= least)
        found += [f"=all {least} {count}" for count in ALL_COUNTS if count <= number]
    return found


def _bucket(distance: int) -> str:
    """Return a distance in lines, roughly."""
    return str(distance) if distance < 3 else "3" if distance < 5 else "5" if distance < 9 else "9"
