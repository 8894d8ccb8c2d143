"""Masks: a text in which all that is not prose has a stand-in of equal length, so that offsets stay true."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import chain

from newsclean.edits import Edit
from newsclean.syntax.spans import Spans, between

BLANK = "_"
"""What the normalizers see in place of code, addresses and the like: neither a word nor the end of a sentence."""

VEILS = {sign: bytes(c if c in b" \t\n" else ord(sign) for c in range(256)) for sign in "()_"}
"""How the bytes of lines that hold no prose are shown: white space as it is, all else as one sign."""

FRAME = re.compile(r"[\s#>*+|:=~_\d.)\[\]xX!-]*")  # matches "## " and "- [ ] **"
OPENING = str.maketrans({"_": "*", "~": "*", "[": "(", "!": "("})

CODE = ("`", "~~~", "<code", "<pre", "<kbd", "<samp", "<tt", "<var")
"""Signs of code outside the prose."""
INDENTED = re.compile(r"^    \S", re.MULTILINE)  # matches "    code"

SHORT = 40
"""Characters. Shorter pieces between prose are the same few again and again: marks of lists, of emphasis, of links."""


class Mask:
    """
    A text in which every character that is not prose has a stand-in from a private range.

    Normalizers are shown what each stands for: what frames a line as it is, the rest as something inert.
    """

    def __init__(self, text: str, spans: Spans, syntax: str) -> None:
        self.syntax = syntax
        self._original, self._spans = text, spans
        self._gaps = [_stand_in(gap) for gap in between(text, spans)]
        self._kept = [text[start:end] for start, end in spans]
        self.seen = _woven(self._gaps, self._kept)
        """The text as normalizers see it before anything is changed."""
        self.prose = _woven(["\n" if gap else "" for gap in self._gaps], self._kept)
        """The prose alone, a line feed in place of all else."""

    @cached_property
    def text(self) -> str:
        """The masked text."""
        stands = {code: chr(self._first + code) for code in range(128) if code != 10}
        return _woven([gap.translate(stands) for gap in self._gaps], self._kept)

    @cached_property
    def _first(self) -> int:
        """The first of the stand-ins, from a range that the text itself does not use."""
        return next(first for first in range(0xF0000, 0xFFF00, 256) if not _uses(self._original, first))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(f"[{chr(self._first)}-{chr(self._first + 127)}]")

    @cached_property
    def _hidden(self) -> str:
        """All that is not prose."""
        return " ".join(between(self._original, self._spans))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that stand outside the prose."""
        return frozenset(re.findall(r"[A-Za-z]{3,}", self._hidden))

    @cached_property
    def has_code(self) -> bool:
        """Whether the text has code, as texts about computers have."""
        hidden = self._hidden
        return any(sign in hidden for sign in CODE) or INDENTED.search(hidden) is not None

    def shown(self, text: str) -> str:
        """Return the masked text, or a piece of it, as normalizers see it."""
        if text is self.text:
            return self.seen
        return text.translate({self._first + code: chr(code) for code in range(128) if code != 10})

    def prose_of(self, text: str) -> str:
        """Return the prose of a masked text, a line feed in place of each part of the mask."""
        return self._pattern.sub("\n", text)

    def touches(self, text: str) -> bool:
        """Tell whether a piece of the masked text has any of the mask in it."""
        return not text.isascii() and self._pattern.search(text) is not None


def _woven(gaps: list[str], kept: list[str]) -> str:
    """Return gaps and what stands between them as one text."""
    return "".join(chain.from_iterable(zip(gaps, [*kept, ""], strict=True)))


def _uses(text: str, first: int) -> bool:
    return not text.isascii() and re.search(f"[{chr(first)}-{chr(first + 127)}]", text) is not None


def _stand_in(gap: str) -> str:
    """Return what normalizers are to see of a piece that is not prose, ASCII and of equal length."""
    return _remembered(gap) if len(gap) <= SHORT else _made(gap)


@lru_cache(maxsize=4096)
def _remembered(gap: str) -> str:
    return _made(gap)


def _made(gap: str) -> str:
    if gap == "\n" or not gap:
        return gap
    if FRAME.fullmatch(gap) and not gap.lstrip("*_~").startswith("]"):
        return gap.translate(OPENING).encode("ascii", "replace").decode()
    sign = (
        ")"
        if gap.lstrip("*_~").startswith(("]", "</"))
        else "("
        if gap.startswith("<") and gap[1:2].isalpha()
        else BLANK
    )
    first, last = gap.find("\n"), gap.rfind("\n")
    if first < 0:
        return _line(gap, sign)
    whole = gap[first : last + 1].encode("ascii", "replace").translate(VEILS[sign]).decode()
    return _line(gap[:first], sign) + whole + _line(gap[last + 1 :], sign)


def _line(line: str, sign: str) -> str:
    """Stand in for a line of a gap: white space at its ends is shown, the rest is one sign."""
    inner = line.strip(" \t")
    if not inner:
        return line
    start = line.index(inner)
    return line[:start] + sign * len(inner) + line[start + len(inner) :]


def quoted(edit: Edit, text: str, mask: Mask) -> Edit:
    """Let an edit of the masked text quote the text itself."""
    if not any(mask.touches(part.before) or mask.touches(part.after) for part in edit.parts) and not mask.touches(
        edit.before
    ):
        return edit
    before = text[edit.start : edit.end]
    parts = []
    for part in edit.parts:
        was = before if part.before == edit.before else mask.shown(part.before)
        parts.append(part._replace(before=was, after=mask.shown(part.after)))
    return Edit(edit.start, edit.end, before, mask.shown(edit.after), tuple(parts))
