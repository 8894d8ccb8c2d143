"""
Words that are right and tell that something beside them may not be: where a text is to be looked at more closely.

"minster" in "prime minster", "grow" in "home-grow", the letter in "T he", "an" in "after an year". Each is looked for
as a piece of a text, so all are found in the one look that finds the unknown words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsclean import resources
from newsclean.spelling.pieces import CONTINUED, core

AN = b"an"

LETTERS = frozenset(b"BCDEFGHJKLMNOPQRSTUVWXYZbcdefghjklmnopqrtuvwxyz"[i : i + 1] for i in range(47))
"""Letters that are no words: all but "a", "i" and the "s" that has lost its apostrophe."""

STARRED = re.compile(r"\*([^\s-]+)")  # matches "*minster" in "prime *minster"

ENDINGS = "ed", "n", "d"
"""What a participle has lost that ends a compound."""


def is_sign(piece: bytes) -> bool:
    r"""
    Tell whether a piece of a text is a sign, whatever mark may be left beside the word.

    >>> [is_sign(piece) for piece in (b"minster", b"\x80\x9cminster's", b"T", b"minister")]
    [True, True, True, False]
    """
    if piece in _signs():
        return True
    if piece.isalpha():
        return False
    word = piece.lstrip(CONTINUED).strip(b"'")
    return word in _signs() or word.removesuffix(b"'s") in _signs()


@cache
def _signs() -> frozenset[bytes]:
    starred = {sign for word in STARRED.findall("\n".join(_list())) for sign in (word, _capitalised(word))}
    return frozenset({AN, *LETTERS, *compounds(), *map(_piece, starred)})


class Company(NamedTuple):
    """The phrases of a sign by the word before it, and by the one behind it."""

    before: dict[bytes, list[Phrase]]
    behind: dict[bytes, list[Phrase]]


@cache
def company(sign: bytes) -> Company:
    """
    Return what is wrong with a sign beside which words, all of them as `core` has them.

    >>> [phrase.wrong for phrase in company(b"minster").before[b"prime"]]
    ['prime minster']
    """
    found = Company({}, {})
    for phrase in (phrase for line in _lines().get(sign.lower(), ()) for phrase in forms(line)):
        if core(_piece(phrase.sign)) == sign:
            beside = found.before if phrase.is_behind else found.behind
            beside.setdefault(core(_piece(phrase.neighbour)), []).append(phrase)
    return found


@cache
def _lines() -> dict[bytes, list[str]]:
    """Return the lines of the list of phrases by the word that has the star: most are never read."""
    lines: dict[bytes, list[str]] = {}
    for word, line in zip(STARRED.findall("\n".join(_list())), _list(), strict=True):
        lines.setdefault(core(_piece(word)).lower(), []).append(line)
    return lines


def _list() -> tuple[str, ...]:
    return resources.entries("en/phrases.tsv")


class Phrase(NamedTuple):
    """What is wrong and what was meant; the sign in it, and whether it stands behind a neighbour or before it."""

    sign: str
    neighbour: str
    is_behind: bool
    wrong: str
    right: str


def forms(line: str) -> Iterator[Phrase]:
    r"""
    Yield the phrase of a line of the list, and what is in lower case there with capitals, too.

    Of two neighbours the longer one tells more.

    >>> [phrase.wrong for phrase in forms("prime *minster\tprime minister")]
    ['prime minster', 'Prime minster', 'Prime Minster']
    """
    starred, right = line.split("\t")
    wrong, words = starred.replace("*", ""), starred.replace("-", " ").split(" ")
    place = next(place for place, word in enumerate(words) if word[0] == "*")
    others = [other for other in (place - 1, place + 1) if 0 <= other < len(words)]
    other = max(others, key=lambda other: len(words[other]))
    sign, neighbour, is_behind = words[place][1:], words[other], other < place
    yield Phrase(sign, neighbour, is_behind, wrong, right)
    if wrong.islower():
        heads = _capitalised(sign), _capitalised(neighbour)
        first = sign if place else heads[0], neighbour if other else heads[1]
        yield Phrase(*first, is_behind, _capitalised(wrong), _capitalised(right))
        yield Phrase(*heads, is_behind, _headed(wrong), _headed(right))


@cache
def compounds() -> dict[bytes, list[tuple[bytes, str, str]]]:
    """
    Return the compounds that may lose their ending by what is left of the second word: the first, the rest, the whole.

    >>> (b"home", "home-grow", "home-grown") in compounds()[b"grow"]
    True
    """
    whole = resources.entries("en/compounds.txt")
    found: dict[bytes, list[tuple[bytes, str, str]]] = {}
    for compound, ending in ((compound, ending) for compound in whole for ending in ENDINGS):
        short = compound.removesuffix(ending)
        first, _, second = short.encode().rpartition(b"-")
        if short != compound and short not in whole:
            found.setdefault(second, []).append((first, short, compound))
    return found


def _piece(word: str) -> bytes:
    """Return a word as a text has it among its pieces."""
    return word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").encode()


def _capitalised(words: str) -> str:
    return words[0].upper() + words[1:]


def _headed(words: str) -> str:
    """Return words as a heading has them, each with a capital."""
    return " ".join(map(_capitalised, words.split(" ")))
