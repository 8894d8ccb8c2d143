"""
How likely it is that a line is a prompt, by what it shows of itself and by where it stands.

A logistic model in two steps. The first looks at a line alone, by its `features`, and is remembered. The second adds
its place: see `places`.

The weights lie in `dictionaries/prompts/weights.tsv`, made by `dictionaries/train_prompts.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import repeat

from newsclean.prompting.alone import GONE, UNIT, Alone, judged, own_of
from newsclean.prompting.features import LONGEST, features
from newsclean.prompting.memory import Memory
from newsclean.prompting.places import (
    ALL_COUNTED,
    ALL_COUNTS,
    NEAR_COUNTED,
    NEAR_COUNTS,
    PLACES,
    SENTENCE_ENDS,
    Place,
    traits_of,
)
from newsclean.prompting.weights import Weights
from newsclean.resources import entries, table

WEIGHTS, SENTENCES, CUES = "prompts/weights.tsv", "prompts/sentences.txt", "prompts/cues.txt"

HEAD = 6
"""Characters at the front of a whole sentence by which most are passed over: few prompts are sentences."""

SHORTEST = 3
"""Words. A longer line is passed over unless one of its words is a cue."""

MOST, LEAST = 800, -800
"""Hundredths of a logit: by itself no line says more for or against it."""

UNSEEN = re.compile("[\u0370-\u08ff\u0980-\u1dff\u2e80-\ud7ff\uf900-\ufaff]")  # matches "ж", "ع" and "新"
"""Letters of scripts that no line of the training is in: Latin and Devanagari are not among them."""

MOST_UNSEEN = 1 / 3
"""The share of a line's characters from which it is in a script that the model cannot read."""

QUOTED_TWICE = "> >"
"""How a line begins that is quoted in a letter within a letter: whatever it looks like, somebody wrote it."""


class Model:
    """
    The weights, the screen in front of them, and what is remembered of lines.

    Args:
        weights: Hundredths of a logit by feature.
        heads: How sentences begin that may be prompts: `HEAD` characters, small.
        cues: Words that prompts have more often than articles, small.

    Attributes:
        alone: What a line, which is stripped, is by itself.
    """

    def __init__(self, weights: Weights, heads: Collection[str], cues: Collection[str]) -> None:
        self.weights = weights
        self.alone = Memory(self._judged, LONGEST)
        self._heads = frozenset(variant for head in heads for variant in (head, head.replace("'", "’")))
        self._cues = frozenset(cues)
        self._bodies = Memory(self._body, LONGEST)
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
        bodies = self._bodies
        return {number: body for number in numbers if (body := bodies[lines[number]])}

    def _body(self, line: str) -> str:
        """Return a line, stripped, if it may be a prompt."""
        if len(line) > LONGEST:
            return ""
        body = line.strip()
        return body if body and self._may_be(body) else ""

    def _may_be(self, body: str) -> bool:
        is_sentence = body[-1] in SENTENCE_ENDS
        if is_sentence and body[:HEAD].lower() not in self._heads:
            return False
        if body.startswith(QUOTED_TWICE) or (not body.isascii() and _is_unseen(body)):
            return False
        words = body.lower().split()
        return (len(words) <= SHORTEST and not is_sentence) or not self._cues.isdisjoint(words)

    def _judged(self, line: str) -> Alone:
        found = features(line)
        weight = self.weights["*alone"] + sum(map(self.weights.of(found).get, found, repeat(0)))
        return judged(weight, found)

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


def head_of(sentence: str) -> str:
    """
    Return how a sentence begins, as screens know it.

    >>> head_of("Don’t miss a story.")
    "don't "
    """
    return sentence[:HEAD].lower().replace("’", "'")


@cache
def model() -> Model:
    """Return the model, one a process."""
    heads = [head.replace("_", " ") for head in entries(SENTENCES)]
    return Model(Weights({}, table(WEIGHTS)), heads, entries(CUES))
