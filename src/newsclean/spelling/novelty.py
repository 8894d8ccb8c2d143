"""How often a word that nobody knows turns up in edited news and is right: a new word, or a name not met before."""

from __future__ import annotations

from functools import cache, lru_cache

from newsclean import resources
from newsclean.spelling.candidates import NEWS_WORDS, frequencies, frequency, listed
from newsclean.spelling.letters import NAMES, WORDS, surprise
from newsclean.spelling.vocabulary import vocabulary

NEW_WORD, NEW_NAME = 3e-4, 3e-3
"""How often a word, or a name, that no list knows turns up in edited news, per running word."""

KNOWN_NAME = 1e-8
"""How often one given rare name of the lists turns up, per running word: a thousandth of all words are such names."""

SMALL = 1e-3
"""How much less often a name is written small."""

FOREIGN = 1 / 20
"""How much less often what looks like a name is written small: a foreign word, of which names are the model."""

DERIVED, DERIVED_NAME = 1_000, 100
"""How much likelier a new word, or a name, is if it is a known one with an ending or a beginning."""

LISTED = 0.1
"""How much less likely a new word is if a list has it as a misspelling."""

SHORTEST_ABROAD, MOST_BEYOND = 6, 5
"""Letters of the shortest words that are known as right elsewhere, and the most letters beyond five that count."""

LONG = 4
"""Letters of an ending or a beginning that hardly comes about by a slip."""

COMMON = 20
"""Occurrences in the news counts, one in a million words, from which a word may have a new one made from it."""


@lru_cache(maxsize=20_000)
def newness(word: str, initial: bool) -> float:
    """
    Return how often a word like this turns up that is no slip, per running word.

    `initial` says that its capital may be there because a sentence starts.

    >>> newness("Lahren", initial=False) > 1000 * newness("Lhaern", initial=False)
    True
    """
    lower = word.lower()
    as_name = NEW_NAME * 2 ** -surprise(NAMES, lower)
    as_word = NEW_WORD * 2 ** -surprise(WORDS, lower)
    known = max(KNOWN_NAME, frequency(lower).capital / NEWS_WORDS) if vocabulary().kinds(lower) else 0.0
    rumour = LISTED if listed(lower) and (initial or word.islower()) else 1.0
    if word[0].islower():
        return max(as_word, as_name * FOREIGN) * (DERIVED if is_derived(lower) else 1) * rumour + known * SMALL
    return max(as_name, as_word if initial else 0) * (DERIVED_NAME if is_derived(lower) else 1) * rumour + known


@lru_cache(maxsize=20_000)
def is_derived(word: str) -> bool:
    """
    Tell whether a word is a known one with an ending or a beginning, or two known ones in one.

    >>> is_derived("unpeeling"), is_derived("goverment")
    (True, False)
    """
    known = frequencies()
    halves = [(word[:i], word[i:]) for i in range(4, len(word) - 3)]
    return _is_affixed(word, *affixes()) or any(
        first in known and is_common(first) and is_common(second) for first, second in halves
    )


def beyond(word: str) -> int:
    """
    Return how many letters beyond five, up to five, an unknown word in lower case has that is right elsewhere.

    The longer such a word is, the less likely it came about by a slip.

    >>> beyond("retrospectiva"), beyond("goverment")
    (5, 0)
    """
    if len(word) < SHORTEST_ABROAD or not resources.table("en/abroad.tsv").get(word):
        return 0
    return min(len(word) - SHORTEST_ABROAD + 1, MOST_BEYOND)


@lru_cache(maxsize=20_000)
def is_coined(word: str) -> bool:
    """
    Tell whether a word is a known one with an ending or a beginning that is too long for a slip.

    >>> is_coined("bloodfest"), is_coined("unpeeling")
    (True, False)
    """
    return _is_affixed(word, *_long_affixes())


def _is_affixed(word: str, prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> bool:
    """Tell whether a word is a known one with an ending or a beginning."""
    if word.startswith(prefixes) and any(word.startswith(p) and _is_whole(word[len(p) :]) for p in prefixes):
        return True
    return word.endswith(suffixes) and any(word.endswith(s) and _is_stem(word.removesuffix(s), s) for s in suffixes)


@cache
def affixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the beginnings and the endings that new words are made with."""
    lines = resources.entries("en/affixes.txt")
    return tuple(a[:-1] for a in lines if a.endswith("-")), tuple(a[1:] for a in lines if a.startswith("-"))


def _is_whole(rest: str) -> bool:
    """Tell whether what stands behind a prefix is a common word, and no short one."""
    return len(rest) > 3 and is_common(rest)


@cache
def _long_affixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    prefixes, suffixes = affixes()
    return tuple(p for p in prefixes if len(p) >= LONG), tuple(s for s in suffixes if len(s) >= LONG)


def _is_stem(stem: str, suffix: str) -> bool:
    """Tell whether a suffix makes a new word of a stem; what ends in the same letter ("filmss") is a slip."""
    stems = (stem, stem + "e", stem[:-1] + "y" if stem[-1:] == "i" else stem)
    return len(stem) > 3 and stem[-1] != suffix and any(map(is_common, stems))


def met(word: str) -> int:
    """
    Return in how many articles of the news counts an unknown word stands, in this case; nought for fewer than three.

    Misspellings are among them, so this admits nothing.

    >>> met("tha") > 10, met("goverxment")
    (True, 0)
    """
    return int(resources.table("en/met.tsv").get(word) or 0)


def is_common(word: str) -> bool:
    """Tell whether news has a word so often that new ones are made from it."""
    lower, capital = frequency(word)
    return max(lower, capital) >= COMMON
