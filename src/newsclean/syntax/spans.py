"""Spans of a text: what a parse found to be prose, and how spans join and leave room for each other."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Spans: TypeAlias = list[tuple[int, int]]


class Prose(NamedTuple):
    """What a parse found: the spans of prose, sorted and disjoint, and the structure round them."""

    spans: Spans
    structure: list[str]
    """What must be the same after editing, but for paragraphs that went as a whole."""
    paragraphs: dict[int, tuple[int, int]]
    """The paragraphs that hold nothing but text: the index of each in `structure`, and its span."""


def merged(spans: Spans) -> Spans:
    """
    Sort spans and join those that meet.

    >>> merged([(3, 5), (0, 2), (4, 9)])
    [(0, 2), (3, 9)]
    """
    out: Spans = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def without(spans: Spans, holes: Spans) -> Spans:
    """
    Take holes out of spans; both are sorted and disjoint.

    >>> without([(0, 9)], [(2, 3), (5, 20)])
    [(0, 2), (3, 5)]
    """
    out: Spans = []
    at = 0
    for start, end in spans:
        while at < len(holes) and holes[at][1] <= start:
            at += 1
        here = at
        while here < len(holes) and holes[here][0] < end:
            if holes[here][0] > start:
                out.append((start, holes[here][0]))
            start = max(start, holes[here][1])
            here += 1
        if start < end:
            out.append((start, end))
    return out


def between(text: str, spans: Spans) -> list[str]:
    """
    Return what stands before, between and behind spans, one piece more than there are spans.

    >>> between("abcdef", [(1, 2), (2, 5)])
    ['a', '', 'f']
    """
    starts = [*(start for start, _ in spans), len(text)]
    ends = [0, *(end for _, end in spans)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]
