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

from newsclean.prompting.template import LONGEST_WORD, MARKS, WORD, compiled
from newsclean.resources import entries

FORMS = "prompts/forms.tsv"

_GAP = r"(?:[^\w©@\n]|_)"
OPENING = re.compile(rf"{_GAP}{{0,20}}({WORD})(?:{_GAP}{{0,8}}({WORD}))?")  # matches "» Also read"
BRACKET = re.compile(rf"[(\[][^\S\n]{{0,3}}({WORD})(?:{_GAP}{{1,4}}({WORD}))?")  # matches "(Also read"


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
_NONE: Forms = []
BUTTONS = frozenset(("button", "network"))
"""Shapes of what stands on a button: something to do, and where to do it."""


class Index:
    """
    The forms that may fire, and how they are looked up.

    Args:
        keep: Kinds of prompts that are left alone.
    """

    def __init__(self, keep: tuple[str, ...] = ()) -> None:
        self.first: dict[str, Forms] = {}  # by the first word of a line, or the first two
        self.last: dict[str, Forms] = {}  # by the last word of a line
        self.bracket: dict[str, Forms] = {}  # by the first word in brackets, or the first two
        self.cue: dict[str, Forms] = {}  # by letters that stand somewhere in a line
        self.button: dict[str, Forms] = {}  # by all that stands on the button
        for row in entries(FORMS):
            table, words, rule, kind, shape, exact, template = row.split("\t")
            if kind not in keep:
                form = Form(rule, kind, shape, exact == "exact", template)
                for word in words.split("|"):
                    getattr(self, table).setdefault(word, []).append(form)
                if shape in BUTTONS:
                    self.button.setdefault(template, []).append(form)

    def suspects(self, text: str) -> dict[int, Forms]:
        r"""
        Return the lines of a text, by number, that hold words of some form, with those forms. Mostly there are none.

        >>> {number: {form.rule for form in forms} for number, forms in index().suspects(
        ...     "The story continues.\nStory continues below.\n").items()}
        {1: {'prompts/en/story-continues'}}
        """
        lines = text.split("\n")
        by_edges = self._by_edges
        found = {number: forms for number, line in enumerate(lines) if line and (forms := by_edges(line))}
        inside = [*self._by_brackets(text), *self._by_cues(text)]
        if inside:
            starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
            for at, forms in inside:
                number = bisect_right(starts, at) - 1
                known = found.get(number, _NONE)
                found[number] = known + [form for form in forms if form not in known]
        return found

    def _by_edges(self, line: str) -> Forms:
        opening = OPENING.match(line)
        if not opening:
            return _NONE
        first, second = opening.groups()
        first = "#" if first[0].isdigit() else first.lower()
        forms = self.first.get(first, _NONE)
        if second:
            second = "#" if second[0].isdigit() else second.lower()
            if more := self.first.get(f"{first} {second}"):
                forms = forms + more
        more = self.last.get(line[-LONGEST_WORD:].rsplit(None, 1)[-1].strip(MARKS).lower())
        return forms + more if more else forms

    def _by_brackets(self, text: str) -> Iterator[tuple[int, Forms]]:
        for opening in BRACKET.finditer(text):
            first, second = opening.groups()
            for words in (first.lower(), f"{first} {second}".lower()):
                if words in self.bracket:
                    yield opening.start(), self.bracket[words]

    def _by_cues(self, text: str) -> Iterator[tuple[int, Forms]]:
        for cue, forms in self.cue.items():
            at = text.find(cue)
            while at >= 0:
                yield at, forms
                at = text.find(cue, at + len(cue))


@cache
def index(keep: tuple[str, ...] = ()) -> Index:
    """Return the index, read once a process for each choice of kinds."""
    return Index(keep)
