"""
The edit log: a line of JSON for each edit, as runs write it, and as the review page and undo read it.

    {"id": "a7", "row": 12, "column": "text", "rule": "typos/slip", "start": 4, "end": 7, "before": "teh",
     "after": "the", "score": 0.98, "note": "transposition", "context": ["By ", " sea"]}

`start` and `end` are of the original text, in code points. The context is what stood before and behind it there.
Where several rules made one edit, `rule` names them all, joined by " + ", and `parts` says what each did.
`"suggested": true` marks what was thought of and left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsclean.chain import Result
from newsclean.edits import Edit, Part
from newsclean.errors import InputError
from newsclean.files import lines

SUFFIX = ".edits.jsonl"
"""How the names of logs end."""

FIELDS = frozenset({"rule", "start", "end", "before", "after"})
"""What a line has, whatever wrote it."""

CONTEXT = 40
"""Characters on each side of an edit: half a line, enough to judge most corrections by."""


def log_lines(result: Result, original: str, **place: Any) -> Iterator[bytes]:
    """
    Yield the lines of the edit log for one text: its edits, then its suggestions.

    Args:
        result: What became of the text.
        original: The text before.
        place: Where it stands, such as `id`, put in front of each line.
    """
    for edit in result.edits:
        yield as_line(place | fields_of(edit, original))
    for edit in result.suggestions:
        yield as_line(place | fields_of(edit, original) | {"suggested": True})


def fields_of(edit: Edit, original: str) -> dict[str, Any]:
    """Return an edit as the fields of a line of the log."""
    start, end, before, after, parts = edit
    fields: dict[str, Any] = {
        "rule": " + ".join(dict.fromkeys(part.rule for part in parts)),
        "start": start,
        "end": end,
        "before": before,
        "after": after,
    }
    if len(parts) == 1 and (before, after) == parts[0][1:3]:
        fields |= _judgement(parts[0])
    else:
        fields["parts"] = [
            {"rule": part.rule, "before": part.before, "after": part.after} | _judgement(part) for part in parts
        ]
    fields["context"] = [original[max(start - CONTEXT, 0) : start], original[end : end + CONTEXT]]
    return fields


def edit_of(fields: Mapping[str, Any]) -> Edit:
    """
    Return the edit that a line of the log tells of.

    JSON joins the two halves of a character that stood apart in a text. They are parted again in `before`, whose
    length `start` and `end` give; nothing tells where they stood in `after`.

    >>> edit = Edit(0, 3, "teh", "the", (Part("typos/slip", "teh", "the", 0.98, "transposition"),))
    >>> edit_of(fields_of(edit, "teh cat")) == edit
    True
    """
    start, end, before, after = (fields[name] for name in ("start", "end", "before", "after"))
    parts = fields.get("parts", (fields,))
    if len(before) != end - start:  # JSON has joined the halves of a character, as which they stood in the text
        before = re.sub("[\U00010000-\U0010ffff]", _halves, before)
    return Edit(
        start,
        end,
        before,
        after,
        tuple(Part(p["rule"], p["before"], p["after"], p.get("score", 1.0), p.get("note", "")) for p in parts),
    )


def _halves(found: re.Match[str]) -> str:
    """Return a character as the two surrogates that UTF-16 writes it as."""
    data = found[0].encode("utf-16-be")
    return chr(int.from_bytes(data[:2])) + chr(int.from_bytes(data[2:]))


def _judgement(part: Part) -> dict[str, Any]:
    """Return how sure a rule was and why, where it says so."""
    return ({} if part.score == 1.0 else {"score": part.score}) | ({"note": part.note} if part.note else {})


def as_line(value: object) -> bytes:
    r"""
    Return a value as a line of JSON in UTF-8; halves of characters are escaped.

    >>> as_line({"half": "\udc80"})
    b'{"half": "\\udc80"}\n'
    """
    line = json.dumps(value, ensure_ascii=False) + "\n"
    try:
        return line.encode()
    except UnicodeEncodeError:
        return (json.dumps(value) + "\n").encode()


def rows(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """
    Yield the lines of an edit log with their numbers, from 1.

    Raises:
        InputError: If the file cannot be read, or a line is none of an edit log; the message says which.
    """
    for number, line in enumerate(lines(path), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{path}:{number}: is not JSON: {error}") from None
        if not _is_row(row):
            raise no_row(path, number)
        yield number, row


def is_log(path: str) -> bool:
    """
    Tell whether a file begins as an edit log does.

    Raises:
        InputError: If it cannot be read.
    """
    try:
        return _is_row(json.loads(next(iter(lines(path)), b"null")))
    except ValueError:
        return False


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and row.keys() >= FIELDS


def no_row(path: str, number: int) -> InputError:
    """Return what to raise for a line that is none of an edit log."""
    fields = ", ".join(sorted(FIELDS))
    return InputError(
        f"{path}:{number}: is no line of an edit log, which has {fields}: give the log as newsclean wrote it"
    )


def place_of(row: Mapping[str, Any]) -> str:
    """
    Return what a line of the log says of where its text stands: the fields in front of the rule.

    >>> place_of({"id": "a7", "row": 3, "rule": "typos/slip", "start": 4})
    'a7 3'
    """
    fields = list(row)
    return " ".join(str(row[name]) for name in fields[: fields.index("rule")])
