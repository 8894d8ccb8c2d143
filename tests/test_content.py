"""Content: what is not prose comes out as it went in, what is wrong in prose is mended."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean import Decoded, explain
from newsclean.files import explain_decoded
from newsclean.spelling.candidates import listed
from newsclean.spelling.pieces import pieces_of
from newsclean.spelling.vocabulary import vocabulary
from newsclean.syntax.content import CONTENT, Content
from newsclean.syntax.listed import MANY, Screen, may_have

HERE = Path(__file__).parent / "cases" / "content"
SYNTAX = {"md": "markdown", "mdx": "mdx", "html": "html", "text": "text"}
DEFECT = re.compile("⟦(.*?)→(.*?)⟧", re.DOTALL)
ESCAPES = {"\\n": "\n", "\\r": "\r", "\\t": "\t", "\\\\": "\\"}


def rows(name: str) -> list[tuple[str, str]]:
    """Return the rows of a table: syntax and text."""
    lines = [line for line in (HERE / name).read_text().split("\n") if line and not line.startswith("#")]
    pairs = (line.split("\t", 1) for line in lines)
    return [(SYNTAX[name], re.sub(r"\\[nrt\\]", lambda m: ESCAPES[m[0]], text)) for name, text in pairs]


TRAPS, DEFECTS = rows("traps.txt"), rows("defects.txt")


@cache
def content(syntax: str) -> Content:
    return Content(syntax)


def cleaned(text: str, syntax: str) -> str:
    result = explain_decoded(content(syntax).explain, Decoded(text, "utf-8", b"", "declared"), keep_breaks=True)
    assert text == result.undo()
    return result.text


@pytest.mark.parametrize(("syntax", "text"), TRAPS, ids=range(len(TRAPS)))
def test_a_trap_is_not_touched(syntax: str, text: str) -> None:
    """What only looks like prose comes out as it went in."""
    assert text == cleaned(text, syntax)


def test_there_are_enough_traps_and_they_are_traps() -> None:
    """More than the tables must have; and taken for plain text, many rows of traps would be changed."""
    assert len(TRAPS) >= 200
    assert len(DEFECTS) >= 120
    touched = sum(bool(explain(text).edits) for _, text in TRAPS)
    assert touched >= 80


@pytest.mark.parametrize(("syntax", "text"), DEFECTS, ids=range(len(DEFECTS)))
def test_a_defect_is_mended(syntax: str, text: str) -> None:
    """What is wrong in prose is mended, and nothing else is changed; the second time there is nothing to do."""
    wrong, right = (DEFECT.sub(rf"\{group}", text) for group in (1, 2))
    clean = cleaned(wrong, syntax)
    assert right == clean
    assert clean == cleaned(clean, syntax)


def test_what_only_the_model_takes_for_a_prompt_is_no_finding() -> None:
    """An entry of a list that a page of news would have as a link is text here, unless somebody asks for the model."""
    text = "# The plan\n\nIt rained on the town, and nobody came.\n\n- Share the plan\n- Sign up for more\n"
    wanted = CONTENT._replace(prompts=CONTENT.prompts._replace(strength="safe"))
    rules = [
        {part.rule for edit in Content("markdown", options).explain(text).suggestions for part in edit.parts}
        for options in (CONTENT, wanted)
    ]
    assert "prompts/model" not in rules[0]
    assert "prompts/model" in rules[1]


@given(st.sets(st.sampled_from(["goverment", "Goverment's", "parliment", "the", "Ünï", "it's", "GOVERMENT", "'teh'"])))
def test_the_list_read_at_once_misses_no_word_that_is_looked_up(words: set[str]) -> None:
    """What the quick look lets through holds all that is listed, whatever the case, the apostrophes and the rest."""
    pieces = set(pieces_of(" ".join(words)))
    assert may_have(pieces) >= any(listed(word.lower()) for word in vocabulary().unknown(pieces))


def test_a_long_run_finds_what_a_short_one_finds() -> None:
    """Many texts later the answer is the same, though it is come by otherwise."""
    screen = Screen()
    for number in range(MANY):
        assert not screen.finds(f"The council met {number} times.")
    assert screen.finds("The goverment met.")
    assert not screen.finds("The government met.")


def test_an_edit_that_would_change_more_than_prose_is_left_out_and_told() -> None:
    """A label that is the text of its link, say: the edit comes back as a suggestion that tells why."""
    text = "The **a\u200b** b.\n\n1\u200b. The goverment met.\n"
    result = Content("markdown").explain(text)
    assert "\n\n1\u200b. The government met.\n" in result.text
    assert ["left out: it would change more than prose"] == [p.note for s in result.suggestions for p in s.parts]
