"""
How likely it is that a line is a prompt, by what it shows of itself and by where it stands.

A logistic model in two steps. The first looks at a line alone, by its `features`, and is remembered. The second adds
the company: what the lines above and below are, how many near it and in the whole text look like prompts, how far it
is to either end. Lines that are gone count as prompts beside their neighbours, and not at all as places, so that the
text without them is judged alike.

The weights lie in `dictionaries/prompts/weights.tsv`, made by `dictionaries/train_prompts.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from math import exp
from typing import NamedTuple

from newsclean.prompting.features import LONGEST, features
from newsclean.prompting.kinds import kind_of
from newsclean.prompting.weights import Weights
from newsclean.resources import entries, table

WEIGHTS, SENTENCES, CUES = "prompts/weights.tsv", "prompts/sentences.txt", "prompts/cues.txt"

HEAD = 6
"""Characters at the front of a whole sentence by which most are passed over: few prompts are sentences."""

SHORTEST = 3
"""Words. A longer line is passed over unless one of its words is a cue."""

UNIT = 100
"""Weights are written as whole hundredths of a logit."""

MOST_REMEMBERED = 20_000
"""Lines whose judgement is remembered; then all are forgotten."""

STEPS = (-4.0, -2.5, -1.0, 0.5, 2.0)
"""Logits that lead from one level of a neighbour to the next."""

GONE = len(STEPS) + 1
"""The level of a neighbour that is removed: the highest there is, so that losing it never makes a prompt of a line."""

OWN = (-2, -1, 0, 1, 2, 3, 4, 5, 6, 8, 10)
"""Logits by itself from which on the second step may count a line for more."""

NEAR = 4
"""Lines on either side that count as near."""

NEAR_COUNTED, ALL_COUNTED = (4, 5, GONE), (5, GONE)
"""Levels from which on lines are counted, near a line and in the whole text."""

NEAR_COUNTS, ALL_COUNTS = (1, 2, 3, 4, 6, 8), (1, 2, 4, 8, 16)
"""So many of them matter."""

MOST, LEAST = 800, -800
"""Hundredths of a logit: by itself no line says more for or against it."""

PROSE = 140
"""Characters. A line as long that ends as a sentence does is text, for those who stand above or below it."""

SENTENCE_ENDS = frozenset(".!?\"”’'»…।")

UNSEEN = re.compile("[\u0370-\u08ff\u0980-\u1dff\u2e80-\ud7ff\uf900-\ufaff]")  # matches "ж", "ع" and "新"
"""Letters of scripts that no line of the training is in: Latin and Devanagari are not among them."""

MOST_UNSEEN = 1 / 3
"""The share of a line's characters from which it is in a script that the model cannot read."""

QUOTED_TWICE = "> >"
"""How a line begins that is quoted in a letter within a letter: whatever it looks like, somebody wrote it."""

PASSES = 8
"""How often a text is looked over without the lines that were removed from it, before the rest is left to the chain."""


class Alone(NamedTuple):
    """What a line is by itself: its hundredths of a logit, its level as a neighbour, its size."""

    weight: int
    level: int
    size: str


class Place(NamedTuple):
    """Where a line stands: the levels of its neighbours, how many look like prompts, the traits of its place."""

    above: int
    below: int
    counts: Sequence[str]
    traits: tuple[str, ...]


