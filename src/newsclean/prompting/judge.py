"""
What a line is by itself: a prompt, something that is one in company, or text that may hold prompts.

What stands round the line does not count here: that is the business of `blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from newsclean.prompting.index import FIRST, QUOTES, Form, Forms, Index, index
from newsclean.prompting.memory import Memory
from newsclean.prompting.template import LOOSE, MARKS, first_words
from newsclean.resources import entries

REPORTING = "prompts/reporting.txt"

LONGEST_PROMPT = 1000
"""Characters. No longer line is taken for a prompt as a whole: few are, and a mistake would be dear."""

REACH = 300
"""Characters. How far from the end of its line a prompt that is glued to it may begin."""

BOX = frozenset("([")
BOX_END = frozenset(")]")
POST = re.compile(r"[—-] ?[^()]{1,60} \(@\w{1,30}\)|pic\.twitter\.com/")  # matches "— Anna (@anna)"
"""A post that the article quotes is article, whatever it begins with."""

NOTHING = " \t\N{NO-BREAK SPACE}.…"
"""Characters that are nothing to keep where a line holds nothing else but prompts."""

LONGEST_ROW = 120
_BETWEEN_BUTTONS = r"[\s\d|/·•.:+,]{0,12}"


class Part(NamedTuple):
    """A prompt inside a line, by its offsets in the line."""

    start: int
    end: int
    form: Form


class Judgement(NamedTuple):
    """What a line is by itself: the form that all of it has, if any, and the prompts inside it."""

    whole: Form | None
    inside: tuple[Part, ...]


class Judge:
    """
    Judges lines by the forms of an index, and remembers what it said.

    >>> from newsclean.prompting.index import index
    >>> judge = Judge(index())
    >>> judge.judgement("  * Story continues below... *").whole.rule
    'prompts/en/story-continues'
    >>> judge.judgement("Story continues below, he said.")
    Judgement(whole=None, inside=())
    >>> [part[:2] for part in judge.judgement("It fell (Also read: Ministers meet) again.").inside]
    [(8, 35)]
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._known = Memory(self._judged, LONGEST_PROMPT)

    def judgement(self, line: str) -> Judgement:
        """Return what a line is by itself."""
        return self._known[line]

    def _judged(self, line: str) -> Judgement:
        forms = self.index.forms(line)
        if not forms:
            return NO_PROMPT
        if form := _whole(line, forms, self.index):
            return Judgement(form, ())
        if all(form.is_whole for form in forms) or not (found := parts(line, forms)):
            return NO_PROMPT
        return Judgement(None if rest(line, found).strip(NOTHING) else found[0].form, tuple(found))


NO_PROMPT = Judgement(None, ())


@cache
def everything() -> Judge:
    """Return the judge of all forms, one a process."""
    return Judge(index())


def _whole(line: str, forms: Forms, index: Index) -> Form | None:
    """Return the one of the forms that the whole line has, or None."""
    first = FIRST.match(line)
    if not first or len(line) > LONGEST_PROMPT:
        return None
    start = first.start(first.lastindex or 0)
    for form in forms:
        if form.is_whole and form.pattern.match(line, start) and _may_be(form, line, line[:start]):
            return form
    if any(form.is_button for form in forms) and QUOTES.isdisjoint(line[:start]):
        return _row_of_buttons(line[start:].rstrip(), index)
    return None


def _may_be(form: Form, line: str, front: str) -> bool:
    """Tell whether a line that matches a form may have it, by the signs in front and by what it says."""
    if not QUOTES.isdisjoint(front) and form.template[0] != "<":
        return False
    boxed = not BOX.isdisjoint(front)
    if (boxed and _goes_on_behind_its_brackets(line)) or (form.shape == "boxed" and not boxed):
        return False
    return not POST.search(line) and not _is_speech(line, form)


def parts(line: str, forms: Forms) -> list[Part]:
    """Return the prompts inside a line, in order and disjoint."""
    return disjoint(line, [part for form in forms for part in _parts(line, form)])


def rest(line: str, parts: Sequence[Part]) -> str:
    """Return what a line is without its parts."""
    ends = [0, *(part.end for part in parts)]
    starts = [*(part.start for part in parts), len(line)]
    return "".join(line[end:start] for end, start in zip(ends, starts, strict=True))


def disjoint(line: str, found: list[Part]) -> list[Part]:
    """Return parts of a line in order; of two that overlap the first, and two with nothing but space between as one."""
    kept: list[Part] = []
    for part in sorted(found, key=lambda part: part[:2]):
        last = kept[-1] if kept else None
        if last and part.start >= last.end and not line[last.end : part.start].strip():
            kept[-1] = last._replace(end=part.end)
        elif not last or part.start >= last.end:
            kept.append(part)
    return kept


def _parts(line: str, form: Form) -> Iterator[Part]:
    if form.shape == "inline":
        for inside in form.pattern.finditer(line):
            yield Part(inside.start((inside.lastgroup == "part" and "part") or 0), inside.end(), form)
    elif form.shape == "opens":
        start = len(line) - len(line.lstrip())
        while front := form.pattern.match(line, start):
            yield Part(start, front.end(), form)
            start = front.end()
    elif form.shape == "ends":
        end = len(line.rstrip())
        while back := form.pattern.search(line, max(0, end - REACH), end):
            yield Part(back.start(), end, form)
            end = len(line[: back.start()].rstrip())


def _goes_on_behind_its_brackets(line: str) -> bool:
    """Tell whether brackets that open at the front of a line are closed before its end."""
    depth = 0
    for at, character in enumerate(line):
        depth += (character in BOX) - (character in BOX_END)
        if character in BOX_END and depth <= 0:
            return bool(line[at + 1 :].strip(MARKS))
    return False


def _is_speech(line: str, form: Form) -> bool:
    """Tell whether free text in a form has taken in that somebody says something."""
    if not any(wildcard in form.template for wildcard in LOOSE):
        return False
    return not _reporting().isdisjoint(first_words(line))


@cache
def _reporting() -> frozenset[str]:
    return frozenset(entries(REPORTING))


def _row_of_buttons(line: str, index: Index) -> Form | None:
    """
    Return the form of a line that is nothing but buttons, if it is.

    Two of which one names a network, or three, are a prompt by themselves; others need company.
    """
    if len(line) > LONGEST_ROW:
        return None
    row, button = _button_patterns(index)
    if not row.match(line):
        return None
    forms = [index.button[found.lower()] for found in button.findall(line)]
    networks = [form for form in forms if form.shape == "network"]
    if len(forms) > 2 or (networks and len(forms) > 1):
        first = (networks or forms)[0]
        return Form(first.rule, first.kind, "line", first.exact, first.template)
    return forms[0]


@cache
def _button_patterns(index: Index) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what matches a row of buttons, however tightly they stand, and what finds each of them."""
    button = "|".join(re.escape(text) for text in sorted(index.button, key=len, reverse=True))
    return re.compile(rf"(?:(?:{button}){_BETWEEN_BUTTONS})++\Z", re.IGNORECASE), re.compile(button, re.IGNORECASE)
