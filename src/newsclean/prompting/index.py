"""
All forms of prompts, found by the words they begin or end with.

The forms lie in `dictionaries/prompts/forms.tsv`, made from the TOML files beside it. A line is looked up by its
first two words and by its last; only forms found that way are compiled and tried. So what a line costs does not
grow with the number of forms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from newsclean.prompting.template import LONGEST_WORD, MARKS, compiled
from newsclean.resources import entries

FORMS = "prompts/forms.tsv"

_WORD = r"(?:(\d)[\d.,]{0,29}|([^\W\d_]{1,30}|[©@]))"
FIRST = re.compile(rf"[^\w©@\n]{{0,20}}_{{0,3}}{_WORD}")  # matches "» Also"
SECOND = re.compile(rf"(?:[^\w©@\n]|_){{0,8}}{_WORD}")  # matches ": read"


class Form(NamedTuple):
    """One way in which one prompt is written. `template.SHAPES` tells the shapes."""

    rule: str
    kind: str
    shape: str
    exact: bool
    template: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """What matches it."""
        return compiled(self.template, self.shape, self.exact)


Forms = list[Form]
Words = dict[str, dict[str, Forms]]
"""Forms by their first word and by their second, which is "" where any may follow. A number is its first digit."""

BUTTONS = frozenset(("button", "network"))
"""Shapes of what stands on a button: something to do, and where to do it."""


class Index:
    """
    The forms that may fire, and how they are looked up.

    Args:
        keep: Kinds of prompts that are left alone.
    """

    def __init__(self, keep: tuple[str, ...] = ()) -> None:
        self.first: Words = {}  # by what a line begins with
        self.last: dict[str, Forms] = {}  # by the word it ends with
        self.bracket: Words = {}  # by what begins in brackets
        self.cue: dict[str, Forms] = {}  # by letters that stand anywhere
        self.button: dict[str, Form] = {}  # by all that stands on a button
        for row in entries(FORMS):
            table, words, rule, kind, shape, exact, template = row.split("\t")
            if kind not in keep:
                form = Form(rule, kind, shape, exact == "exact", template)
                for word in words.split("|"):
                    self._put(table, word, form)
                if shape in BUTTONS:
                    self.button.setdefault(template, form)

    def _put(self, table: str, word: str, form: Form) -> None:
        if table in ("last", "cue"):
            (self.last if table == "last" else self.cue).setdefault(word, []).append(form)
            return
        words = self.first if table == "first" else self.bracket
        first, _, second = word.partition(" ")
        for key in "0123456789" if first == "#" else (first,):
            words.setdefault(key, {}).setdefault(second, []).append(form)

    def suspects(self, text: str) -> dict[int, Forms]:
        r"""
        Return the lines of a text, by number, that hold words of some form, with those forms. Mostly there are none.

        This is all that most lines ever see of the stage: it looks up a word or two of each.

        >>> sorted(index().suspects("It rained.\nThe story goes on.\nStory continues below.\n"))
        [2]
        """
        lines = text.split("\n")
        words, last, first_word = self.first, self.last, FIRST.match
        found: dict[int, Forms] = {}
        for number, line in enumerate(lines):
            if not line:
                continue
            first = first_word(line)
            if (
                first
                and (seconds := words.get((first[1] or first[2]).lower()))
                and (forms := _under(seconds, line, first))
            ):
                found[number] = forms
            word = line[-LONGEST_WORD:].rpartition(" ")[2].strip(MARKS).lower()
            if word in last:
                found[number] = found.get(number, []) + last[word]
        inside = [*self._brackets(text), *self._cues(text)]
        if inside:
            starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
            for at, forms in inside:
                number = bisect_right(starts, at) - 1
                known = found.get(number, [])
                found[number] = known + [form for form in forms if form not in known]
        return found

    def _brackets(self, text: str) -> Iterator[tuple[int, Forms]]:
        """Yield the place of each bracket that may begin a prompt, with the forms it may have."""
        for bracket in "([":
            before, *pieces = text.split(bracket)
            at = len(before)
            for piece in pieces:
                first = FIRST.match(piece)
                if first and (seconds := self.bracket.get((first[1] or first[2]).lower())):
                    yield at, _under(seconds, piece, first)
                at += len(piece) + 1

    def _cues(self, text: str) -> Iterator[tuple[int, Forms]]:
        """Yield the place of each cue, with the forms it belongs to."""
        for cue, forms in self.cue.items():
            at = text.find(cue)
            while at >= 0:
                yield at, forms
                at = text.find(cue, at + len(cue))


def _under(seconds: dict[str, Forms], text: str, first: re.Match[str]) -> Forms:
    """Return the forms that a text may have, given its first word, by its second."""
    forms = seconds.get("", [])
    second = SECOND.match(text, first.end())
    more = second and seconds.get("#" if second.lastindex == 1 else second[2].lower())
    return forms + more if more else forms


@cache
def index(keep: tuple[str, ...] = ()) -> Index:
    """Return the index, read once a process for each choice of kinds."""
    return Index(keep)
