"""Which lines of a text the model takes for prompts, each judged where it stands once the surer ones are gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import exp
from typing import NamedTuple

from newsclean.prompting.alone import UNIT, Alone
from newsclean.prompting.features import features
from newsclean.prompting.kinds import kind_of
from newsclean.prompting.model import Model
from newsclean.prompting.places import ACCOMPANIED, BARE, Company, Place

PASSES = 8
"""How often a text is looked over without the lines that were removed from it, before the rest is left to the chain."""


DEAR = frozenset(("some", "long"))
"""
Sizes of lines of which the model must be surer, since a mistake costs more of the article. The same holds for lines
with no other near them that may be a prompt, and in texts without prose: headings and quoted lines look like prompts.
"""


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
    kept: Collection[int] = (),
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
        kept: Lines that are text whatever they look like.
        kinds: Kinds of prompts that are at most suggested.
    """
    alone = {number: model.alone[body] for number, body in bodies.items()}
    hopeless, needed = model.weights["*hopeless"], min(least, model.weights["*suggested"])
    hopeful = {
        number
        for number, each in alone.items()
        if each.weight > hopeless and model.most(each) >= needed and number not in kept
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
        going = {
            number: weight
            for number, weight in weights.items()
            if weight >= least + _dearness(model, alone[number], places[number])
        }
        if not going:
            break
        found |= going
        removed |= going.keys()
    suggested = model.weights["*suggested"]
    return found | {number: weight for number, weight in weights.items() if weight >= suggested}, removed


def _dearness(model: Model, alone: Alone, place: Place) -> int:
    """Return by how many hundredths of a logit more than others a line must be sure to be a prompt."""
    weights = model.weights
    is_lone = ACCOMPANIED not in place.counts or BARE in place.traits
    return weights["*dear"] * (alone.size in DEAR) + weights["*lone"] * is_lone


def probability(weight: int) -> float:
    """Return the probability that hundredths of a logit stand for, to three digits."""
    return round(1 / (1 + exp(-max(-2000, min(2000, weight)) / UNIT)), 3)
