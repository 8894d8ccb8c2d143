"""
White space: one space between words, one blank line between paragraphs, nothing at the end of a line.

What counts as a space is Unicode's White_Space property, less the breaks between lines: the line feed is what
separates lines here, the carriage return belongs to `line_breaks`, the three breaks of Unicode to `encoding`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsclean.edits import Replacement, Rule

BLANK_LINES, LINE_END, INDENT = "whitespace/blank-lines", "whitespace/line-end", "whitespace/indent"
RUN, SPACE, ZERO_WIDTH = "whitespace/run", "whitespace/space", "whitespace/zero-width"

NO_BREAK = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
ASCII_ODD = "\t\v\f"
ODD = ASCII_ODD + NO_BREAK + "\N{OGHAM SPACE MARK}\u2000-\u200a\N{MEDIUM MATHEMATICAL SPACE}\N{IDEOGRAPHIC SPACE}"

# Characters without width, by what may need them. Emoji and variation selectors are not among them.
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
DIRECTIONS = (
    "\N{ARABIC LETTER MARK}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # embeddings, overrides, isolates
)
WORD_BREAK = "\N{ZERO WIDTH SPACE}"
NEVER_NEEDED = "\N{SOFT HYPHEN}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"

# Patterns are compiled by `re` when they are first used: clean ASCII text never needs them.
ODD_OR_ZERO_WIDTH = f"[{ODD}{JOINERS}{DIRECTIONS}{WORD_BREAK}{NEVER_NEEDED}]"  # matches a thin space
ZERO_WIDTHS = f"[{JOINERS}{DIRECTIONS}{WORD_BREAK}{NEVER_NEEDED}]+"  # matches two zero-width spaces
SPACES = rf"\A[ \n{ODD}]+|[ \n{ODD}]{{2,}}|[{ODD}]|[ {ODD}]\Z"  # matches "  ", " \n", a thin space

# Which characters, standing beside one without width, need it: ranges of code points, first and last.
NEED_JOINERS = ((0x0590, 0x1FFF), (0x2070, 0xFDFF), (0xFE0E, 0xFE0F), (0xFE70, 0xFEFC), (0x10000, 0x10FFFF))
NEED_DIRECTIONS = ((0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF))
NEED_WORD_BREAKS = (  # the scripts of South-East Asia put no space between words
    (0x0E00, 0x0EFF), (0x0F00, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF),
    (0x1A20, 0x1AAF), (0x1B00, 0x1B7F), (0xA980, 0xA9FF), (0xAA60, 0xAA7F),
)  # fmt: skip

LONGEST_VERSE = 100
"""Characters. Lines of verse and of tables are shorter; where one of a block is longer, the block is prose."""


class WhitespaceOptions(NamedTuple):
    """What to do about white space beyond the defaults."""

    keep_no_break_spaces: bool = False
    """Leave no-break spaces inside lines: French and units of measure use them on purpose."""

    one_paragraph_per_line: bool = False
    """Drop blank lines, so that each line is a paragraph. Lines are never joined."""


class Whitespace:
    r"""
    Writes every run of white space as one space, and every run of blank lines as one.

    Trims line ends, drops lines of nothing but spaces, removes characters without width.
    Keeps paragraphs, the final line feed, the joiners and marks that Arabic, Indic and South-East Asian scripts and
    emoji need, and the indentation of verse and tables: of short lines that stand together.

    Source: Unicode 16, White_Space property.

    >>> [r[:3] for r in Whitespace().propose("Rain  fell. \n")]
    [(4, 6, ' '), (11, 12, '')]
    >>> [r[:3] for r in Whitespace().propose("Roses are red,\n  Violets are blue.\n")]
    []
    """

    name = "whitespace"

    def __init__(self, options: WhitespaceOptions = WhitespaceOptions()) -> None:
        self._kept = NO_BREAK if options.keep_no_break_spaces else ""
        self._gap = "\n" if options.one_paragraph_per_line else "\n\n"

    def rules(self) -> Iterator[Rule]:
        """Yield the rules."""
        yield Rule(BLANK_LINES, "Writes a run of blank lines as one, and none at the start or the end of the text.")
        yield Rule(LINE_END, "Removes white space at the end of a line.")
        yield Rule(INDENT, "Removes white space at the start of a line of prose.")
        yield Rule(RUN, "Writes a run of white space as one space.")
        yield Rule(SPACE, "Writes a tab or another odd space as a plain space.")
        yield Rule(ZERO_WIDTH, "Removes characters without width where no script needs them.")

    def propose(self, text: str) -> Iterator[Replacement]:
        """
        Yield replacements for white space that is not one plain space, one line feed or one blank line.

        A run broken by a character without width is two runs until that is gone: the chain asks again.
        """
        if self._is_tidy(text):
            return iter(())
        found = [*self._spaces(text), *_zero_widths(text)]
        return iter(sorted(found))

    def _is_tidy(self, text: str) -> bool:
        """Prove, at the speed of a substring search, that there is nothing to do."""
        return not (
            "  " in text
            or " \n" in text
            or "\n " in text
            or self._gap + "\n" in text
            or text[:1] in ("\n", " ")
            or text[-1:] == " "
            or text.endswith("\n\n")
            or any(space in text for space in ASCII_ODD)
            or (not text.isascii() and re.search(ODD_OR_ZERO_WIDTH, text))
        )

    def _spaces(self, text: str) -> Iterator[Replacement]:
        verse = _Verse(text)
        for found in re.finditer(SPACES, text):
            start, end = found.span()
            spaces = found[0]
            breaks, indent = start + spaces.find("\n"), start + spaces.rfind("\n") + 1
            if indent == start > 0:
                yield from self._between_words(spaces, start, end, end == len(text))
                continue
            if breaks > start:
                yield Replacement(start, breaks, "", LINE_END)
            gap = "" if start == 0 else "\n" if end == len(text) or indent - breaks == 1 else self._gap
            if indent > start and text[breaks:indent] != gap:
                yield Replacement(breaks, indent, gap, BLANK_LINES)
            if indent < end and not verse.holds(indent, end):
                yield Replacement(indent, end, "", LINE_END if end == len(text) else INDENT)

    def _between_words(self, spaces: str, start: int, end: int, last: bool) -> Iterator[Replacement]:
        """Yield the replacement of a run without line breaks that does not begin the text."""
        space = "" if last else next((c for c in spaces if c in self._kept), " ")
        if spaces != space:
            yield Replacement(start, end, space, LINE_END if last else RUN if end - start > 1 else SPACE)


class _Verse:
    """Knows which indentation to keep; asked from left to right, it reads each line of the text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._read_to = 0
        self._is_verse = False

    def holds(self, start: int, end: int) -> bool:
        """Tell whether the indentation `[start, end)` is of plain spaces and tabs, in a block of short lines."""
        if start >= self._read_to:
            self._read_block(start)
        return self._is_verse and not self._text[start:end].strip(" \t")

    def _read_block(self, start: int) -> None:
        """Read the lines that stand together round `start`; those before it reach back to the last block."""
        first = start
        while (above := self._text.rfind("\n", self._read_to, max(first - 1, 0)) + 1 or self._read_to) < first:
            if not self._text[above : first - 1].strip():
                break
            first = above
        lines, at = [], first
        while at < len(self._text):
            end = self._text.find("\n", at)
            end = len(self._text) if end < 0 else end
            line = self._text[at:end].strip()
            at = end + 1
            if not line:
                break
            lines.append(len(line))
        self._read_to = at
        self._is_verse = len(lines) > 1 and max(lines) < LONGEST_VERSE


def _zero_widths(text: str) -> Iterator[Replacement]:
    """Yield the removal of characters without width, but those that the characters beside them need."""
    if text.isascii():
        return
    line_end, right_to_left = -1, False
    for found in re.finditer(ZERO_WIDTHS, text):
        start, end = found.span()
        if start > line_end:
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            right_to_left = _any_in(text[text.rfind("\n", 0, start) + 1 : line_end], NEED_DIRECTIONS)
        needed = _needed(text[start - 1 : start] + text[end : end + 1], right_to_left)
        kept = "".join(c for c in found[0] if c in needed)
        if kept != found[0]:
            yield Replacement(start, end, kept, ZERO_WIDTH)


def _needed(beside: str, right_to_left: bool) -> str:
    """Return the characters without width that may stand between these two."""
    return (
        (JOINERS if _any_in(beside, NEED_JOINERS) else "")
        + (WORD_BREAK if _any_in(beside, NEED_WORD_BREAKS) else "")
        + (DIRECTIONS if right_to_left else "")
    )


def _any_in(text: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(c) <= last for c in text for first, last in ranges)