class Model:
    """
    The weights, the screen in front of them, and what is remembered of lines.

    Args:
        weights: Hundredths of a logit by feature.
        heads: How sentences begin that may be prompts: `HEAD` characters, small.
        cues: Words that prompts have more often than articles, small.
    """

    def __init__(self, weights: Weights, heads: Collection[str], cues: Collection[str]) -> None:
        self.weights = weights
        self._heads = frozenset(variant for head in heads for variant in (head, head.replace("'", "’")))
        self._cues = frozenset(cues)
        self._bodies: dict[str, str] = {}
        self._known: dict[str, Alone] = {}
        self._most: dict[str, int] = {}

    def may_open(self, head: str) -> bool:
        """Tell whether a prompt that is a whole sentence may begin with these characters, of which there are `HEAD`."""
        return head[0].isspace() or head.lower() in self._heads

    def candidates(self, lines: Sequence[str], numbers: Iterable[int]) -> dict[int, str]:
        """
        Return the lines, stripped, that may be prompts by the cheapest of looks.

        They are not too long, have a cue or hardly any words, and are no sentences that begin as few prompts do.

        Args:
            lines: All lines of a text.
            numbers: Those to look at.

        >>> lines = ["Copy link", "It rained.", "Subscribe today.", " ", "The mayor and the harbour budget"]
        >>> Model(Weights({}), {"subscr"}, {"subscribe"}).candidates(lines, range(5))
        {0: 'Copy link', 2: 'Subscribe today.'}
        """
        bodies, found = self._bodies, {}
        for number in numbers:
            body = bodies.get(lines[number])
            if body is None:
                body = self._remember(lines[number])
            if body:
                found[number] = body
        return found

    def _remember(self, line: str) -> str:
        """Return a line, stripped, if it may be a prompt, and remember that unless it is too long to be one."""
        if len(line) > LONGEST:
            return ""
        if len(self._bodies) >= MOST_REMEMBERED:
            self._bodies.clear()
        body = line.strip()
        self._bodies[line] = body = body if body and self._may_be(body) else ""
        return body

    def _may_be(self, body: str) -> bool:
        is_sentence = body[-1] in SENTENCE_ENDS
        if is_sentence and body[:HEAD].lower() not in self._heads:
            return False
        if body.startswith(QUOTED_TWICE) or (not body.isascii() and _is_unseen(body)):
            return False
        words = body.lower().split()
        return (len(words) <= SHORTEST and not is_sentence) or not self._cues.isdisjoint(words)

    def alone(self, line: str) -> Alone:
        """Return what a line, which is stripped, is by itself."""
        known = self._known.get(line)
        if known is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            found = features(line)
            weight = self.weights["*alone"] + sum(map(self.weights.of(found).get, found, repeat(0)))
            known = self._known[line] = judged(weight, found)
        return known

    def placed(self, alone: Alone, place: Place) -> int:
        """Return the hundredths of a logit of a line where it stands."""
        traits = traits_of(alone, place)
        return self._taken(alone) + sum(map(self.weights.of(traits).get, traits, repeat(0)))

    def most(self, alone: Alone) -> int:
        """Return the most hundredths of a logit that a line may have, wherever it stands."""
        if alone.size not in self._most:
            self._most[alone.size] = self._most_of_places(alone.size)
        own = own_of(alone)
        return self._taken(alone) + sum(map(self.weights.of(own).get, own, repeat(0))) + self._most[alone.size]

    def _taken(self, alone: Alone) -> int:
        """Return what a line by itself adds to its place."""
        weights = self.weights
        return weights["*placed"] + weights["*weight"] * max(LEAST, min(MOST, alone.weight)) // UNIT

    def _most_of_places(self, size: str) -> int:
        rising = [f"{side}{level}" for side in "^_" for level in range(1, GONE + 1)]
        rising += [f"=near {level} {count}" for level in NEAR_COUNTED for count in NEAR_COUNTS]
        rising += [f"=all {level} {count}" for level in ALL_COUNTED for count in ALL_COUNTS]
        pairs = [[(trait, f"{trait} {size}") for trait in group] for group in PLACES]
        weights = self.weights.of([*rising, *(trait for group in pairs for pair in group for trait in pair)])
        most = sum(max(0, weights.get(trait, 0)) for trait in rising)
        return most + sum(max(0, *(sum(weights.get(trait, 0) for trait in pair) for pair in group)) for group in pairs)


def _is_unseen(body: str) -> bool:
    """Tell whether a line is in a script of which the model has seen nothing, so that it would judge by signs alone."""
    return len(UNSEEN.findall(body)) > MOST_UNSEEN * len(body)


DISTANCES = ("0", "1", "2", "3", "5", "9")
"""Lines, each up to the next."""

PLACES = (
    [f"<{distance}" for distance in DISTANCES],
    [f">{distance}" for distance in DISTANCES],
    ["prose", "before prose", "after prose", "before after prose"],
)
"""
Of each of these a line has one trait, or none where it is the only line: how far it is from either end of the text, and
where the prose is.
"""


def judged(weight: int, found: Collection[str]) -> Alone:
    """Return what a line with this weight and these features is by itself."""
    size = next((size for size in ("tiny", "brief", "short", "some") if f"={size}" in found), "long")
    return Alone(weight, sum(weight > UNIT * step for step in STEPS), size)


def traits_of(alone: Alone, place: Place) -> list[str]:
    """Return the features of a line where it stands; levels, weights and counts are each there with those below."""
    found = [f"^{level}" for level in range(1, place.above + 1)]
    found += [f"_{level}" for level in range(1, place.below + 1)]
    found += own_of(alone)
    found += place.counts
    for trait in place.traits:
        found += [trait, f"{trait} {alone.size}"]
    return found


