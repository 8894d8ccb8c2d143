"""The first stage: one kind of line break, so that every later one may trust that lines end at a line feed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.edits import Replacement, Rule

CRLF, CR, STYLE = "line_breaks/crlf", "line_breaks/cr", "line_breaks/style"

RETURN = "\r\n?"  # matches "\r\n", and "\r" alone


class LineBreaks:
    r"""
    Writes carriage returns, with or without a line feed, as a line feed.

    Leaves the breaks of Unicode (next line, line separator, paragraph separator) alone: at this point they may be
    the middle of a character that was decoded wrongly, so they wait for the encoding stage.

    Source: repairing encoding before this is not idempotent, since ftfy cuts lines before it mends their breaks.

    >>> [r[:3] for r in LineBreaks().propose("one\r\ntwo\r")]
    [(3, 5, '\n'), (8, 9, '\n')]
    """

    name = "line_breaks"

    def rules(self) -> Iterator[Rule]:
        """Yield the rules."""
        yield Rule(CRLF, "Writes a carriage return and line feed as a line feed.")
        yield Rule(CR, "Writes a lone carriage return as a line feed.")
        yield Rule(STYLE, "In a file, writes line breaks as most of its lines have them.")

    def propose(self, text: str) -> Iterator[Replacement]:
        """Yield one replacement for each break that is not a line feed."""
        if "\r" not in text:
            return
        for found in re.finditer(RETURN, text):
            yield Replacement(*found.span(), "\n", CRLF if found.end() - found.start() == 2 else CR)
