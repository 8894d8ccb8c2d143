"""
Words that are right by themselves and wrong beside another: "prime minster", "Hilary Clinton", "after an year".

Only what can hardly be right in any sentence is looked for. The list has phrases that are often mistaken, and the
well-known people whose given name is written in several ways, in all ways but their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsclean import resources
from newsclean.spelling.candidates import frequency
from newsclean.spelling.document import Document
from newsclean.spelling.vocabulary import pieces_of

COMMON = 100
"""Occurrences in the news counts of a word that an article may stand before."""

BEFORE = re.compile(
    r"(?:about|after|as|at|before|by|during|for|from|had|has|in|into|is|like|of|on|than|to|under|was|with)\Z"
)
"""Words behind which "an" is an article, not "and" without its end."""

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
    text, pieces = document.text, document.pieces
    groups = [g for trigger in _triggers() & pieces for g in _by_trigger()[trigger] if g.others <= pieces]
    begun = {beginning for beginning in {group.beginning for group in groups} if beginning in text}
    for wrong, right in sorted(pair for group in groups if group.beginning in begun for pair in group.phrases):
        for at in document.places(wrong) if wrong in text else ():
            if text[at + len(wrong) : at + len(wrong) + 1] != "-" and text[at - 1 : at] != "-":
                yield at, wrong, right


def _articles(document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield where "an" stands before a consonant."""
    text, at = document.text, -1
    while (at := text.find(" an ", at + 1)) >= 0:
        if text[at + 4] in VOWELS:
            continue
        before, after = document.neighbours(at + 1, "an")
        if BEFORE.match(before) and text[at + 4 : at + 4 + len(after)] == after and _takes_a(after):
            yield at + 1, "an", "a"


def _takes_a(word: str) -> bool:
    """Tell whether a word in lower case is common, begins with a consonant, and is no abbreviation."""
    return (
        len(word) > 3
        and word[0] not in "aeiouh"
        and not VOWELS.isdisjoint(word[1:3])
        and frequency(word).lower >= COMMON
    )


class Group(NamedTuple):
    """Phrases that begin with the same two words."""

    beginning: str
    others: frozenset[bytes]
    """The words that a text must have, besides the one that was looked for, for it to have the beginning."""
    phrases: list[tuple[str, str]]


@cache
def _triggers() -> frozenset[bytes]:
    return frozenset(_by_trigger())


@cache
def _by_trigger() -> dict[bytes, list[Group]]:
    """Return the phrases by the word in them to look for. Those in lower case hold with capitals, too."""
    table: dict[bytes, dict[str, Group]] = {}
    for trigger, wrong, right, is_name in _forms():
        beginning = " ".join(wrong.split(" ")[:2])
        others = frozenset(word for word in pieces_of(beginning) if word != trigger and not is_name)
        group = table.setdefault(trigger, {}).setdefault(beginning, Group(beginning, others, []))
        group.phrases.append((wrong, right))
    return {trigger: list(groups.values()) for trigger, groups in table.items()}


def _forms() -> Iterator[tuple[bytes, str, str, bool]]:
    """Yield each phrase in each of its cases: the word to look for, what is wrong and right, and if it has a name."""
    for line in resources.entries("en/phrases.tsv"):
        starred, right = line.split("\t")
        wrong = starred.replace("*", "")
        trigger = next(word[1:] for word in starred.split(" ") if word[0] == "*").replace("’", "'")
        yield trigger.encode(), wrong, right, not wrong.islower()
        if wrong.islower():
            first = _capitalised(trigger) if starred[0] == "*" else trigger
            yield first.encode(), _capitalised(wrong), _capitalised(right), False
            yield _capitalised(trigger).encode(), _headed(wrong), _headed(right), False


def _capitalised(words: str) -> str:
    return words[0].upper() + words[1:]


def _headed(words: str) -> str:
    """Return words as a heading has them, each with a capital."""
    return " ".join(map(_capitalised, words.split(" ")))
