"""Counts and the edit log."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean.chain import Result
from newsclean.editlog import as_line, edit_of, fields_of, log_lines
from newsclean.edits import Edit, Part, apply
from newsclean.report import Counts

any_text = st.text(st.characters(exclude_categories=()), max_size=8)
"""Text of any code points at all, halves of characters among them."""


@st.composite
def parts(draw: st.DrawFn) -> Part:
    """Draw what some rule did, as sure of it as it may be."""
    rule, score = draw(st.sampled_from(["typos/slip", "prompts/model", "a/b"])), draw(st.floats(0, 1))
    return Part(rule, draw(any_text), draw(any_text), score, draw(any_text))


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, Edit]:
    """Any text, with any edit of it: of one part, of several, or of none."""
    front, before, behind, after = (draw(any_text) for _ in range(4))
    alone = draw(parts())._replace(before=before, after=after)
    made = draw(st.one_of(st.just((alone,)), st.lists(parts(), max_size=3).map(tuple)))
    return front + before + behind, Edit(len(front), len(front) + len(before), before, after, made)


@given(edited())
def test_the_fields_of_an_edit_hold_all_of_it(case: tuple[str, Edit]) -> None:
    """An edit comes back from its fields as it was, whatever its text and its parts."""
    text, edit = case
    assert edit == edit_of(fields_of(edit, text))


@given(edited())
def test_a_line_of_the_log_is_json(case: tuple[str, Edit]) -> None:
    """A line is UTF-8 and JSON, ends at its only line feed, and holds what JSON can tell: joined halves are one."""
    text, edit = case
    line = as_line(fields_of(edit, text))
    assert line.endswith(b"\n")
    assert 1 == line.count(b"\n")
    assert json.loads(json.dumps(fields_of(edit, text))) == json.loads(line.decode())


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_the_log_replays(text: str) -> None:
    """The edits that the lines tell of lead from the original to the clean text."""
    result = newsclean.explain(text)
    rows = [json.loads(line) for line in log_lines(result, text)]
    edits = [edit_of(row) for row in rows if "suggested" not in row]
    if not any(_is_joined(edit.after) for edit in result.edits):
        assert result.text == apply(text, edits)


def test_halves_that_json_joins_are_parted_again() -> None:
    """The offsets tell that `before` was two halves; so the edit still applies to the text it was recorded for."""
    edit = Edit(1, 4, "\ud83d\ude00 ", " ", ())
    text = "a\ud83d\ude00 b"
    assert edit == edit_of(json.loads(as_line(fields_of(edit, text))))


def test_suggestions_are_flagged_and_edits_are_not() -> None:
    """Suggestions stand behind the edits of their text and say what they are; each line begins with its place."""
    made = Edit(0, 3, "teh", "the", (Part("typos/slip", "teh", "the", 0.98),))
    thought = Edit(4, 7, "cta", "cat", (Part("typos/slip", "cta", "cat", 0.6),))
    rows = [json.loads(line) for line in log_lines(Result("the cta", (made,), (thought,)), "teh cta", id="a", row=3)]
    assert [("teh", None), ("cta", True)] == [(row["before"], row.get("suggested")) for row in rows]
    assert [["id", "row", "rule"]] * 2 == [list(row)[:3] for row in rows]
    assert [["", " cta"], ["teh ", ""]] == [row["context"] for row in rows]


def test_counts_of_two_runs_add_up() -> None:
    """Counts merged from two halves are those of the whole; a rule that fires twice in one edit counts twice."""
    texts = ["Rain  fell.", "Sun .", "a  b  c", "clean"]
    results = [newsclean.explain(text) for text in texts]
    whole, first, second = Counts(), Counts(), Counts()
    for n, result in enumerate(results):
        whole.add(result)
        (first if n < 2 else second).add(result)
    first.merge(second.as_dict())
    assert whole.as_dict() == first.as_dict()
    assert 4 == whole.texts
    assert sum(len(result.edits) for result in results) == whole.edits
    assert list(whole.rules.values()) == sorted(whole.rules.values(), reverse=True)


def _is_joined(text: str) -> bool:
    return any("\ud800" <= a <= "\udbff" and "\udc00" <= b <= "\udfff" for a, b in pairwise(text))
