"""Edits on their own: random replacements, stage after stage."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.diff import marked_html, unified_diff
from newsclean.edits import Edit, Edits, Replacement, apply, compose, invert, record
from newsclean.errors import EditError
from tests.test_laws import is_canonical

short_texts = st.text("ab\n", max_size=30)


@st.composite
def replacements(draw: st.DrawFn, text: str) -> list[Replacement]:
    """Sorted and disjoint replacements of a text, some of them touching, some changing nothing."""
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(marks[::2], marks[1::2], strict=False))
    return [
        Replacement(start, end, draw(st.text("abX\n", max_size=3)), f"r{n}")
        for n, (start, end) in enumerate(spans)
        if start < end or n == 0 or spans[n - 1][1] < start
    ]


@given(data=st.data(), text=short_texts, stages=st.integers(0, 4))
def test_composed_edits_equal_the_stages(data: st.DataObject, text: str, stages: int) -> None:
    """Edits composed over any number of stages replay, invert and stay canonical."""
    total: Edits = ()
    current = text
    for _ in range(stages):
        made = record(current, data.draw(replacements(current)))
        current = apply(current, made)
        total = compose(total, made)
    assert current == apply(text, total)
    assert text == apply(current, invert(total))
    assert is_canonical(total)


@given(data=st.data(), text=short_texts)
def test_a_diff_is_what_patch_reads(data: st.DataObject, text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """`patch` turns the original into the clean text by the diff."""
    made = record(text, data.draw(replacements(text)))
    diff = unified_diff(text, made, "a.txt")
    assert (apply(text, made) != text) == bool(diff)
    if diff:
        path = tmp_path_factory.mktemp("diff") / "a.txt"
        path.write_text(text)
        subprocess.run(["patch", "--silent", path.name], cwd=path.parent, input=diff.encode(), check=True)
        assert apply(text, made) == (path.read_text() if path.exists() else "")


def test_edits_of_another_text_are_refused() -> None:
    """Edits that do not find what they quote raise rather than damage."""
    with pytest.raises(EditError, match="expects 'teh' but the text has 'the'"):
        apply("the cat", [Edit(0, 3, "teh", "the", ())])


@pytest.mark.parametrize(
    "spans", [[(0, 2), (1, 3)], [(2, 3), (0, 1)], [(0, 9)], [(2, 1)], [(-1, 1)]], ids=str
)  # fmt: skip
def test_replacements_out_of_order_are_refused(spans: list[tuple[int, int]]) -> None:
    """A normalizer that proposes overlapping, unsorted or impossible spans is told so."""
    with pytest.raises(EditError, match="sorted, disjoint and inside"):
        record("abc", [Replacement(start, end, "x", "r") for start, end in spans])


def test_html_shows_hostile_text_as_text() -> None:
    """Nothing of the text or of a rule's name becomes a tag."""
    html = marked_html("<script>", record("<script>", [Replacement(0, 1, "<b>", 'r"><i>')]))
    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html
