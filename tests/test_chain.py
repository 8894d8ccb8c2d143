"""The chain with members made for the purpose."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest

from newsclean.chain import Chain
from newsclean.edits import Replacement, Rule
from newsclean.errors import EditError


class Swap:
    """Replaces each match of a pattern."""

    def __init__(self, pattern: str, new: str, safe: bool = True) -> None:
        self.name = "swap"
        self.pattern, self.new, self.safe = re.compile(pattern), new, safe
        self.asked = 0

    def rules(self) -> Iterator[Rule]:
        """Yield its one rule."""
        yield Rule("swap/it", "Swaps.")

    def propose(self, text: str) -> Iterator[Replacement]:
        """Propose one replacement a match."""
        self.asked += 1
        return (Replacement(*m.span(), self.new, "swap/it", safe=self.safe) for m in self.pattern.finditer(text))


def test_clean_text_is_read_once_by_each_member() -> None:
    """A text that needs nothing costs one question a member and comes back as itself."""
    members = [Swap("x", "y"), Swap("z", "y")]
    text = "abc"
    assert Chain(members).explain(text).text is text
    assert [1, 1] == [member.asked for member in members]


def test_only_members_that_missed_the_last_change_are_asked_again() -> None:
    """After a change by the first of three, only the first is asked a second time."""
    members = [Swap("x", "y"), Swap("1", "2"), Swap("3", "4")]
    assert "y" == Chain(members).explain("x").text
    assert [2, 1, 1] == [member.asked for member in members]


class Settled(Swap):
    """Swaps, and proposes something by another rule, too; that settles it."""

    def propose(self, text: str) -> Iterator[Replacement]:
        """Propose what is asked, and to take out what the last character is."""
        yield from super().propose(text)
        if text.endswith("."):
            yield Replacement(len(text) - 1, len(text), "", "swap/end")

    def settles(self, proposals: Sequence[Replacement]) -> bool:
        """Tell that nothing is left."""
        return True


@pytest.mark.parametrize(("off", "asked"), [((), [1, 1]), (("swap/end",), [2, 1])])
def test_a_member_that_has_settled_is_not_asked_about_its_own_work(off: tuple[str, ...], asked: list[int]) -> None:
    """It counts as having seen its own change, unless some of what it proposed was passed over."""
    members = [Settled("x", "y"), Swap("1", "2")]
    assert "y" == Chain(members, off).explain("x.").text.rstrip(".")
    assert asked == [member.asked for member in members]


def test_a_change_that_makes_work_for_an_earlier_member_is_followed_up() -> None:
    """What a later member completes an earlier one still gets."""
    result = Chain([Swap("Advertisement", ""), Swap("Advertisment", "Advertisement")]).explain("An Advertisment.")
    assert "An ." == result.text
    assert ["Advertisment", "Advertisement"] == [part.before for part in result.edits[0].parts]


def test_a_text_that_does_not_settle_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    """Two members that undo each other for ever leave the text as it was, and the log says so."""
    with caplog.at_level(logging.WARNING, "newsclean"):
        result = Chain([Swap("a", "b"), Swap("b", "a")]).explain("a, b")
    assert ("a, b", (), ()) == result
    assert "did not settle" in caplog.text


def test_the_log_is_silent_unless_somebody_listens() -> None:
    """A warning of the library does not reach standard error by itself."""
    program = "from newsclean.log import warn; warn('heard by %s', 'nobody')"
    assert b"" == subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stderr


def test_changes_that_cancel_leave_no_edit() -> None:
    """Where the last text is the first one there is no edit, and the same object comes back."""

    class Once(Swap):
        """Proposes the first time it is asked only, so that the text can settle."""

        def propose(self, text: str) -> Iterator[Replacement]:
            return super().propose(text) if not self.asked else iter(())

    text = "a-c"
    result = Chain([Once("a", "b"), Once("b", "a")]).explain(text)
    assert result.text is text
    assert () == result.edits


def test_suggestions_have_their_place_in_the_original() -> None:
    """A suggestion is not applied; it quotes the original, even where an edit moved or touched it."""
    result = Chain([Swap("xx", ""), Swap("teh", "the", safe=False)]).explain("xx teh txxeh")
    assert " teh teh" == result.text
    assert [(3, 6, "teh", "the"), (7, 12, "txxeh", "the")] == [edit[:4] for edit in result.suggestions]


def test_a_rule_that_is_off_does_not_fire() -> None:
    """Proposals of a rule that is off are passed over."""
    assert "x" == Chain([Swap("x", "y")], off={"swap/it"}).explain("x").text


def test_a_member_that_breaks_the_contract_is_named() -> None:
    """Overlapping proposals raise, and the message names the normalizer."""

    class Broken(Swap):
        def propose(self, text: str) -> Iterator[Replacement]:
            yield Replacement(0, 2, "", "swap/it")
            yield Replacement(1, 3, "", "swap/it")

    with pytest.raises(EditError, match="normalizer swap: rule swap/it"):
        Chain([Broken("", "")]).explain("abcdef")
