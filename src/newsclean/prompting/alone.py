"""What a line is by itself to the model: how much speaks for a prompt, and how much that says of its neighbours."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

UNIT = 100
"""Weights are written as whole hundredths of a logit."""

STEPS = (-4.0, -2.5, -1.0, 0.5, 2.0)
"""Logits that lead from one level of a neighbour to the next."""

GONE = len(STEPS) + 1
"""The level of a neighbour that is removed: the highest there is, so that losing it never makes a prompt of a line."""

OWN = (-2, -1, 0, 1, 2, 3, 4, 5, 6, 8, 10)
"""Logits by itself from which on the second step may count a line for more."""

SIZES = ("tiny", "brief", "short", "some", "long")


class Alone(NamedTuple):
    """What a line is by itself: its hundredths of a logit, its level as a neighbour, its size."""

    weight: int
    level: int
    size: str


def judged(weight: int, found: Collection[str]) -> Alone:
    """
    Return what a line with this weight and these features is by itself.

    >>> judged(120, {"=brief", "sign"})
    Alone(weight=120, level=4, size='brief')
    """
    size = next((size for size in SIZES if f"={size}" in found), SIZES[-1])
    return Alone(weight, sum(weight > UNIT * step for step in STEPS), size)


def own_of(alone: Alone) -> list[str]:
    """Return the features of how likely a line is by itself, each with those below it."""
    return [f"=own {step}" for step in OWN if alone.weight > UNIT * step]
