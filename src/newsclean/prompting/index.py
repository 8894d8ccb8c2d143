"""
All forms of prompts, found by the words they begin or end with.

The forms lie in `dictionaries/prompts/forms.tsv`, made from the TOML files beside it. A line is looked up by its
first two words and by its last two; only forms found that way are compiled and tried. So what a line costs does
not grow with the number of forms. Nor does a start: a form is unpacked when a line first has its first word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from newsclean.prompting.template import LONGEST_WORD, MARKS, compiled, last_words
from newsclean.resources import entries

FORMS = "prompts/forms.tsv"

_WORD = r"(?:(\d)[\d.,]{0,29}|([^\W\d_]{1,30}|[©@]))"
FIRST = re.compile(rf"[^\w©@\n]{{0,20}}_{{0,3}}{_WORD}")  # matches "» Also"
SECOND = re.compile(rf"(?:[^\w©@\n]|_){{0,8}}{_WORD}")  # matches ": read"


BUTTONS = frozenset(("button", "network"))
"""Shapes of what stands on a button: something to do, and where to do it."""


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
        self.is_button = shape in BUTTONS

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches it, compiled when first asked for: most forms never are."""
        return compiled(self.template, self.shape, self.exact)


QUOTES = frozenset("\"“”„‟«‹'‘’‚")
"""A line that begins with one of these is speech: only a form that begins with free text itself may take it."""

Forms = list[Form]


class Words:
    """
    Forms by the first two words of what they look like, or by the last two, the last one first.

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
        seconds = self._seconds(first)
        return seconds[""] + seconds[second] if second and second in seconds else seconds[""]

    def _seconds(self, first: str) -> dict[str, Forms]:
        """Return the forms under a first word by the second."""
        if first not in self._open:
            seconds: dict[str, Forms] = {"": []}
            for words, form in self.packed.get(first, ()):
                for word in words.split(","):
                    seconds.setdefault(word, []).append(form)
            self._open[first] = seconds
        return self._open[first]

    def may_begin(self, head: str) -> bool:
        """
        Tell whether there may be forms under the first two words of a text that begins with these characters.

        >>> words = Words()
        >>> words.add("story=continues", "the form")
        >>> [words.may_begin(head) for head in ("Story ", "» Stor", "Storm ", "Story o", " - ")]
        [True, True, False, False, True]
        """
        plain, space, _ = head.partition(" ")
        if plain.isascii() and plain.isalpha():  # what most begin with
            if not space:
                return _is_beginning(plain.lower(), self._firsts)
            if plain.lower() not in self.packed:
                return False
        first = FIRST.match(head)
        if not first:
            return True
        word, end = _key(first), first.end()
        if word != "#" and end == len(head):
            return _is_beginning(word, self._firsts)
        if word not in self.packed:
            return False
        seconds = self._seconds(word)
        second = SECOND.match(head, end)
        if seconds[""] or not second:
            return True
        word = _key(second)
        return word in seconds or (second.end() == len(head) and any(each.startswith(word) for each in seconds))

    def may_end(self, tail: str) -> bool:
        """
        Tell whether there may be forms under the last word of a text that ends with these characters.

        >>> words = Words()
        >>> words.add("below=story", "the form")
        >>> [words.may_end(tail) for tail in ("below.", "below ", " below", "ellow.", "a low.", "...")]
        [True, True, True, False, False, True]
        """
        _, space, word = tail.rpartition(" ")
        bare = word.strip(MARKS).lower()
        if space or not bare:
            return not bare or bare in self.packed
        return bare in self.packed or _is_beginning(word.rstrip(MARKS).lower()[::-1], self._lasts)

    @cached_property
    def _firsts(self) -> list[str]:
        return sorted(self.packed)

    @cached_property
    def _lasts(self) -> list[str]:
        return sorted(word[::-1] for word in self.packed)


class Index:
    """All forms, and how they are looked up."""

    def __init__(self) -> None:
        self.first = Words()  # by what a line begins with
        self.last = Words()  # by what it ends with, the last word first
        self.bracket = Words()  # by what begins in brackets
        self.cue: dict[str, Forms] = {}  # by letters that stand anywhere
        self.button: dict[str, Form] = {}  # by all that stands on a button
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

    def forms(self, line: str) -> Forms:
        """
        Return the forms of which a line holds words, mostly none.

        However often it has words of the same form inside, that counts once.

        >>> sorted({form.rule for form in index().forms("Story continues below")})
        ['prompts/en/glued-label', 'prompts/en/story-continues', 'prompts/en/watch']
        >>> index().forms("It rained.")
        []
        """
        word = None if line[:1] in QUOTES else FIRST.match(line)
        found = _under(self.first, word, line) if word else []
        if last_word(line) in self.last.packed:
            found = found + self.last.under(*(*last_words(line), "")[:2])
        for bracket in "([":
            if bracket in line:
                found = _joined(found, self._in_brackets(line.split(bracket)[1:]))
        for cue, forms in self.cue.items():
            if cue in line:
                found = _joined(found, [forms])
        return found

    def _in_brackets(self, pieces: Sequence[str]) -> Iterator[Forms]:
        """Yield the forms of what stands behind each bracket."""
        for piece in pieces:
            if word := FIRST.match(piece):
                yield _under(self.bracket, word, piece)


def _joined(found: Forms, more: Iterable[Forms]) -> Forms:
    for forms in more:
        if not set(forms) <= set(found):
            found = found + [form for form in forms if form not in found]
    return found


def _under(words: Words, first: re.Match[str], text: str) -> Forms:
    """Return the forms under the first word of a text and the one behind it."""
    key = _key(first)
    if key not in words.packed:
        return []
    second = SECOND.match(text, first.end())
    return words.under(key, _key(second) if second else "")


def last_word(line: str) -> str:
    """Return what stands behind the last space of a line, small, without marks round it."""
    return line[-LONGEST_WORD:].rpartition(" ")[2].strip(MARKS).lower()


def _is_beginning(letters: str, words: Sequence[str]) -> bool:
    """Tell whether some word begins with these letters; words are sorted."""
    at = bisect_left(words, letters)
    return at < len(words) and words[at].startswith(letters)


def _key(word: re.Match[str]) -> str:
    """Return a word as the index knows it: small, and "#" for a number."""
    return "#" if word[1] else word[2].lower()


@cache
def index() -> Index:
    """Return the index, read once a process."""
    return Index()
