"""Every case of every table in tests/cases."""

import pytest

from newsclean import explain
from tests.cases import Case, cases

ALL = cases()


@pytest.mark.parametrize("case", ALL, ids=[case.id for case in ALL])
def test_case(case: Case) -> None:
    """A case comes out as its table says, with the edits it names, and needs nothing afterwards."""
    result = explain(case.text, case.options)
    assert case.clean == result.text
    if case.edits is not None:
        assert case.edits == [[edit.start, edit.end, edit.after] for edit in result.edits]
    if case.rules is not None:
        assert case.rules == [part.rule for edit in result.edits for part in edit.parts]
    if case.suggestions is not None:
        assert case.suggestions == [[edit.start, edit.end, edit.after] for edit in result.suggestions]
    assert () == explain(result.text, case.options).edits


def test_names_are_unique() -> None:
    """Each case has a name of its own."""
    assert sorted({case.id for case in ALL}) == sorted(case.id for case in ALL)
