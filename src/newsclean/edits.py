"""
What a change is, and the four things that can be done with a list of them.

A normalizer *proposes* `Replacement`s, with offsets in the text it was given.
The chain *records* them as `Edit`s, with offsets in the original text, however many normalizers came before.
Everything here is pure: no file, no pattern, no clock.

    record(text, replacements) -> edits        proposals become edits that quote what they change
    apply(text, edits) -> text                 replay
    compose(first, second) -> edits            two lists, one after the other, become one
    invert(edits) -> edits                     the way back

A list of edits is *canonical*: sorted, disjoint, never touching (at least one unchanged character stands between
two edits), and no edit leaves things as they were. `record` and `compose` return canonical lists; all four take them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from newsclean.errors import EditError


class Replacement(NamedTuple):
    """A proposal: replace `[start, end)` of the text the normalizer was given by `text`."""

    start: int
    end: int
    text: str
    rule: str
    score: float = 1.0
    note: str = ""
    safe: bool = True


class Part(NamedTuple):
    """What one rule did inside an edit. Counting, allowing and rejecting go by part."""

    rule: str
    before: str
    after: str
    score: float = 1.0
    note: str = ""


class Edit(NamedTuple):
    """A record: `[start, end)` of the ORIGINAL text read `before` and now reads `after`. Offsets are code points."""

    start: int
    end: int
    before: str
    after: str
    parts: tuple[Part, ...]


class Rule(NamedTuple):
    """Something that can fire: its public id and, in a sentence, what it does."""

    id: str
    does: str


Edits: TypeAlias = tuple[Edit, ...]


def record(text: str, replacements: Iterable[Replacement]) -> Edits:
    """
    Turn the proposals of one normalizer into canonical edits on the text it was given.

    Replacements that touch become one edit of several parts; those that change nothing are dropped.

    Args:
        text: The text the replacements were proposed for.
        replacements: Sorted and disjoint, offsets in `text`.

    Raises:
        EditError: If a replacement starts before the one in front of it ends, or reaches outside the text.

    >>> record("teh  cat", [Replacement(0, 3, "the", "typos/pair"), Replacement(3, 5, " ", "whitespace/run")])
    ... # doctest: +NORMALIZE_WHITESPACE
    (Edit(start=0, end=5, before='teh  ', after='the ',
          parts=(Part(rule='typos/pair', before='teh', after='the', score=1.0, note=''),
                 Part(rule='whitespace/run', before='  ', after=' ', score=1.0, note=''))),)
    """
    edits: list[Edit] = []
    reached = 0
    for start, end, after, rule, score, note, _ in replacements:
        if not reached <= start <= end <= len(text):
            raise EditError(
                f"rule {rule} proposed to replace [{start}, {end}) of a text of {len(text)} characters, "
                f"after one that reached {reached}: replacements must be sorted, disjoint and inside the text"
            )
        reached = end
        before = text[start:end]
        if before == after:
            continue
        part = Part(rule, before, after, score, note)
        if edits and edits[-1].end == start:
            last = edits.pop()
            edits.append(Edit(last.start, end, last.before + before, last.after + after, (*last.parts, part)))
        else:
            edits.append(Edit(start, end, before, after, (part,)))
    return tuple(edit for edit in edits if edit.before != edit.after)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """
    Replay edits on the text they were recorded for.

    Raises:
        EditError: If the text does not read `before` where an edit says it does: edits of another text are
            refused rather than applied.

    >>> apply("teh cat", [Edit(0, 3, "teh", "the", ())])
    'the cat'
    """
    pieces: list[str] = []
    at = 0
    for start, end, before, after, _ in edits:
        if start < at or text[start:end] != before:
            raise EditError(
                f"an edit of [{start}, {end}) expects {before!r} but the text has {text[start:end]!r} there: "
                "these edits belong to another text, or are out of order"
            )
        pieces += (text[at:start], after)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def invert(edits: Iterable[Edit]) -> Edits:
    """
    Turn edits from one text to another into the edits that lead back.

    >>> invert([Edit(0, 3, "the", "a", ()), Edit(4, 7, "cat", "dog", ())])
    (Edit(start=0, end=1, before='a', after='the', parts=()), Edit(start=2, end=5, before='dog', after='cat', parts=()))
    """
    back, drift = [], 0
    for start, end, before, after, parts in edits:
        undone = tuple(Part(rule, new, old, score, note) for rule, old, new, score, note in reversed(parts))
        back.append(Edit(start + drift, start + drift + len(after), after, before, undone))
        drift += len(after) - (end - start)
    return tuple(back)


def compose(first: Edits, second: Edits) -> Edits:
    """
    Join edits `first`, from a text to a middle one, with `second`, from the middle text to a third.

    Where edits of the two lists overlap or touch in the middle text they become one edit, with the parts of the
    first before the parts of the second. Cost: linear in the number of edits; the texts are not needed, since
    all that overlapping edits cover is quoted by one of them.

    >>> compose(record("a&amp;b", [Replacement(1, 6, "&", "encoding/entity")]),
    ...         record("a&b", [Replacement(1, 2, " and ", "typos/sign")]))[0][:4]
    (1, 6, '&amp;', ' and ')
    """
    if not first or not second:
        return first or second
    composed: list[Edit] = []
    drift = 0  # what leads from an original offset to the middle one, behind the last cluster
    for done, onward in _clusters(first, second):
        if not onward:
            (edit,) = done
        elif not done:
            (edit,) = _shifted(onward, -drift)
        else:
            edit = _joined(_shifted(invert(done), drift), onward, drift)
        if edit.before != edit.after:
            composed.append(edit)
        drift += sum(len(each.after) - len(each.before) for each in done)
    return tuple(composed)


def _joined(back: list[Edit], onward: list[Edit], drift: int) -> Edit:
    """Return one edit for a cluster: `back` leads from the middle text to the original, `onward` to the third."""
    start = min(back[0].start, onward[0].start)
    middle = _quoted_by(back, onward, start)
    before = apply(middle, _shifted(back, -start))
    after = apply(middle, _shifted(onward, -start))
    parts = tuple(part for edit in (*invert(back), *onward) for part in edit.parts)
    return Edit(start - drift, start - drift + len(before), before, after, parts)


def _clusters(first: Edits, second: Edits) -> Iterator[tuple[list[Edit], list[Edit]]]:
    """
    Group two lists of edits, one after the other, into clusters that overlap or touch in the text between them.

    Edits of one list never touch, so that a cluster of one list alone is a single edit.
    """
    spans = [(edit.start, edit.end, 1, edit) for edit in second]
    drift = 0
    for edit in first:
        start = edit.start + drift
        drift += len(edit.after) - len(edit.before)
        spans.append((start, edit.end + drift, 0, edit))
    spans.sort()
    cluster: tuple[list[Edit], list[Edit]] = ([], [])
    reach = -1
    for start, end, side, edit in spans:
        if start > reach >= 0:
            yield cluster
            cluster = ([], [])
        cluster[side].append(edit)
        reach = max(reach, end)
    yield cluster


def _quoted_by(some: Iterable[Edit], others: Iterable[Edit], start: int) -> str:
    """Return the text that the edits of one cluster quote between them, from `start` on."""
    pieces: list[str] = []
    at = start
    for edit in sorted((*some, *others)):
        if edit.end > at:
            pieces.append(edit.before[at - edit.start :])
            at = edit.end
    return "".join(pieces)


def _shifted(edits: Iterable[Edit], by: int) -> list[Edit]:
    return [edit._replace(start=edit.start + by, end=edit.end + by) for edit in edits]


class Offsets:
    """
    The way from an offset in one text to the same place in the other, both ways.

    Built once from a list of edits; each question then costs a binary search.
    A character that no edit touched maps to itself: `clean[to_clean(i)] == original[i]`, and the other way round.
    An offset inside an edit maps to the start of what stands there in the other text, or, where nothing stands
    there any more, to the place it was taken from. Offsets never change order.

    >>> offsets = Offsets(record("An  ad. News", [Replacement(2, 3, "", "r"), Replacement(3, 8, "", "r")]))
    >>> [offsets.to_clean(i) for i in (0, 1, 5, 8, 12)], offsets.to_original(2)
    ([0, 1, 2, 2, 6], 8)
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        edits = tuple(edits)
        self._original = [(edit.start, edit.end) for edit in edits]
        self._clean = [(edit.start, edit.end) for edit in invert(edits)]

    def to_original(self, offset: int) -> int:
        """Map an offset in the clean text to the original."""
        return _mapped(offset, self._clean, self._original)

    def to_clean(self, offset: int) -> int:
        """Map an offset in the original to the clean text."""
        return _mapped(offset, self._original, self._clean)


def _mapped(offset: int, here: list[tuple[int, int]], there: list[tuple[int, int]]) -> int:
    if offset < 0:
        raise IndexError(f"offset {offset} is negative: offsets count code points from the start of the text")
    last = bisect_right(here, offset, key=lambda span: span[0]) - 1
    if last < 0:
        return offset
    (_, here_end), (there_start, there_end) = here[last], there[last]
    return there_start if offset < here_end else there_end + offset - here_end
