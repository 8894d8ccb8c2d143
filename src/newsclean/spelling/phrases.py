"""
Words that are right by themselves and wrong beside another: "prime minster", "Hilary Clinton", "after an year".

Only what can hardly be right in any sentence is looked for. The list has phrases that are often mistaken, and the
well-known people whose given name is written in several ways, in all ways but their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsclean import resources
from newsclean.spelling.candidates import frequency
from newsclean.spelling.context import pairs
from newsclean.spelling.document import Document

COMMON = 100
"""Occurrences in the news counts of a word that an article may stand before."""

VOWELS = frozenset("aeiou")


def mistaken(document: Document) -> Iterator[tuple[int, str, str]]:
    """
    Yield where words stand that are wrong beside each other, what stands there, and what was meant.

    >>> [found[1:] for found in mistaken(Document("The prime minster left after an year."))]
    [('prime minster', 'prime minister'), ('an', 'a')]
    """
    yield from _phrases(document)
    yield from _articles(document)


def _phrases(document: Document) -> Iterator[tuple[int, str, str]]:
    """Look around each word that phrases are found by; of two that begin at one place the longer one comes last."""
    found = set()
    for trigger in _triggers() & document.words:
        for word, companies in _by_trigger()[trigger].items():
            for at in document.places(word):
                for before, wrongs in companies:
                    if document.text.startswith(wrongs, max(0, at - before)):
                        found |= {(at - before, wrong) for wrong in wrongs if _stands(wrong, at - before, document)}
    for at, wrong in sorted(found):
        yield at, wrong, _rights()[wrong]


def _stands(wrong: str, at: int, document: Document) -> bool:
    """Tell whether a phrase stands at a place, by itself and not tied to another word by a hyphen."""
    text = document.text
    is_there = text.startswith(wrong, at) and at in document.places(wrong)
    return is_there and text[at + len(wrong) : at + len(wrong) + 1] != "-" and text[at - 1 : at] != "-"


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


class Company(NamedTuple):
    """Phrases with a word in them that is looked for, all with as many characters before it."""

    before: int
    wrongs: tuple[str, ...]


@cache
def _triggers() -> frozenset[bytes]:
    return frozenset(_by_trigger())


@cache
def _by_trigger() -> dict[bytes, dict[str, list[Company]]]:
    """Return the phrases by the word in them to look for, as `pieces_of` has it and then as it is written."""
    table: dict[bytes, dict[str, dict[int, list[str]]]] = {}
    for word, wrong, _ in _forms():
        by_word = table.setdefault(word.replace("’", "'").split("-")[0].encode(), {})
        by_word.setdefault(word, {}).setdefault(f" {wrong} ".index(f" {word} "), []).append(wrong)
    return {
        trigger: {word: [Company(at, tuple(wrongs)) for at, wrongs in each.items()] for word, each in by_word.items()}
        for trigger, by_word in table.items()
    }


@cache
def _rights() -> dict[str, str]:
    return {wrong: right for _, wrong, right in _forms()}


def _forms() -> Iterator[tuple[str, str, str]]:
    """Yield the word of a phrase to look for, what is wrong and what was meant; lower case holds with capitals, too."""
    for line in resources.entries("en/phrases.tsv"):
        starred, right = line.split("\t")
        wrong = starred.replace("*", "")
        trigger = next(word[1:] for word in starred.split(" ") if word[0] == "*")
        yield trigger, wrong, right
        if wrong.islower():
            first = _capitalised(trigger) if starred[0] == "*" else trigger
            yield first, _capitalised(wrong), _capitalised(right)
            yield _capitalised(trigger), _headed(wrong), _headed(right)


def _capitalised(words: str) -> str:
    return words[0].upper() + words[1:]


def _headed(words: str) -> str:
    """Return words as a heading has them, each with a capital."""
    return " ".join(map(_capitalised, words.split(" ")))
