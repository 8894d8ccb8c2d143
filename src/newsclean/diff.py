"""
Ways to show edits to people: a unified diff, and marked HTML.

Nothing is searched for: the edits say where the texts differ, so the cost is linear where a search is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsclean.edits import Edits

CONTEXT = 3
"""Unchanged lines shown around a change, as in other diffs."""


class _Block(NamedTuple):
    """Neighbouring whole lines that changed: `old` stood at line `at` (from 0) of the original, `new` replaces it."""

    at: int
    old: list[str]
    new: list[str]


def unified_diff(original: str, edits: Edits, name: str) -> str:
    r"""
    Return the edits of a text as a unified diff that `patch` accepts; empty where no line differs.

    Args:
        original: The text the edits were recorded for; lines end at line feeds alone.
        edits: Canonical edits.
        name: What the header calls the file.

    >>> from newsclean.edits import Replacement, record
    >>> print(unified_diff("teh\ncat\n", record("teh\ncat\n", [Replacement(0, 3, "the", "r")]), "a.txt"), end="")
    --- a.txt
    +++ a.txt (clean)
    @@ -1,2 +1,2 @@
    -teh
    +the
     cat
    """
    blocks = list(_blocks(original, edits))
    if not blocks:
        return ""
    lines = _lines(original)
    out = [f"--- {name}\n+++ {name} (clean)\n"]
    drift = 0
    for hunk in _hunks(blocks):
        first = max(0, hunk[0].at - CONTEXT)
        last = min(len(lines), hunk[-1].at + len(hunk[-1].old) + CONTEXT)
        body, at = [], first
        for block in hunk:
            body += [" " + line for line in lines[at : block.at]]
            body += ["-" + line for line in block.old] + ["+" + line for line in block.new]
            at = block.at + len(block.old)
        body += [" " + line for line in lines[at:last]]
        grown = sum(len(block.new) - len(block.old) for block in hunk)
        out.append(f"@@ -{_range(first, last - first)} +{_range(first + drift, last - first + grown)} @@\n")
        out += [line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in body]
        drift += grown
    return "".join(out)


def marked_html(original: str, edits: Edits) -> str:
    """
    Return the original as HTML, what went marked by `<del>`, what came by `<ins>`, the rules in a tooltip.

    >>> from newsclean.edits import Replacement, record
    >>> marked_html("teh <b>", record("teh <b>", [Replacement(0, 3, "the", "typos/pair")]))
    ... # doctest: +ELLIPSIS
    '<pre ...><del title="typos/pair">teh</del><ins title="typos/pair">the</ins> &lt;b&gt;</pre>'
    """
    from html import escape

    out, at = ['<pre style="white-space:pre-wrap">'], 0
    for start, end, before, after, parts in edits:
        why = escape(", ".join(dict.fromkeys(part.rule for part in parts)))
        out.append(escape(original[at:start]))
        out += [f'<{tag} title="{why}">{escape(t)}</{tag}>' for tag, t in (("del", before), ("ins", after)) if t]
        at = end
    out += [escape(original[at:]), "</pre>"]
    return "".join(out)


def _lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _range(first: int, count: int) -> str:
    """Write a range of lines as diffs do: from 1, the count left out where it is one, an empty range one earlier."""
    return f"{first + 1 if count else first}" + ("" if count == 1 else f",{count}")


def _blocks(original: str, edits: Edits) -> Iterator[_Block]:
    """Widen edits to whole lines and join those that meet."""
    at_line, counted_to = 0, 0
    i = 0
    while i < len(edits):
        start = original.rfind("\n", 0, edits[i].start) + 1
        pieces: list[str] = []
        at = start
        while True:
            pieces += (original[at : edits[i].start], edits[i].after)
            at = edits[i].end
            i += 1
            whole = (at == 0 or original[at - 1] == "\n") and (not (new := "".join(pieces[-2:])) or new[-1] == "\n")
            end = at if whole else original.find("\n", at) + 1 or len(original)
            if i == len(edits) or edits[i].start > end or (edits[i].start == end and whole):
                break
        pieces.append(original[at:end])
        at_line += original.count("\n", counted_to, start)
        counted_to = start
        block = _trimmed(at_line, _lines(original[start:end]), _lines("".join(pieces)))
        if block.old or block.new:  # edits can add up to the same line
            yield block


def _trimmed(at: int, old: list[str], new: list[str]) -> _Block:
    """Leave out the lines that are the same at both ends: an edit may reach over them."""
    while old and new and old[-1] == new[-1]:
        old.pop()
        new.pop()
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    return _Block(at + same, old[same:], new[same:])


def _hunks(blocks: list[_Block]) -> Iterator[list[_Block]]:
    """Group blocks that stand so close that their context would meet."""
    hunk = blocks[:1]
    for block in blocks[1:]:
        if block.at - (hunk[-1].at + len(hunk[-1].old)) > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    yield hunk
