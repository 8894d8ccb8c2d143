"""
Whether anything may be wrong beside one of the `signs` of a text: the look that nearly every text leaves it at.

It goes by the pieces next to a sign alone. Who finds something with them looks at the text itself.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import cache
from typing import NamedTuple

from newsclean.spelling.document import Document
from newsclean.spelling.phrases import may_take_a
from newsclean.spelling.pieces import core
from newsclean.spelling.signs import AN, LETTERS, company, compounds
from newsclean.spelling.splits import may_begin


def doubts(document: Document) -> list[int]:
    """
    Return the places of the signs that have something beside them with which they may be wrong.

    >>> [doubts(Document(text)) for text in ("The prime minster", "York minster", "T he plan", "Mr T")]
    [[2], [], [0], []]
    """
    pieces, around, found = [*document.pieces, b""], _around(), []
    for at in document.signs:
        before, behind = around[pieces[at]]
        if core(pieces[at + 1]) in behind or core(pieces[at - 1]) in before:
            found.append(at)
    return found


class Around(NamedTuple):
    """What calls for a closer look before a sign, and behind it, without marks beside it."""

    before: Container[bytes]
    behind: Container[bytes]


class _Around(dict[bytes, Around]):
    """What calls for a closer look around each sign, as a text has the sign among its pieces."""

    def __missing__(self, piece: bytes) -> Around:
        sign = core(piece)
        before, behind = company(sign)
        firsts = {first for first, *_ in compounds().get(sign, ())}
        asked = may_begin if sign in LETTERS else may_take_a if sign == AN else None
        self[piece] = around = Around({*before, *firsts}, _Asked(asked, sign) if asked else behind)
        return around


class _Asked:
    """The pieces of which a question about a sign and a piece behind it is answered with yes."""

    def __init__(self, question: Callable[[bytes, bytes], bool], sign: bytes) -> None:
        self._question = question
        self._sign = sign

    def __contains__(self, piece: object) -> bool:
        return isinstance(piece, bytes) and self._question(self._sign, piece)


@cache
def _around() -> _Around:
    return _Around()
