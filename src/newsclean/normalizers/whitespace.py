"""
White space: one space between words, one blank line between paragraphs, nothing at the end of a line.

What counts as a space is Unicode's White_Space property, less the breaks between lines: the line feed is what
separates lines here, the carriage return belongs to `line_breaks`, the three breaks of Unicode to `encoding`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsclean.edits import Replacement, Rule
from newsclean.spelling.sentences import ends_of_sentences

BLANK_LINES, LINE_END, INDENT = "whitespace/blank-lines", "whitespace/line-end", "whitespace/indent"
RUN, SPACE, ZERO_WIDTH = "whitespace/run", "whitespace/space", "whitespace/zero-width"
SENTENCE = "whitespace/sentence"

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

ASCII = bytes(range(128))

# Patterns are compiled by `re` when they are first used: clean ASCII text never needs them.
SPACES = rf"[ \n{ODD}]+"  # matches " \n", a thin space
ANY_ODD = f"[{ODD}]"  # matches a thin space
ZERO_WIDTHS = f"[{JOINERS}{DIRECTIONS}{WORD_BREAK}{NEVER_NEEDED}]+"  # matches two zero-width spaces

# Which characters, standing beside one without width, need it.
NEED_JOINERS = "[\u0590-\u1fff\u2070-\ufdff\ufe0e\ufe0f\ufe70-\ufefc\U00010000-\U0010ffff]"  # matches "क", "👩"
NEED_DIRECTIONS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"  # matches "م"
NEED_WORD_BREAKS = (  # matches "ก": the scripts of South-East Asia put no space between words
    "[\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9ff\uaa60-\uaa7f]"
)

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

    Trims line ends, drops lines of nothing but spaces, removes characters without width. Parts two sentences where the
    space between them is surely missing ("he said.The rest").
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
        yield Rule(SENTENCE, "Puts a space behind a sentence that the next one runs into.")
        yield Rule(ZERO_WIDTH, "Removes characters without width where no script needs them.")

    def propose(self, text: str) -> Iterator[Replacement]:
        """
        Yield replacements for white space that is not one plain space, one line feed or one blank line.

        A run broken by a character without width is two runs until that is gone: the chain asks again.
        """
        beyond = "" if text.isascii() else _beyond_ascii(text)
        runs = self._untidy_runs(text, beyond)
        found = [*self._tidied(text, runs)] if runs else []
        if re.search(ZERO_WIDTHS, beyond):
            found += _zero_widths(text)
        found += (Replacement(at, at + len(end), f"{end} ", SENTENCE) for at, end in ends_of_sentences(text))
        found.sort()
        return iter(found)

    def settles(self, proposals: Iterable[Replacement]) -> bool:
        """
        Tell whether nothing is left to propose once these proposals are made.

        Where characters without width or blank lines go, what they held apart may come together, and where a space
        comes in, a line may get too long for verse.
        """
        return self._gap == "\n\n" and {proposal.rule for proposal in proposals}.isdisjoint((ZERO_WIDTH, SENTENCE))

    def _untidy_runs(self, text: str, beyond: str) -> list[tuple[int, int]]:
        """
        Return where the runs of white space are that hold something to tidy, in order.

        In most text there are none, and that is proved at the speed of a substring search. Every run without two
        spaces, a space beside a line feed, too many line feeds or an odd space is tidy, but at either end of a text.
        """
        places = [0] if text[:1] in ("\n", " ") else []
        if text[-1:] == " " or text.endswith("\n\n"):
            places.append(len(text) - 1)
        for untidy in ("  ", self._gap + "\n", *((" \n", "\n ") if _may_be_ragged(text) else ())):
            places += _places(text, untidy)
        if any(space in text for space in ASCII_ODD) or re.search(ANY_ODD, beyond):
            places += (found.start() for found in re.finditer(ANY_ODD, text))
        return _runs(text, sorted(places)) if places else []

    def _tidied(self, text: str, runs: list[tuple[int, int]]) -> Iterator[Replacement]:
        """Yield what to write in place of runs of white space."""
        verse = _Verse(text)
        for start, end in runs:
            spaces = text[start:end]
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


def _beyond_ascii(text: str) -> str:
    """Return what is left of a text without its ASCII: little, and enough to tell which characters it has."""
    return text.encode("utf-8", "surrogatepass").translate(None, ASCII).decode("utf-8", "surrogatepass")


def _may_be_ragged(text: str) -> bool:
    """Tell whether white space may stand at an end of a line: `strip` proves the contrary quicker than a search."""
    lines = text.split("\n")
    return list(map(str.strip, lines)) != lines


def _places(text: str, string: str) -> Iterator[int]:
    """Yield where a string stands, places that overlap left out."""
    at = text.find(string)
    while at >= 0:
        yield at
        at = text.find(string, at + len(string))


def _runs(text: str, places: list[int]) -> list[tuple[int, int]]:
    """Return the whole runs of white space that these places, in order, are in."""
    run = re.compile(SPACES)
    runs, reached = [], 0
    for place in places:
        if place < reached:
            continue
        start = place
        while start > reached and run.match(text, start - 1, start):
            start -= 1
        found = run.match(text, place)
        assert found
        reached = found.end()
        runs.append((start, reached))
    return runs


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
    line_end, right_to_left = -1, False
    for found in re.finditer(ZERO_WIDTHS, text):
        start, end = found.span()
        if start > line_end:
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            line = text[text.rfind("\n", 0, start) + 1 : line_end]
            right_to_left = re.search(NEED_DIRECTIONS, line) is not None
        needed = _needed(text[start - 1 : start] + text[end : end + 1], right_to_left)
        kept = "".join(c for c in found[0] if c in needed)
        if kept != found[0]:
            yield Replacement(start, end, kept, ZERO_WIDTH)


def _needed(beside: str, right_to_left: bool) -> str:
    """Return the characters without width that may stand between these two."""
    return (
        (JOINERS if re.search(NEED_JOINERS, beside) else "")
        + (WORD_BREAK if re.search(NEED_WORD_BREAKS, beside) else "")
        + (DIRECTIONS if right_to_left else "")
    )
