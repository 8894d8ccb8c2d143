"""
Words that are right by themselves and wrong beside another: "prime minster", "Hilary Clinton", "after an year".

Only what can hardly be right in any sentence is looked for. The list has phrases that are often mistaken, and the
well-known people whose given name is written in several ways, in all ways but their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from newsclean import resources
from newsclean.spelling.candidates import frequency
from newsclean.spelling.context import pairs
from newsclean.spelling.document import Document
from newsclean.spelling.pieces import core
from newsclean.spelling.signs import AN, company

COMMON = 100
"""Occurrences in the news counts of a word that an article may stand before."""

VOWELS = frozenset("aeiou")
CONSONANTS = frozenset(b"bcdfgjklmnpqrstvwxyz")


def mistaken(document: Document, doubts: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """
    Yield where words stand that are wrong beside each other, what stands there, and what was meant.

    >>> [found[1:] for found in mistaken(Document("The prime minster left after an year."), [2, 5])]
    [('prime minster', 'prime minister'), ('an', 'a')]

    Args:
        document: The text.
        doubts: The places among its pieces at which to look.
    """
    yield from _phrases(document, doubts)
    if any(core(document.pieces[at]) == AN for at in doubts):
        yield from _articles(document)


def may_take_a(article: bytes, behind: bytes) -> bool:
    """
    Tell whether an article with an n is wrong before a piece, by its first letter.

    >>> may_take_a(b"an", b"year"), may_take_a(b"an", b"hour")
    (True, False)
    """
    return article == AN and not CONSONANTS.isdisjoint(behind[:1])


def _phrases(document: Document, doubts: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """Look for the phrases of two words that stand beside each other; of two at one place the longer one comes last."""
    found = set()
    for at in doubts:
        around = company(core(document.pieces[at]))
        before, behind = document.beside(at)
        for phrase in (*around.before.get(before, ()), *around.behind.get(behind, ())):
            found |= {(place, phrase.wrong, phrase.right) for place in document.places(phrase.wrong)}
    yield from (each for each in sorted(found) if not _is_tied(each[1], each[0], document))


def _is_tied(wrong: str, at: int, document: Document) -> bool:
    """Tell whether a hyphen ties a phrase to another word."""
    return "-" in (document.text[at - 1 : at], document.text[at + len(wrong) : at + len(wrong) + 1])


def _articles(document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield where "an" stands before a consonant."""
    text, at = document.text, -1
    while (at := text.find(" an ", at + 1)) >= 0:
        if text[at + 4 : at + 5] in VOWELS:
            continue
        before, after = document.neighbours(at + 1, "an")
        if before in _before_articles() and text[at + 4 : at + 4 + len(after)] == after and _takes_a(after):
            yield at + 1, "an", "a"


@cache
def _before_articles() -> frozenset[str]:
    """Return the words behind which "an" is an article, not "and" without its end."""
    return frozenset(resources.entries("en/before_articles.txt"))


def _takes_a(word: str) -> bool:
    """
    Tell whether a word in lower case is common, begins with a consonant, and is no abbreviation.

    Before a verb or a plural ("in an prevent", "of an members") "and" was meant.
    """
    is_begun = len(word) > 3 and word[0] not in "aeiouh" and not VOWELS.isdisjoint(word[1:3])
    return (
        is_begun and frequency(word).lower >= COMMON and pairs("a", word) > max(pairs("and", word), pairs("to", word))
    )
