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
from functools import cache, cached_property
from itertools import accumulate

from newsclean.prompting.template import LONGEST_WORD, MARKS, compiled, last_words
from newsclean.resources import entries

FORMS = "prompts/forms.tsv"

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
        self.is_whole = shape in ("header", "line", "beside", "boxed")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches it, compiled when first asked for: most forms never are."""
        return compiled(self.template, self.shape, self.exact)


QUOTES = frozenset("\"“”„‟«‹'‘’‚")
"""A line that begins with one of these is speech: only a form that begins with free text itself may take it."""

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
        self.last: Words = {}  # by what it ends with, the last word first
        self.bracket: dict[str, Forms] = {}  # by the first word in brackets
        self.cue: dict[str, Forms] = {}  # by letters that stand anywhere
        self.button: dict[str, Form] = {}  # by all that stands on a button
        self._heads = Heads()
        for row in entries(FORMS):
            table, words, rule, kind, shape, exact, template = row.split("\t")
            if kind not in keep:
                form = Form(rule, kind, shape, exact == "exact", template)
                for word in words.split("|"):
                    self._put(table, word, form)
                if shape in BUTTONS:
                    self.button.setdefault(template, form)

    def _put(self, table: str, words: str, form: Form) -> None:
        first, _, second = words.partition(" ")
        if table == "cue":
            _add(self.cue, words, form)
        elif table == "bracket":
            _add(self.bracket, first, form)
        elif table == "last":
            _add(self.last.setdefault(first, {}), second, form)
        else:
            for key in "0123456789" if first == "#" else (first,):
                _add(self.first.setdefault(key, {}), second, form)
                self._heads.add(key, second)

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
        first, last = self.first, self.last
        six, three = self._heads.six, self._heads.three
        found: dict[int, Forms] = {}
        for number, line in enumerate(lines):
            if not line:
                continue
            head = line[:6].lower()
            if head in six or head[:3] in three or not (head[0].isalpha() and head.isascii()):
                word = None if head[0] in QUOTES else FIRST.match(line)
                if word and (seconds := first.get((word[1] or word[2]).lower())):
                    second = SECOND.match(line, word.end())
                    if forms := _under(seconds, second and ("#" if second[1] else second[2].lower())):
                        found[number] = forms
            seconds = last.get(line[-LONGEST_WORD:].rpartition(" ")[2].strip(MARKS).lower())
            if seconds and (forms := _under(seconds, (*last_words(line), "")[1])):
                found[number] = found.get(number, []) + forms
        self._look_inside(text, lines, found)
        return found

    def _look_inside(self, text: str, lines: list[str], found: dict[int, Forms]) -> None:
        """Add what brackets and cues find. However often a line has the same one, its forms count once."""
        inside = [*self._brackets(text), *self._cues(text)]
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0)) if inside else []
        known = set()
        for at, forms in inside:
            number = bisect_right(starts, at) - 1
            if (number, id(forms)) not in known:
                known.add((number, id(forms)))
                found[number] = found.get(number, []) + forms

    def _brackets(self, text: str) -> Iterator[tuple[int, Forms]]:
        """Yield the place of each bracket that may begin a prompt, with the forms it may have."""
        for bracket in "([":
            before, *pieces = text.split(bracket)
            at = len(before)
            for piece in pieces:
                word = FIRST.match(piece)
                if word and (forms := self.bracket.get((word[1] or word[2]).lower())):
                    yield at, forms
                at += len(piece) + 1

    def _cues(self, text: str) -> Iterator[tuple[int, Forms]]:
        """Yield the place of each cue, with the forms it belongs to."""
        for cue, forms in self.cue.items():
            at = text.find(cue)
            while at >= 0:
                yield at, forms
                at = text.find(cue, at + len(cue))


class Heads:
    """
    What lines of some form begin with: their first six letters, or three where the rest may vary.

    Most lines of an article begin with none of these, and need no other look from the front. Lines that begin with
    anything but a plain letter are not screened: signs may stand in front of a prompt, and other scripts are rare.
    """

    def __init__(self) -> None:
        self.six: set[str] = set()
        self.three: set[str] = set()

    def add(self, first: str, second: str) -> None:
        """
        Take in a form by its first two words.

        >>> heads = Heads()
        >>> heads.add("the", "story")
        >>> heads.add("read", "")
        >>> "the st" in heads.six, "the vi" in heads.six, heads.three
        (True, False, {'rea'})
        """
        together = [f"{first}{sign}{second}"[:6] for sign in _BETWEEN]
        if len(first) >= 6 or (second not in ("", "#") and len(together[0]) == 6):
            self.six.update(together)
        elif len(first) >= 3:
            self.three.add(first[:3])
        else:
            self.three.update(head[:3] for head in (first, *together))


_BETWEEN = (" ", "-", "'", ".", ", ", ": ", " & ", "/", "...", ")", "!", "?", "|", "")
"""What may stand between two words that a line begins with; behind any other sign it is not looked up."""


def _add(forms: dict[str, Forms], word: str, form: Form) -> None:
    forms.setdefault(word, []).append(form)


def _under(seconds: dict[str, Forms], second: str | None) -> Forms:
    """Return the forms, given their first word, by the second: those that ask for it and those that do not."""
    forms = seconds.get("", _NONE)
    more = seconds.get(second) if second else None
    return forms + more if more else forms


_NONE: Forms = []


@cache
def index(keep: tuple[str, ...] = ()) -> Index:
    """Return the index, read once a process for each choice of kinds."""
    return Index(keep)
