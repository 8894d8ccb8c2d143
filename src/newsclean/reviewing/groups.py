"""
Groups: equal changes, counted together.

A reader judges "teh → the" once, however often it was made. A group is what one rule did to one wording; it has a
count, up to three contexts, the least score it was given, and the reasons to look at it before others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

CONTEXTS = 3
"""Contexts kept of a group: enough to tell a slip from a name."""

MOST_GROUPS = 100_000
"""Groups on a page. Nobody reads as many; of more, those are left out that are last in order."""

UNSURE = 0.97
"""A score below which a change counts as unsure: most rules are surer of most of what they do."""

RARE = 1000
"""A rule is rare that made less than one in this many of the changes."""

REASONS = {
    "capitalised": "begins with a capital and may be a name",
    "unsure": f"scored below {UNSURE:.2f}",
    "quoted": "stands in quotation marks and may be meant",
    "sentence": "reads like a sentence of the article",
    "rare": "comes from a rule that seldom fires",
}
"""Why a change is worth a look before others. The last weighs half as much as the others."""

REACH = 60
"""Characters of a context on each side: a line on paper."""

SPACES = ("whitespace", "line_breaks")
"""Stages whose changes are looked at last: they touch no word."""

LONG_SENTENCE = 8
"""Words from which a removed line that ends like a sentence is looked at."""

_OPEN = re.compile(r'(?:[“„«][^”“»„«]*|(?<!\w)"[^"]*)\Z')  # matches "“the " in "he said “the "
_CLOSE = re.compile(r'[^“„«"]*?[”“»"]')  # matches " sea”" in " sea”, he said"


class Context(NamedTuple):
    """What stood before and behind one of the changes, and in which text."""

    left: str
    right: str
    place: str


class Group:
    """What one rule did to one wording, however often."""

    __slots__ = (
        "after",
        "before",
        "contexts",
        "count",
        "is_quoted",
        "is_suggested",
        "note",
        "place",
        "rule",
        "score",
        "texts",
    )

    def __init__(self, rule: str, before: str, after: str, is_suggested: bool) -> None:
        self.rule, self.before, self.after, self.is_suggested = rule, before, after, is_suggested
        self.count = self.texts = 0
        self.score, self.note, self.place, self.is_quoted = 1.0, "", "", False
        self.contexts: list[Context] = []

    def add(self, context: Context, score: float, note: str, times: int = 1) -> None:
        """Count one more of these changes; more than one where only some of them are shown, each of another text."""
        self.texts += times if times > 1 else not self.count or context.place != self.place
        self.count += times
        self.place = context.place
        if score < self.score or not self.note:
            self.note = note
        self.score = min(self.score, score)
        self.is_quoted = self.is_quoted or bool(_OPEN.search(context.left) and _CLOSE.match(context.right))
        if len(self.contexts) < CONTEXTS and all(context[:2] != other[:2] for other in self.contexts):
            self.contexts.append(context)

    @property
    def key(self) -> tuple[str, str, str, bool]:
        """What all of its changes have in common."""
        return self.rule, self.before, self.after, self.is_suggested

    @property
    def kind(self) -> str:
        """The stage that the rule belongs to, which says what can be done about the change."""
        return self.rule.partition("/")[0]

    def reasons(self, share: float) -> list[str]:
        """
        Return why to look at this before others, of `REASONS`.

        Args:
            share: The part of all changes that the rule made.
        """
        is_typo, line = self.kind == "typos", self.before.strip()
        is_sentence = line.endswith((".", "!", "?")) and len(line.split()) >= LONG_SENTENCE
        holds = {
            "capitalised": is_typo and line[:1].isupper(),
            "unsure": self.score < UNSURE and not self.is_suggested,  # or it would have been made
            "quoted": is_typo and self.is_quoted,
            "sentence": self.kind == "prompts" and is_sentence,
            "rare": share < 1 / RARE and not self.is_suggested,
        }
        return [reason for reason, does_hold in holds.items() if does_hold]


class Groups:
    """
    Groups of the changes of many texts, gathered from lines of the edit log.

    >>> groups = Groups()
    >>> row = {"rule": "typos/slip", "start": 0, "end": 3, "before": "teh", "after": "the", "score": 0.98}
    >>> for place in "a.txt", "b.txt":
    ...     groups.add(row | {"context": ["", " cat"]}, place)
    >>> [(group.before, group.after, group.count, group.texts) for group, _ in groups.ranked()]
    [('teh', 'the', 2, 2)]
    """

    def __init__(self) -> None:
        self.rules: Counter[str] = Counter()
        self.edits = self.suggestions = self.changed = self.left_out = 0
        self._place = ""
        self._groups: dict[tuple[str, str, str, bool], Group] = {}

    def add(self, row: Mapping[str, Any], place: str) -> None:
        """
        Count an edit, as the log has it, of the text that stands at a place; texts come one after another.

        An edit of several parts counts in the group of each.
        """
        is_suggested = bool(row.get("suggested"))
        if not is_suggested:
            self.edits += 1
            self.changed += self.edits == 1 or place != self._place
            self._place = place
        self.suggestions += is_suggested
        left, right = row.get("context") or ("", "")
        whole = row["before"]
        for part in row.get("parts", (row,)):
            before = part["before"]
            at = max(whole.find(before), 0)  # a part that read what others left has the place of the edit
            front, behind = left + whole[:at], whole[at + len(before) :] + right
            inside = Context(front[-REACH:], behind[:REACH], place)
            self._add(part, inside, is_suggested, row.get("times", 1))
        if len(self._groups) > 2 * MOST_GROUPS:
            self.ranked()

    def _add(self, part: Mapping[str, Any], context: Context, is_suggested: bool, times: int) -> None:
        rule = part["rule"]
        if not is_suggested:
            self.rules[rule] += 1
        key = rule, part["before"], part["after"], is_suggested
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(*key)
        group.add(context, part.get("score", 1.0), part.get("note", ""), times)

    def ranked(self) -> list[tuple[Group, list[str]]]:
        """
        Return the groups and the reasons to look at them: changes first, by the weight of the reasons, then by count.

        Of more than `MOST_GROUPS` the last are let go, and what they counted is `left_out`.
        """
        total = sum(self.rules.values()) or 1
        rated = [(group, group.reasons(self.rules[group.rule] / total)) for group in self._groups.values()]
        rated.sort(key=lambda pair: _order(*pair))
        for group, _ in rated[MOST_GROUPS:]:
            self.left_out += group.count
            del self._groups[group.key]
        return rated[:MOST_GROUPS]


def _order(group: Group, reasons: list[str]) -> tuple[bool, int, bool, int, str, str, str]:
    weight = 2 * len(reasons) - ("rare" in reasons)
    return group.is_suggested, -weight, group.kind in SPACES, -group.count, group.rule, group.before, group.after
