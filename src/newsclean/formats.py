"""Findings, one for what each rule did, and how they are written: text, JSON lines, SARIF, annotations of GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from newsclean.chain import Result
from newsclean.edits import Edit, Part
from newsclean.syntax.prose import syntax_of

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

FORMATS = ("text", "json", "sarif", "github")


class Finding(NamedTuple):
    """One finding; lines and columns count from 1, columns in code points, the end is the place behind it."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    before: str
    after: str
    note: str
    is_suggested: bool
    context: str
    """The line that it begins in."""
    score: float = 1.0
    """How probable it is that the change is right, by the rule's own account."""

    def __str__(self) -> str:
        mark, note = " (suggested)" if self.is_suggested else "", f" ({self.note})" if self.note else ""
        place = f"{visible(self.path)}:{self.line}:{self.column}"
        return f"{place}: {self.rule}{mark}: {self.before!r} -> {self.after!r}{note}"


def findings(path: str, result: Result, suggestions: bool = False) -> Iterator[Finding]:
    """
    Yield what each rule did, in the order of the text.

    >>> from newsclean.edits import Replacement, record
    >>> result = Result("the cat", record("teh cat", [Replacement(0, 3, "the", "typos/listed")]), ())
    >>> print(*findings("a.txt", result))
    a.txt:1:1: typos/listed: 'teh' -> 'the'
    """
    text = result.undo()
    line, column, at = 1, 1, 0
    marked = [(edit, False) for edit in result.edits]
    if suggestions:
        marked += [(edit, True) for edit in result.suggestions]
    for edit, is_suggested in sorted(marked):
        line, column = _moved(text, at, edit.start, line, column)
        at = edit.start
        for inside, part in sorted(_placed(edit), key=itemgetter(0)):
            here, there = _moved(text, at, inside, line, column)
            end = _moved(text, inside, min(inside + len(part.before), edit.end), here, there)
            first, last = text.rfind("\n", 0, inside) + 1, text.find("\n", inside)
            context = text[first : last if last >= 0 else len(text)]
            yield Finding(
                path,
                here,
                there,
                *end,
                part.rule,
                part.before,
                part.after,
                part.note,
                is_suggested,
                context,
                part.score,
            )


def _placed(edit: Edit) -> Iterator[tuple[int, Part]]:
    """Yield the parts of an edit with their places; one that read what others left has the place of the edit."""
    return ((edit.start + max(edit.before.find(part.before), 0), part) for part in edit.parts)


def _moved(text: str, start: int, end: int, line: int, column: int) -> tuple[int, int]:
    """Move a position, counted from 1 in lines and code points, from one offset to another."""
    passed = text[start:end]
    breaks = passed.count("\n") + passed.count("\r") - passed.count("\r\n")
    if not breaks:
        return line, column + len(passed)
    return line + breaks, len(passed) - max(passed.rfind("\n"), passed.rfind("\r"))


WINDOW = 60
"""Characters of a line that are shown on each side of a finding: together they fit a terminal."""


CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that order a terminal about, or that it cannot show."""


def underlined(finding: Finding) -> str:
    r"""
    Return a finding with its line, underlined, and how to silence it.

    >>> print(underlined(Finding("a", 1, 5, 1, 8, "typos/listed", "teh", "the", "", False, "See teh cat")))
    a:1:5: typos/listed: 'teh' -> 'the'
        See teh cat
            ^^^
        to keep it: allow the word (--add-allowed), or --off typos/listed
    """
    front, marked, behind = window(finding)
    gap = "".join("\t" if c == "\t" else " " * _columns(c) for c in front)
    line, mark = front + marked + behind, gap + "^" * max(1, sum(map(_columns, marked)))
    return f"{finding}\n    {line}\n    {mark}\n    to keep it: {silencing(finding)}"


def window(finding: Finding) -> tuple[str, str, str]:
    """
    Return what of its line stands before a finding, in it, and behind it; of a long line only what is near.

    Controls are replaced: they would be orders to a terminal.

    >>> window(Finding("a", 1, 5, 1, 8, "typos/listed", "teh", "the", "", False, "See teh cat"))
    ('See ', 'teh', ' cat')
    """
    line, start = CONTROLS.sub("\N{REPLACEMENT CHARACTER}", finding.context.rstrip("\r")), finding.column - 1
    end = min(start + len(finding.before.rstrip("\r\n")), len(line))
    first, last = max(0, start - WINDOW), end + WINDOW
    marked = line[start:end] if end - start <= 2 * WINDOW else line[start : start + 2 * WINDOW] + "…"
    return "…" * (first > 0) + line[first:start], marked, line[end:last] + "…" * (last < len(line))


COMMENTS = {"text": "# newsclean: {}", "mdx": "{{/* newsclean: {} */}}"}
"""How a file tells newsclean something, by its syntax, where it is no comment of HTML."""


def silencing(finding: Finding) -> str:
    """
    Say how to keep a text as it is where a rule finds something.

    >>> print(silencing(Finding("a.mdx", 1, 5, 1, 7, "whitespace/run", "  ", " ", "", False, "See  teh cat")))
    --off whitespace/run, or {/* newsclean: ignore-next-line */} above it
    """
    if finding.rule.startswith("typos/"):
        return f"allow the word (--add-allowed), or --off {finding.rule}"
    switch = COMMENTS.get(syntax_of(finding.path), "<!-- newsclean: {} -->").format("ignore-next-line")
    comment = f"--off {finding.rule}" + f", or {switch} above it" * (finding.path != "-")
    line = finding.before.strip()
    return f"prompts.allowed = [{toml_string(line)}], {comment}" if finding.rule.startswith("prompts/") else comment


def toml_string(text: str) -> str:
    r"""
    Return a string as TOML has it.

    >>> toml_string('say "hi"\x7f')
    '"say \\"hi\\"\\u007f"'
    """
    from json import dumps

    return dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _columns(character: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if character < "\u0300":
        return 1
    from unicodedata import combining, east_asian_width  # most lines never need it

    return 0 if combining(character) else 1 + (east_asian_width(character) in "WF")


def visible(text: str) -> str:
    r"""
    Write control characters as escapes: names of files may have them, and a terminal would obey.

    >>> visible("a\nb\x1b[31m.md")
    'a\\nb\\x1b[31m.md'
    """
    return "".join(repr(c)[1:-1] if (c < " " or "\x7f" <= c < "\xa0") else c for c in text)


def json_line(finding: Finding) -> str:
    """
    Return a finding as one line of JSON; offsets are left to the edit log.

    Bytes of a name that are not UTF-8 are escaped as Python does (PEP 383), so that the file can be found by it.
    """
    from json import dumps

    return dumps({key: value for key, value in finding._asdict().items() if key != "context"})


def annotation(finding: Finding) -> str:
    """
    Return a finding as a command of GitHub's workflows.

    >>> annotation(Finding("a,b.md", 1, 5, 1, 8, "typos/listed", "teh", "the", "", False, ""))
    "::warning file=a%2Cb.md,line=1,col=5,endLine=1,endColumn=8,title=typos/listed::'teh' -> 'the'"
    """
    place = f"line={finding.line},col={finding.column},endLine={finding.end_line},endColumn={finding.end_column}"
    name = _escaped(finding.path).replace(":", "%3A").replace(",", "%2C")
    message = _escaped(f"{finding.before!r} -> {finding.after!r}" + (f" ({finding.note})" if finding.note else ""))
    return f"::warning file={name},{place},title={finding.rule}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def sarif(found: Iterable[Finding], version: str) -> str:
    """Return findings as a log of SARIF 2.1.0; columns count code points, and each finding carries its fix."""
    from json import dumps

    rows = list(found)
    rules = sorted({finding.rule for finding in rows})
    results = []
    for finding in rows:
        region = {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
        }
        place = {"uri": _quoted(finding.path)}
        results.append(
            {
                "ruleId": finding.rule,
                "ruleIndex": rules.index(finding.rule),
                "level": "note" if finding.is_suggested else "warning",
                "message": {"text": f"{finding.before!r} -> {finding.after!r}"},
                "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
                "fixes": [
                    {
                        "artifactChanges": [
                            {
                                "artifactLocation": place,
                                "replacements": [{"deletedRegion": region, "insertedContent": {"text": finding.after}}],
                            }
                        ]
                    }
                ],
            }
        )
    driver = {"name": "newsclean", "version": version, "rules": [{"id": rule} for rule in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _quoted(path: str) -> str:
    """
    Write a path as a URI has it.

    >>> _quoted("a b/é.md")
    'a%20b/%C3%A9.md'
    """
    data = path.encode("utf-8", "surrogateescape")
    return "".join(chr(b) if (chr(b).isalnum() and b < 128) or b in b"/-._~" else f"%{b:02X}" for b in data)
