"""
The chain: it runs normalizers over a text, applies what they propose and keeps the record.

It names no normalizer. Anything with a `name` and a `propose` can be a member; `options` builds the usual one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from newsclean.edits import Edits, Offsets, Replacement, Rule, apply, compose, invert, record
from newsclean.errors import EditError
from newsclean.log import warn

ROUNDS = 4
"""How often a text goes round the chain before it counts as one that will not settle."""


class Normalizer(Protocol):
    """
    A member of a chain: it reads a text and proposes replacements. It never sees the chain, a file or a clock.

    It may also have a `settles(proposals)`, which tells whether it has nothing to propose for a text in which all of
    these, its proposals for it, are made: then it is not asked about its own work again.
    """

    @property
    def name(self) -> str:
        """The stage, and the first part of the id of each of its rules."""

    def rules(self) -> Iterator[Rule]:
        """Yield every rule that `propose` may name."""

    def propose(self, text: str) -> Iterator[Replacement]:
        """
        Yield replacements, sorted and disjoint, with offsets in `text`.

        What it yields depends on `text` alone. The same text must always get the same answer.
        """


class Result(NamedTuple):
    """
    One text, cleaned: the text, what was changed to get there, and what was thought of but left alone.

    Both lists have their offsets in the original text and are sorted and disjoint.
    """

    text: str
    edits: Edits
    suggestions: Edits

    def undo(self) -> str:
        """Return the original text, character for character."""
        return apply(self.text, invert(self.edits))

    def to_original(self, offset: int) -> int:
        """Map an offset in `text` to the original; see `offsets`, which is faster for many."""
        return self.offsets().to_original(offset)

    def to_clean(self, offset: int) -> int:
        """Map an offset in the original to `text`; see `offsets`, which is faster for many."""
        return self.offsets().to_clean(offset)

    def offsets(self) -> Offsets:
        """Return the map between the two texts, built once for any number of questions."""
        return Offsets(self.edits)

    def diff(self, name: str = "text") -> str:
        r"""
        Return the change as a unified diff, empty where nothing changed.

        >>> print(Chain([]).explain("a").diff(), end="")
        """
        from newsclean.diff import unified_diff

        return unified_diff(self.undo(), self.edits, name)

    def _repr_html_(self) -> str:
        """Show the original in a notebook with every change marked, and why on hover."""
        from newsclean.diff import marked_html

        return marked_html(self.undo(), self.edits)


class Chain:
    """
    Normalizers in their order, run as one.

    >>> class Shout:
    ...     name = "shout"
    ...     def rules(self):
    ...         yield Rule("shout/up", "Writes letters large.")
    ...     def propose(self, text):
    ...         return (Replacement(i, i + 1, c.upper(), "shout/up") for i, c in enumerate(text) if c.islower())
    >>> Chain([Shout()]).explain("I am").text
    'I AM'

    Args:
        normalizers: The members, in the order in which they see a text.
        off: Ids of rules whose proposals are to be passed over.
    """

    def __init__(self, normalizers: Iterable[Normalizer], off: Container[str] = ()) -> None:
        self.normalizers = tuple(normalizers)
        self.off = off
        self._settles = [getattr(member, "settles", _never) for member in self.normalizers]

    def explain(self, text: str) -> Result:
        """
        Clean a text and tell every change.

        The members form a ring, and the text goes round until each of them, in a row, has nothing left to propose.
        So cleaning twice equals cleaning once, a text that needs nothing is read once by each member, and only
        members that have not seen the last change are asked again; nor is the one that made it, if that settles it.
        A text that has not settled after `ROUNDS` rounds is in doubt: it comes back as it was, without edits.

        Raises:
            EditError: If a member proposes replacements that overlap, are out of order or reach outside the text.
        """
        members = self.normalizers
        current = text
        edits: Edits = ()
        suggested: list[list[Replacement]] = [[] for _ in members]
        quiet = 0
        for turn in range(ROUNDS * len(members)):
            member = turn % len(members)
            found = [*members[member].propose(current)]
            proposals = [p for p in found if p.rule not in self.off]
            made = _recorded(members[member], current, [p for p in proposals if p.safe]) if proposals else ()
            suggested[member] = [p for p in proposals if not p.safe]
            if made:
                current, edits, quiet = apply(current, made), compose(edits, made), 0
            if not made or (len(proposals) == len(found) and self._settles[member](proposals)):
                quiet += 1
            if quiet == len(members):
                break
        if quiet < len(members):
            warn(
                "a text of %d characters, beginning %.40r, did not settle after %d rounds and was left as it was",
                len(text),
                text,
                ROUNDS,
            )
            return Result(text, (), ())
        return Result(current if edits else text, edits, _placed(current, suggested, edits))


def _never(proposals: Sequence[Replacement]) -> bool:
    """Tell that a member may have more to propose."""
    return False


def _recorded(member: Normalizer, text: str, replacements: list[Replacement]) -> Edits:
    try:
        return record(text, replacements)
    except EditError as error:
        raise EditError(f"normalizer {member.name}: {error}") from None


def _placed(text: str, suggested: list[list[Replacement]], edits: Edits) -> Edits:
    """
    Give suggestions their place in the original text.

    Once a text has settled every member has read the same last text, so all offsets are of that one.
    Of two suggestions for one place the earlier member's stands.
    A suggestion that meets an edit becomes the larger edit that would do both.
    """
    if not any(suggested):
        return ()
    kept: list[Replacement] = []
    for suggestion in sorted((s for each in suggested for s in each), key=lambda s: s[:2]):
        if not kept or suggestion.start > kept[-1].end:
            kept.append(suggestion)
    made = set(edits)
    return tuple(edit for edit in compose(edits, record(text, kept)) if edit not in made)
