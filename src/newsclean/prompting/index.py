"""
All forms of prompts, found by the words they begin or end with.

The forms lie in `dictionaries/prompts/forms.tsv`, made from the TOML files beside it. A line is looked up by its
first two words and by its last two; only forms found that way are compiled and tried. So what a line costs does
not grow with the number of forms. Nor does a start: a form is unpacked when a line first has its first word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import accumulate

from newsclean.prompting.template import LONGEST_WORD, MARKS, compiled, last_words
from newsclean.resources import entries

FORMS, HEADS = "prompts/forms.tsv", "prompts/heads.txt"

HEAD = 6
"""Characters at the front of a line by which most are passed over; with fewer too many are not, with more too few."""

_WORD = r"(?:(\d)[\d.,]{0,29}|([^\W\d_]{1,30}|[©@]))"
FIRST = re.compile(rf"[^\w©@\n]{{0,20}}_{{0,3}}{_WORD}")  # matches "» Also"
SECOND = re.compile(rf"(?:[^\w©@\n]|_){{0,8}}{_WORD}")  # matches ": read"


class Form:
    """
    One way in which one prompt is written.

    Args:
        rule: The rule that says so.
        kind: What kind of prompt it is.
        shape: Where it may stand, of `template.SHAPES`.
        exact: Whether capitals count.
        template: How it is written.
    """

    def __init__(self, rule: str, kind: str, shape: str, exact: bool, template: str) -> None:
        self.rule = rule
        self.kind = kind
        self.shape = shape
        self.exact = exact
        self.template = template
        self.is_whole = shape in ("header", "line", "below", "beside", "boxed")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches it, compiled when first asked for: most forms never are."""
        return compiled(self.template, self.shape, self.exact)


QUOTES = frozenset("\"“”„‟«‹'‘’‚")
"""A line that begins with one of these is speech: only a form that begins with free text itself may take it."""

Forms = list[Form]

BUTTONS = frozenset(("button", "network"))
"""Shapes of what stands on a button: something to do, and where to do it."""


class Words:
    """
    Forms by the first two words of what they look like.

    >>> words = Words()
    >>> words.add("story=continues,continued|advertisement=", "the form")
    >>> words.under("story", "continued"), words.under("story", "ends"), words.under("advertisement", "ends")
    (['the form'], [], ['the form'])
    """

    def __init__(self) -> None:
        self.packed: dict[str, list[tuple[str, Form]]] = {}
        self._open: dict[str, dict[str, Forms]] = {}

    def add(self, words: str, form: Form) -> None:
        """Add a form under each first word, each with its second ones, of which an empty one stands for any."""
        for each in words.split("|"):
            first, _, seconds = each.partition("=")
            self.packed.setdefault(first, []).append((seconds, form))

    def under(self, first: str, second: str) -> Forms:
        """Return the forms under two words, those that leave the second open among them."""
        if first not in self._open:
            seconds: dict[str, Forms] = {"": []}
            for words, form in self.packed.get(first, ()):
                for word in words.split(","):
                    seconds.setdefault(word, []).append(form)
            self._open[first] = seconds
        forms = self._open[first]
        return forms[""] + forms[second] if second and second in forms else forms[""]


class Index:
    """All forms, and how they are looked up."""

    def __init__(self) -> None:
        self.first = Words()  # by what a line begins with
        self.last = Words()  # by what it ends with, the last word first
        self.bracket = Words()  # by what begins in brackets
        self.cue: dict[str, Forms] = {}  # by letters that stand anywhere
        self.button: dict[str, Form] = {}  # by all that stands on a button
        self._heads = frozenset(head.replace("_", " ") for head in entries(HEADS))
        tables = {"first": self.first, "last": self.last, "bracket": self.bracket}
        for row in entries(FORMS):
            table, words, rule, kind, shape, exact, template = row.split("\t")
            form = Form(rule, kind, shape, exact == "exact", template)
            if shape in BUTTONS:
                self.button.setdefault(template, form)
            if table in tables:
                tables[table].add(words, form)
            else:
                for cue in words.split("|"):
                    self.cue.setdefault(cue, []).append(form)

    def suspects(self, text: str, lines: list[str]) -> dict[int, Forms]:
        r"""
        Return the lines, by number, that hold words of some form, with those forms. Mostly there are none.

        This is all that most lines ever see of the stage: it looks up a word or two of each.

        Args:
            text: The text.
            lines: The same, cut at its line feeds.

        >>> text = "It rained.\nNobody slept.\nStory continues below.\n"
        >>> sorted(index().suspects(text, text.split("\n")))
        [2]
        """
        heads, firsts, lasts = self._heads, self.first.packed, self.last.packed
        found: dict[int, Forms] = {}
        for number, line in enumerate(lines):
            if not line:
                continue
            head = line[:HEAD].lower()
            if (
                head in heads
                or head[:3] in heads
                or not (head.isascii() and head.replace(" ", "").isalpha() and head[0] != " ")
            ):
                word = None if head[0] in QUOTES else FIRST.match(line)
                if word and (key := _key(word)) in firsts:
                    second = SECOND.match(line, word.end())
                    if forms := self.first.under(key, _key(second) if second else ""):
                        found[number] = forms
            word_behind = line[-LONGEST_WORD:].rpartition(" ")[2].strip(MARKS).lower()
            if word_behind in lasts and (forms := self.last.under(*(*last_words(line), "")[:2])):
                found[number] = found.get(number, []) + forms
        self._look_inside(text, lines, found)
        return found

    def _look_inside(self, text: str, lines: list[str], found: dict[int, Forms]) -> None:
        """Add what brackets and cues find. However often a line has the same one, its forms count once."""
        inside = [*self._brackets(text), *self._cues(text)]
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0)) if inside else []
        for at, forms in inside:
            number = bisect_right(starts, at) - 1
            known = found.get(number, [])
            if not set(forms) <= set(known):
                found[number] = known + [form for form in forms if form not in known]

    def _brackets(self, text: str) -> Iterator[tuple[int, Forms]]:
        """Yield the place of each bracket that may begin a prompt, with the forms it may have."""
        for bracket in "([":
            before, *pieces = text.split(bracket)
            at = len(before)
            for piece in pieces:
                word = FIRST.match(piece)
                if word and (key := _key(word)) in self.bracket.packed:
                    second = SECOND.match(piece, word.end())
                    yield at, self.bracket.under(key, _key(second) if second else "")
                at += len(piece) + 1

    def _cues(self, text: str) -> Iterator[tuple[int, Forms]]:
        """Yield the place of each cue, with the forms it belongs to."""
        for cue, forms in self.cue.items():
            at = text.find(cue)
            while at >= 0:
                yield at, forms
                at = text.find(cue, at + len(cue))


def _key(word: re.Match[str]) -> str:
    """Return a word as the index knows it: small, and "#" for a number."""
    return "#" if word[1] else word[2].lower()


def heads_of(first: str, second: str) -> set[str]:
    """
    Return what lines with these first two words begin with: six letters, or three where the rest may vary.

    Most lines of an article begin with no such head, and need no other look from the front. Lines with anything but
    plain letters in front are not screened: signs may stand before a prompt, and other scripts are rare.

    >>> heads_of("story", "continues"), heads_of("read", ""), sorted(heads_of("ad", ""))
    ({'story '}, {'rea'}, ['ad', 'ad '])
    """
    together = f"{first} {second}"
    if len(first) >= HEAD or (second and len(together) >= HEAD):
        return {together[:HEAD]}
    return {first[:3], together[:3]}


@cache
def index() -> Index:
    """Return the index, read once a process."""
    return Index()
