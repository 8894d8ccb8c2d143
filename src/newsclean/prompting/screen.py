"""
The first look at the lines of a text: at how each begins and ends.

That is all that most lines ever show of themselves. There are not many ways to begin or end, so what is thought of
each is remembered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from newsclean.prompting.index import QUOTES, Index, index, last_word
from newsclean.prompting.model import HEAD, model
from newsclean.prompting.places import SENTENCE_ENDS

TAIL, BOXED = 4, 3
"""Characters at the end of a line, and behind a bracket, by which most are passed over; in front of it are `HEAD`."""

MOST_EDGES = 50_000
"""Beginnings, or ends, of which it is remembered what they may be of."""

FORM, OPEN = 1, 2
"""A line may have words of some form at this end; it may be a prompt that no form knows."""


class Glance(NamedTuple):
    """The numbers of the lines that may hold words of some form, and of those that may be prompts that none knows."""

    suspects: list[int]
    candidates: list[int]


class Screen:
    r"""
    Passes over the lines that can be no prompt, by how they begin and end.

    Args:
        index: All forms.
        may_open: Tells of the first characters of a line whether a prompt that is a sentence may begin so.

    >>> text = "It rained.\nNobody slept.\nScroll down for video.\nShare this"
    >>> screen().glance(text, text.split("\n"))
    Glance(suspects=[2, 3], candidates=[3])
    """

    def __init__(self, index: Index, may_open: Callable[[str], bool]) -> None:
        self._index = index
        self._may_open = may_open
        self._heads = Edges(self._signs_of_head)
        self._tails = Edges(self._signs_of_tail)
        self._boxed = Edges(index.bracket.may_begin)

    def glance(self, text: str, lines: Sequence[str]) -> Glance:
        """
        Return the lines of which more must be seen.

        Args:
            text: The text.
            lines: The same, cut at its line feeds.
        """
        heads, tails, lasts = self._heads, self._tails, self._index.last.packed
        dull, dull_tails = heads.dull, tails.dull
        suspects, candidates = [], []
        for number in [
            number
            for number, line in enumerate(lines)
            if line and (line[:HEAD] not in dull or line[-TAIL:] not in dull_tails)
        ]:
            line = lines[number]
            front, back = heads[line[:HEAD]], tails[line[-TAIL:]]
            if front & FORM or (back & FORM and last_word(line) in lasts):
                suspects.append(number)
            if (front | back) & OPEN:
                candidates.append(number)
        if inside := self._inside(text):
            starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
            suspects = sorted({*suspects, *(bisect_right(starts, at) - 1 for at in inside)})
        return Glance(suspects, candidates)

    def _signs_of_head(self, head: str) -> int:
        is_form = head[0] not in QUOTES and self._index.first.may_begin(head)
        return FORM * is_form | OPEN * self._may_open(head)

    def _signs_of_tail(self, tail: str) -> int:
        return FORM * self._index.last.may_end(tail) | OPEN * (tail[-1] not in SENTENCE_ENDS)

    def _inside(self, text: str) -> list[int]:
        """Return the place of each bracket and cue that may begin a prompt."""
        boxed, dull = self._boxed, self._boxed.dull
        found = []
        for bracket in "([":
            at = text.find(bracket)
            while at >= 0:
                head = text[at + 1 : at + 1 + BOXED]
                if head not in dull and boxed[head]:
                    found.append(at)
                at = text.find(bracket, at + 1)
        for cue in self._index.cue:
            at = text.find(cue)
            while at >= 0:
                found.append(at)
                at = text.find(cue, at + len(cue))
        return found


class Edges(dict[str, int]):
    """
    What the first, or last, characters of a line may be of, asked once and then remembered; many are of nothing.

    >>> loud = Edges(str.isupper)
    >>> loud["ADVERT"], loud["advert"], loud.dull
    (True, False, {'advert'})
    """

    def __init__(self, ask: Callable[[str], int]) -> None:
        self._ask = ask
        self.dull: set[str] = set()

    def __missing__(self, edge: str) -> int:
        if len(self) >= MOST_EDGES:
            self.clear()
            self.dull.clear()
        answer = self[edge] = self._ask(edge)
        if not answer:
            self.dull.add(edge)
        return answer


@cache
def screen() -> Screen:
    """Return the screen in front of all forms and of the model, one a process."""
    return Screen(index(), model().may_open)
