"""
How probable a correction is: a small linear model over what speaks for it and against it.

`newsclean.spelling.decision` multiplies chances, as if each said something new. They do not: a rare name is also a
short one, and a frequent word also stands beside words it goes with. The weights of `en/weights.tsv`, one column for
words in lower case and one for those with a capital, say how much each is worth beside the others. They were learnt
from texts whose typos are all known (`dictionaries/train_typos.py`), so what comes out is a probability.
"""

from __future__ import annotations

from functools import cache
from math import exp, log2
from operator import mul
from typing import NamedTuple

from newsclean import resources

FAR = 20.0
"""The most that odds may say, in bits."""

TELLING = 1.0
"""What a reason adds to the log odds of a correction, at least: it makes it nearly three times as probable."""

MOST_REASONS = 3


class Evidence(NamedTuple):
    """
    What is known of a correction, in numbers; chances and counts as logarithms to base 2.

    Of the kinds of slip one is 1.0 and the others are 0.0, or all are 0.0 for none of these.
    """

    odds: float
    """How much likelier the correction is than a new word or name, by `decision`."""
    margin: float
    """How much likelier it is than the next best correction."""
    frequency: float
    """How often news has the right form in this case, in a million words."""
    new: float
    """How often a word that looks like this one turns up, in a million million words."""
    strange: float
    """By how many bits its letters are more surprising than those of the right form."""
    oddest: float
    """By how many bits its most surprising letter is more surprising than that of the right form."""
    before: float
    """How much likelier the right form is behind the word before it than anywhere."""
    after: float
    """How much likelier it is before the word behind it."""
    alone: float
    """How near the next best comes, in bits of twenty, where no word stands beside it to tell which was meant."""
    called: float
    """In which share of its places the right form stands beside this neighbour, as a surname beside a given name."""
    elsewhere: float
    """How often the text has the right form."""
    again: float
    """How often the text has the wrong form besides here; a count."""
    met: float
    """In how many articles of the news counts the wrong form stands; 0.0 if a list has it as a misspelling."""
    length: float
    """Letters, up to ten."""
    exchanged: float
    single: float
    doubled: float
    left_out: float
    too_many: float
    mistaken: float
    together: float
    apart: float
    """1.0 if one of two words run together makes no compounds."""
    unmet: float
    """1.0 if two words run together hardly ever stand beside each other."""
    channel: float
    """How likely the slip is, among all that a letter may suffer."""
    first: float
    """1.0 if the first letter is wrong."""
    last: float
    """1.0 if the last letter is wrong, and not just exchanged."""
    listed: float
    """1.0 if a list has the misspelling."""
    starts: float
    """1.0 if the capital may be there because a sentence starts."""
    rare: float
    """1.0 if the wrong form is a name that news hardly ever has."""
    abroad: float
    """Letters beyond five of a word that is right elsewhere: in another language, in a small town, in rare English."""
    particle: float
    """1.0 if a small word of another language stands beside it: "de Geneve", "Forum voor"."""
    explained: float
    """1.0 if a bracket opens behind it, as for what a foreign word means."""
    derived: float
    """1.0 if the wrong form is a known word with an ending or a beginning."""
    transcribed: float
    """1.0 if the two may be one name, written by two people."""
    place: float
    """1.0 if the right form has a capital and is that of a place, which is written one way."""
    name: float
    """1.0 if the right form has a capital and is a name."""
    tied: float
    """1.0 if a hyphen ties the word to another."""
    named_before: float
    """1.0 if a word with a capital stands before it."""
    named_behind: float
    """1.0 if a word with a capital stands behind it."""
    strangers: float
    """The share of unknown words in the text, up to a fifth, times ten."""


class Weights(NamedTuple):
    """The weights for words of one case, and the constant that is added to what they give."""

    constant: float
    each: tuple[float, ...]


def probability(evidence: Evidence, is_small: bool) -> float:
    """
    Return the probability that a correction is right, given what is known of it.

    >>> nothing = Evidence(*[0.0] * len(Evidence._fields))
    >>> probability(nothing._replace(odds=15.0), True) > probability(nothing, True)
    True
    """
    constant, each = _weights(is_small)
    return 1 / (1 + exp(-constant - sum(map(mul, each, evidence))))


def reasons(evidence: Evidence, is_small: bool) -> tuple[str, ...]:
    """Return what speaks for a correction most, in words, the strongest first."""
    each = zip(Evidence._fields, _weights(is_small).each, evidence, strict=True)
    worth = {name: weight * value for name, weight, value in each if weight * value >= TELLING}
    telling = sorted(worth.keys() & _phrases().keys(), key=lambda name: (-worth[name], name))
    return tuple(_phrases()[name] for name in telling[:MOST_REASONS])


def bits(ratio: float, floor: float = 2**-FAR) -> float:
    """
    Return a ratio as a logarithm to base 2 that is neither below that of the floor nor above `FAR`.

    >>> bits(8.0), bits(0.0), bits(1e99)
    (3.0, -20.0, 20.0)
    """
    return min(log2(max(ratio, floor)), FAR)


@cache
def _weights(is_small: bool) -> Weights:
    column = 0 if is_small else 1
    rows = _rows()
    return Weights(float(rows["constant"][column]), tuple(float(rows[name][column]) for name in Evidence._fields))


@cache
def _rows() -> dict[str, list[str]]:
    return {name: row for name, *row in (line.split("\t") for line in resources.entries("en/weights.tsv"))}


@cache
def _phrases() -> dict[str, str]:
    return dict(line.split("\t") for line in resources.entries("en/reasons.tsv"))
