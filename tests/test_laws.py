"""The laws of docs/architecture.md, over every normalizer in a chain of its own, and over the whole chain."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean import Cleaner, Options
from newsclean.chain import Result
from newsclean.edits import Edits, Offsets, apply, compose, invert, record
from newsclean.normalizers.whitespace import Whitespace, WhitespaceOptions
from newsclean.options import STAGES
from tests.texts import texts

CLEANERS = {**{stage: Cleaner(Options(only=(stage,))) for stage in STAGES}, "the whole chain": Cleaner()}

every_chain = pytest.mark.parametrize("cleaner", CLEANERS.values(), ids=CLEANERS)


def is_canonical(edits: Edits) -> bool:
    """Sorted, disjoint, not touching, and each changes something."""
    return all(one.end < other.start for one, other in pairwise(edits)) and all(
        edit.before != edit.after for edit in edits
    )


@every_chain
@given(text=texts)
def test_edits_replay_and_invert(cleaner: Cleaner, text: str) -> None:
    """Applying the edits to the original gives the text, inverting them gives the original back."""
    result = cleaner.explain(text)
    assert result.text == apply(text, result.edits)
    assert text == result.undo()
    assert result.edits == invert(invert(result.edits))


@every_chain
@given(text=texts)
def test_edits_quote_the_original(cleaner: Cleaner, text: str) -> None:
    """Edits and suggestions are canonical, and each quotes the original where it says."""
    result = cleaner.explain(text)
    for edits in (result.edits, result.suggestions):
        assert is_canonical(edits)
        assert [edit.before for edit in edits] == [text[edit.start : edit.end] for edit in edits]


@every_chain
@given(text=texts)
def test_cleaning_twice_equals_cleaning_once(cleaner: Cleaner, text: str) -> None:
    """Clean text needs nothing and comes back as the same object, with no edits."""
    once = cleaner.clean(text)
    twice = cleaner.explain(once)
    assert once == twice.text
    assert () == twice.edits
    assert twice.text is once


@given(text=texts)
def test_who_says_so_has_settled(text: str) -> None:
    """A member that says that its proposals settle it has none left once they are made."""
    for member in (Whitespace(), Whitespace(WhitespaceOptions(keep_no_break_spaces=True))):
        proposals = list(member.propose(text))
        if member.settles(proposals):
            assert [] == list(member.propose(apply(text, record(text, proposals))))


@every_chain
@given(text=texts)
def test_every_rule_that_fires_is_listed(cleaner: Cleaner, text: str) -> None:
    """`rules` names all that `propose` may name."""
    result = cleaner.explain(text)
    listed = {rule.id for member in cleaner._chain.normalizers for rule in member.rules()}
    assert {part.rule for edit in (*result.edits, *result.suggestions) for part in edit.parts} <= listed


@given(batch=st.lists(texts, max_size=6), seed=st.randoms())
def test_many_texts_are_cleaned_as_one(batch: list[str], seed: object) -> None:
    """The answer for a text does not depend on its batch, its place in it or what was cleaned before."""
    cleaner = CLEANERS["the whole chain"]
    alone = [cleaner.explain(text) for text in batch]
    shuffled = sorted(range(len(batch)), key=lambda i: (seed.random(), i))  # type: ignore[attr-defined]
    again = list(cleaner.explain_many(batch[i] for i in shuffled))
    assert [alone[i] for i in shuffled] == again


@given(text=texts)
def test_offsets_lead_to_the_same_character(text: str) -> None:
    """An untouched character has the same neighbour in both texts, and offsets keep their order."""
    result = CLEANERS["the whole chain"].explain(text)
    offsets = Offsets(result.edits)
    to_clean = [offsets.to_clean(i) for i in range(len(text) + 1)]
    assert to_clean == sorted(to_clean)
    assert to_clean[-1] == len(result.text)
    touched = {i for edit in result.edits for i in range(edit.start, edit.end)}
    for i in set(range(len(text))) - touched:
        assert text[i] == result.text[to_clean[i]]
        assert i == offsets.to_original(to_clean[i])


@given(first=texts)
def test_composing_with_the_way_back_is_nothing(first: str) -> None:
    """Edits followed by their inverse leave no edit."""
    result: Result = CLEANERS["the whole chain"].explain(first)
    assert () == compose(result.edits, invert(result.edits))