def own_of(alone: Alone) -> list[str]:
    """Return the features of how likely a line is by itself."""
    return [f"=own {step}" for step in OWN if alone.weight > UNIT * step]


def head_of(sentence: str) -> str:
    """
    Return how a sentence begins, as screens know it.

    >>> head_of("Don’t miss a story.")
    "don't "
    """
    return sentence[:HEAD].lower().replace("’", "'")


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

        The only line of a text stands nowhere: it may be a headline as well as a button.
        """
        solid = self._solid
        left = [number for number in solid if number not in gone] if gone else solid
        first = next((at for at, number in enumerate(left) if self._is_prose(number)), len(left))
        last = next((at for at in range(len(left) - 1, first, -1) if self._is_prose(left[at])), first)
        if first == len(left):
            last = -1
        whole = self._whole(gone, len(solid) - len(left))
        places = {}
        for number in sorted(wanted):
            if number in gone:
                continue
            place, at = bisect_left(left, number), bisect_left(solid, number)
            traits: tuple[str, ...] = (
                f"<{_bucket(place)}",
                f">{_bucket(len(left) - 1 - place)}",
                ("" if place > first else "before ") + ("" if place < last else "after ") + "prose",
            )
            if len(solid) == 1:
                traits = ()
            above = [self._level(near, gone) for near in solid[max(0, at - NEAR) : at]]
            below = [self._level(near, gone) for near in solid[at + 1 : at + 1 + NEAR]]
            counts = counts_of([*above, *below], self._level(number, gone), whole)
            places[number] = Place(above[-1] if above else 0, below[0] if below else 0, counts, traits)
        return places

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


class Verdict(NamedTuple):
    """A line that may be a prompt: how likely it is, of which kind, and whether that is enough to remove it."""

    probability: float
    kind: str
    removed: bool


def verdicts(
    model: Model,
    lines: Sequence[str],
    bodies: Mapping[int, str],
    gone: Collection[int],
    least: int,
    is_kept: Callable[[int, str], bool] = lambda number, body: False,
    kinds: Collection[str] = (),
) -> dict[int, Verdict]:
    """
    Return the lines that are likely prompts, by number.

    Args:
        model: The model.
        lines: All lines of a text.
        bodies: The candidates among them, stripped, by number.
        gone: The lines that are removed already.
        least: Hundredths of a logit from which a line is removed.
        is_kept: Tells whether a line is text whatever it looks like.
        kinds: Kinds of prompts that are at most suggested.
    """
    alone = {number: model.alone(body) for number, body in bodies.items()}
    hopeless, needed = model.weights["*hopeless"], min(least, model.weights["*suggested"])
    hopeful = {
        number
        for number, each in alone.items()
        if each.weight > hopeless and model.most(each) >= needed and not is_kept(number, bodies[number])
    }
    if not hopeful:
        return {}
    likely, removed = _passes(model, Company(lines, alone), alone, hopeful, gone, least)
    found = {}
    for number, weight in likely.items():
        kind = kind_of(features(bodies[number]))
        found[number] = Verdict(probability(weight), kind, number in removed and kind not in kinds)
    return found


def _passes(
    model: Model,
    company: Company,
    alone: Mapping[int, Alone],
    hopeful: Collection[int],
    gone: Collection[int],
    least: int,
) -> tuple[dict[int, int], set[int]]:
    """
    Return the weight of each likely line where it stands, and which of them go.

    What goes is looked through by the next pass: a footer comes off line by line, from its end.
    """
    found: dict[int, int] = {}
    removed: set[int] = set()
    for _ in range(PASSES):
        places = company.places(set(hopeful) - removed, {*gone, *removed})
        weights = {number: model.placed(alone[number], place) for number, place in places.items()}
        going = {number: weight for number, weight in weights.items() if weight >= least}
        if not going:
            break
        found |= going
        removed |= going.keys()
    suggested = model.weights["*suggested"]
    return found | {number: weight for number, weight in weights.items() if suggested <= weight < least}, removed


def probability(weight: int) -> float:
    """Return the probability that hundredths of a logit stand for, to three digits."""
    return round(1 / (1 + exp(-max(-2000, min(2000, weight)) / UNIT)), 3)


@cache
def model() -> Model:
    """Return the model, one a process."""
    heads = [head.replace("_", " ") for head in entries(SENTENCES)]
    return Model(Weights({}, table(WEIGHTS)), heads, entries(CUES))
