"""What happened to many texts, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from newsclean.chain import Result


class Counts:
    """
    How many texts, how many of them changed, how many edits, and how many by which rule.

    >>> from newsclean.edits import Edit, Part
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
