"""
Compounds that have lost their ending: "home-grow" for "home-grown".

Both parts are words, so that only the compound tells. The list has compounds that end in a participle, and only such
as are no compounds without the ending: "two-tier" and "hand-pick" are, so "two-tiered" and "hand-picked" are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsclean import resources
from newsclean.spelling.document import Document

ENDINGS = "ed", "n", "d"


def chopped(document: Document) -> Iterator[tuple[int, str, str]]:
    """
    Yield where a compound without its ending stands, what stands there, and the whole compound.

    >>> list(chopped(Document("against home-grow terror outfits")))
    [(8, 'home-grow', 'home-grown')]
    """
    if not _tied().search(document.text):
        return
    whole, by_second = _whole()
    for second in sorted(_seconds() & document.pieces):
        for first, short in by_second[second] if f"-{second.decode()}" in document.text else ():
            for at in document.places(short) if first in document.words else ():
                if not document.is_compounded(at, short):
                    yield at, short, whole[short]


@cache
def _whole() -> tuple[dict[str, str], dict[bytes, list[tuple[bytes, str]]]]:
    """Return the compounds by what remains of them without their endings, and these by second word, with the first."""
    compounds = resources.entries("en/compounds.txt")
    chopped = ((c.removesuffix(ending), c) for c in compounds for ending in ENDINGS if c.endswith(ending))
    whole = {rest: compound for rest, compound in chopped if rest not in compounds}
    by_second: dict[bytes, list[tuple[bytes, str]]] = {}
    for short in whole:
        parts = short.encode().split(b"-")
        by_second.setdefault(parts[-1], []).append((parts[0], short))
    return whole, by_second


@cache
def _seconds() -> frozenset[bytes]:
    return frozenset(_whole()[1])


@cache
def _tied() -> re.Pattern[str]:
    """Return a pattern of what such compounds have behind their hyphens: most texts have none of it."""
    return re.compile(f"-(?:{'|'.join(sorted(second.decode() for second in _seconds()))})")
