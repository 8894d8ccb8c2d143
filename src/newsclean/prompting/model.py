"""
How likely it is that a line is a prompt, by what it shows of itself and by where it stands.

A logistic model in two steps. The first looks at a line alone, by its `features`, and is remembered. The second adds
the company: what the lines above and below are, how far it is to either end of the text. Lines that are gone count
as prompts beside their neighbours, and not at all as places, so that the text without them is judged alike.

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
    """Where a line stands: the levels of its neighbours and the traits of its place."""

    above: int
    below: int
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
        return self._taken(alone) + self._most[alone.size]

    def _taken(self, alone: Alone) -> int:
        """Return what a line by itself adds to its place."""
        weights = self.weights
        return weights["*placed"] + weights["*weight"] * max(LEAST, min(MOST, alone.weight)) // UNIT

    def _most_of_places(self, size: str) -> int:
        levels = [f"{side}{level}" for side in "^_" for level in range(1, GONE + 1)]
        pairs = [[(trait, f"{trait} {size}") for trait in group] for group in PLACES]
        weights = self.weights.of([*levels, *(trait for group in pairs for pair in group for trait in pair)])
        most = sum(max(0, weights.get(level, 0)) for level in levels)
        return most + sum(max(sum(weights.get(trait, 0) for trait in pair) for pair in group) for group in pairs)


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
"""Of each of these a line has one trait: how far it is from either end of the text, and where the prose is."""


def judged(weight: int, found: Collection[str]) -> Alone:
    """Return what a line with this weight and these features is by itself."""
    size = next((size for size in ("tiny", "brief", "short", "some") if f"={size}" in found), "long")
    return Alone(weight, sum(weight > UNIT * step for step in STEPS), size)


def traits_of(alone: Alone, place: Place) -> list[str]:
    """Return the features of a line where it stands, the levels of its neighbours among them, each with those below."""
    found = [f"^{level}" for level in range(1, place.above + 1)]
    found += [f"_{level}" for level in range(1, place.below + 1)]
    for trait in place.traits:
        found += [trait, f"{trait} {alone.size}"]
    return found


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
        """Return where each of the wanted lines stands once others are gone."""
        solid = self._solid
        left = [number for number in solid if number not in gone] if gone else solid
        first = next((at for at, number in enumerate(left) if self._is_prose(number)), len(left))
        last = next((at for at in range(len(left) - 1, first, -1) if self._is_prose(left[at])), first)
        if first == len(left):
            last = -1
        places = {}
        for number in sorted(wanted):
            if number in gone:
                continue
            place, at = bisect_left(left, number), bisect_left(solid, number)
            traits = (
                f"<{_bucket(place)}",
                f">{_bucket(len(left) - 1 - place)}",
                ("" if place > first else "before ") + ("" if place < last else "after ") + "prose",
            )
            above = self._level(solid[at - 1], gone) if at else 0
            below = self._level(solid[at + 1], gone) if at + 1 < len(solid) else 0
            places[number] = Place(above, below, traits)
        return places

    def _is_prose(self, number: int) -> bool:
        line = self._lines[number]
        return len(line) >= PROSE and line.rstrip()[-1] in SENTENCE_ENDS

    def _level(self, number: int, gone: Collection[int]) -> int:
        if number in gone:
            return GONE
        alone = self._alone.get(number)
        return alone.level if alone else 0


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
