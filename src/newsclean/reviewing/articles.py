"""Articles: texts cut where they were changed, for a view of before and after side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from newsclean.chain import Result
from newsclean.edits import Edit

MOST_CHARACTERS = 20_000_000
"""Characters of articles on a page: more would make it slow to open."""

Piece: TypeAlias = str | list[Any]
"""Text as it was; or what became of some: before, after, rule, and 1 where it is only suggested."""


def pieces(original: str, result: Result) -> list[Piece]:
    """
    Cut a text where it was changed.

    A suggestion that reaches into an edit is left out here: it says what both together would do.

    >>> from newsclean.edits import Replacement, record
    >>> pieces("teh cat", Result("the cat", record("teh cat", [Replacement(0, 3, "the", "typos/slip")]), ()))
    [['teh', 'the', 'typos/slip', 0], ' cat']
    """
    cut: list[Piece] = []
    at = 0
    for edit, is_suggested in _in_order(result):
        if original[at : edit.start]:
            cut.append(original[at : edit.start])
        rule = " + ".join(dict.fromkeys(part.rule for part in edit.parts))
        cut.append([edit.before, edit.after, rule, int(is_suggested)])
        at = edit.end
    return [*cut, original[at:]] if at < len(original) else cut


def _in_order(result: Result) -> Iterable[tuple[Edit, bool]]:
    marked = sorted([(edit, False) for edit in result.edits] + [(edit, True) for edit in result.suggestions])
    reached = 0
    for n, (edit, is_suggested) in enumerate(marked):
        follows = marked[n + 1][0].start if n + 1 < len(marked) else edit.end
        if edit.start < reached or (is_suggested and follows < edit.end):
            continue
        reached = edit.end
        yield edit, is_suggested


class Articles:
    """The articles of a page: those that something changed, until there are `MOST_CHARACTERS` of them."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self.texts = self.changed = self.left_out = 0
        self._characters = 0

    def add(self, name: str, original: str, result: Result) -> int | None:
        """Take in a text; return its number on the page, or None where it has no place there."""
        self.texts += 1
        self.changed += bool(result.edits)
        if not (result.edits or result.suggestions):
            return None
        if self._characters + len(original) > MOST_CHARACTERS:
            self.left_out += 1
            return None
        self._characters += len(original)
        self.rows.append([name, len(result.edits), pieces(original, result)])
        return len(self.rows) - 1
