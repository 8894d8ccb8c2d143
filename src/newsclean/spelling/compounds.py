"""
Compounds that have lost their ending: "home-grow" for "home-grown".

Both parts are words, so that only the compound tells. The list has compounds that end in a participle, and only such
as are no compounds without the ending: "two-tier" and "hand-pick" are, so "two-tiered" and "hand-picked" are not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsclean.spelling.document import Document
from newsclean.spelling.pieces import core
from newsclean.spelling.signs import compounds


def chopped(document: Document, doubts: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """
    Yield where a compound without its ending stands, what stands there, and the whole compound.

    >>> list(chopped(Document("against home-grow terror outfits"), [2]))
    [(8, 'home-grow', 'home-grown')]

    Args:
        document: The text.
        doubts: The places among its pieces at which to look.
    """
    found = set()
    for at in doubts:
        for first, short, whole in compounds().get(core(document.pieces[at]), ()):
            if first == document.beside(at)[0]:
                found |= {(place, short, whole) for place in document.places(short)}
    for place, short, whole in sorted(found):
        if not document.is_compounded(place, short):
            yield place, short, whole
