"""
How likely it is that a line is a prompt, by what it shows of itself and by where it stands.

A logistic model in two steps. The first looks at a line alone, by its `features`, and is remembered. The second adds
the company: what the lines above and below are, how far it is to either end of the text. Lines that are gone count
as prompts beside their neighbours, and not at all as places, so that the text without them is judged alike.

The weights lie in `dictionaries/prompts/weights.tsv`, made by `dictionaries/train_prompts.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from math import exp
from typing import NamedTuple

from newsclean.prompting.features import LONGEST, features
from newsclean.resources import read

WEIGHTS = "prompts/weights.tsv"

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

NEVER = 1_000_000
"""More hundredths of a logit than any line has."""

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
    The weights, and what is remembered of lines.

    Args:
        weights: Hundredths of a logit by feature.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self.weights = weights
        self._known: dict[str, Alone] = {}

    def alone(self, line: str) -> Alone:
        """Return what a line, which is stripped, is by itself."""
        known = self._known.get(line)
        if known is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            found, weights = features(line), self.weights
            weight = weights["*alone"] + sum(weights[feature] for feature in found & weights.keys())
            known = self._known[line] = judged(weight, found)
        return known

    def placed(self, alone: Alone, place: Place) -> int:
        """Return the hundredths of a logit of a line where it stands."""
        get = self.weights.get
        return (
            get("*placed", 0)
            + get("*weight", 0) * max(LEAST, min(MOST, alone.weight)) // UNIT
            + sum(get(trait, 0) for trait in traits_of(alone, place))
        )


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


def candidates(lines: Sequence[str], gone: Collection[int]) -> list[int]:
    """
    Return the lines that may be prompts by the cheapest of looks: not too long, and no whole sentence.

    >>> candidates(["Copy link", "It rained.", " "], ())
    [0]
    """
    found = []
    for number, line in enumerate(lines):
        if line and len(line) <= LONGEST and line[-1] not in SENTENCE_ENDS and number not in gone:
            body = line.rstrip()
            if body and body[-1] not in SENTENCE_ENDS:
                found.append(number)
    return found


class Company:
    """
    The lines of a text and where they stand, without those that are gone.

    Args:
        lines: All lines of a text.
        alone: What the candidates among them are by themselves, by number.
    """

    def __init__(self, lines: Sequence[str], alone: Mapping[int, Alone]) -> None:
        self._alone = alone
        self._solid = [number for number, line in enumerate(lines) if line and not line.isspace()]
        self._prose = {
            number
            for number in self._solid
            if len(lines[number]) >= PROSE and lines[number].rstrip()[-1] in SENTENCE_ENDS
        }

    def places(self, wanted: Collection[int], gone: Collection[int]) -> dict[int, Place]:
        """Return where each of the wanted lines stands once others are gone."""
        solid = self._solid
        left = [number for number in solid if number not in gone]
        order = {number: at for at, number in enumerate(left)}
        prose = [at for at, number in enumerate(left) if number in self._prose]
        first, last = (prose[0], prose[-1]) if prose else (len(left), -1)
        places = {}
        for at, number in enumerate(solid):
            if number not in wanted or number in gone:
                continue
            place = order[number]
            traits = (
                f"<{_bucket(place)}",
                f">{_bucket(len(left) - 1 - place)}",
                ("" if place > first else "before ") + ("" if place < last else "after ") + "prose",
            )
            above = self._level(solid[at - 1], gone) if at else 0
            below = self._level(solid[at + 1], gone) if at + 1 < len(solid) else 0
            places[number] = Place(above, below, traits)
        return places

    def _level(self, number: int, gone: Collection[int]) -> int:
        if number in gone:
            return GONE
        alone = self._alone.get(number)
        return alone.level if alone else 0


def _bucket(distance: int) -> str:
    """Return a distance in lines, roughly."""
    return str(distance) if distance < 3 else "3" if distance < 5 else "5" if distance < 9 else "9"


class Verdict(NamedTuple):
    """A line that may be a prompt: how likely it is, and whether that is enough to remove it."""

    probability: float
    removed: bool


def verdicts(
    model: Model, lines: Sequence[str], gone: Collection[int], least: int, kept: Collection[int]
) -> dict[int, Verdict]:
    """
    Return the lines that are likely prompts, by number.

    Args:
        model: The model.
        lines: All lines of a text.
        gone: The lines that are removed already.
        least: Hundredths of a logit from which a line is removed.
        kept: Lines that are text whatever they look like.
    """
    alone = {number: model.alone(lines[number].strip()) for number in candidates(lines, gone)}
    hopeless = model.weights["*hopeless"]
    hopeful = {number for number, each in alone.items() if each.weight > hopeless and number not in kept}
    if not hopeful:
        return {}
    company = Company(lines, alone)
    found: dict[int, Verdict] = {}
    away = set(gone)
    for _ in range(PASSES):
        places = company.places(hopeful, away)
        weights = {number: model.placed(alone[number], place) for number, place in places.items()}
        removed = {number for number, weight in weights.items() if weight >= least}
        found |= {number: Verdict(probability(weights[number]), True) for number in removed}
        if not removed:
            break
        away |= removed
        hopeful -= removed
    suggested = model.weights["*suggested"]
    return found | {n: Verdict(probability(w), False) for n, w in weights.items() if suggested <= w < least}


def probability(weight: int) -> float:
    """Return the probability that hundredths of a logit stand for, to three digits."""
    return round(1 / (1 + exp(-max(-2000, min(2000, weight)) / UNIT)), 3)


@cache
def model() -> Model:
    """Return the model, read once a process."""
    return Model(parsed(read(WEIGHTS).decode()))


def parsed(text: str) -> dict[str, int]:
    r"""
    Return the weights that a text has, one a line.

    >>> parsed("# made\n*alone\t-210\nsign up\t95\n")
    {'*alone': -210, 'sign up': 95}
    """
    body = text.partition("\n")[2].rstrip("\n").replace("\n", "\t").split("\t")
    return dict(zip(body[::2], map(int, body[1::2]), strict=True))
