"""
Reports: what happened in many texts. Counts by rule, and the edit log, which has a line of JSON for each edit.

A line of the log:

    {"id": "a7", "row": 12, "column": "text", "rule": "typos/slip", "start": 4, "end": 7, "before": "teh",
     "after": "the", "score": 0.98, "note": "transposition", "context": ["By ", " sea"]}

`start` and `end` are of the original text, in code points. The context is what stood before and behind it there.
Where several rules made one edit, `rule` names them all, joined by " + ", and `parts` says what each did.
`"suggested": true` marks what was thought of and left alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from newsclean.chain import Result
from newsclean.edits import Edit, Part

CONTEXT = 40
"""Characters on each side of an edit: half a line, enough to judge most corrections by."""


class Counts:
    """
    How many texts, how many of them changed, how many edits, and how many by which rule.

    >>> counts = Counts()
    >>> counts.add(Result("a", (Edit(1, 2, " ", "", (Part("whitespace/line-end", " ", ""),)),), ()))
    >>> counts.as_dict()
    {'texts': 1, 'changed': 1, 'edits': 1, 'suggestions': 0, 'rules': {'whitespace/line-end': 1}}
    """

    def __init__(self) -> None:
        self.texts = self.changed = self.edits = self.suggestions = 0
        self.rules: Counter[str] = Counter()

    def add(self, result: Result) -> None:
        """Count the edits of a text. An edit of several parts counts for the rule of each."""
        self.texts += 1
        self.suggestions += len(result.suggestions)
        if result.edits:
            self.changed += 1
            self.edits += len(result.edits)
            self.rules.update(part.rule for edit in result.edits for part in edit.parts)

    def merge(self, other: Mapping[str, Any]) -> None:
        """Add what `as_dict` of other counts gave."""
        self.texts += other["texts"]
        self.changed += other["changed"]
        self.edits += other["edits"]
        self.suggestions += other["suggestions"]
        self.rules.update(other["rules"])

    def as_dict(self) -> dict[str, Any]:
        """Return the counts for JSON, the rules by how often they fired."""
        rules = dict(sorted(self.rules.items(), key=lambda item: (-item[1], item[0])))
        return {
            "texts": self.texts,
            "changed": self.changed,
            "edits": self.edits,
            "suggestions": self.suggestions,
            "rules": rules,
        }


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
