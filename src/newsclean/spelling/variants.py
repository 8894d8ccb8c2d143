"""Two right ways to write one word: what looks like a slip and is a matter of country, style or transliteration."""

from __future__ import annotations

import re
from functools import lru_cache

STYLES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"([iy])s(?=[aei])", r"\1z"),  # recognised, paralyse, Islamisation
        (r"ou(?=r(?!ous|[mnt]))", "o"),  # honour, not "vigourous" and "fourty"
        (r"ae|oe", "e"),  # anaemia, foetus
        (r"(?<=[bdklmtvz])ea(?=ble)", "a"),  # unforgiveable, not "noticable"
        (r"(?<=dg)e(?=ment)", ""),  # judgement
        (r"re$", "er"),  # theatre
        (r"ogue$", "og"),  # dialogue
        (r"llion$", "lion"),  # vermillion
        (r"exion$", "ection"),  # connexion
    )
)
ENDINGS = ("isms", "ists", "ism", "ist", "ing", "ers", "es", "ed", "er", "is")  # that may stand for each other

DOUBLED = re.compile(r"(?<=[aeiou])([bdglmnprt])\1(?=(?:ed|ings?|ers?|ors?|able)$)")  # travelled, benefitting

SOUNDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"ph", "f"),
        (r"(?<=[aeiou])h", ""),
        (r"([bdgjkt])h", r"\1"),
        (r"sch|sh|sz", "s"),
        (r"ck|q|c(?![hei])", "k"),
        (r"ee|ie|ei|ii|ij|iy|yi|y|j(?=[aeou])", "i"),
        (r"oo|ou|ow", "u"),
        (r"aa|ah(?![aeiou])", "a"),
        (r"b|w", "v"),
        (r"z", "s"),
        (r"(.)\1", r"\1"),
    )
)


def is_variant(word: str, other: str) -> bool:
    """
    Tell whether a word, in lower case, differs from a known one by nothing but the style of a country, or an ending.

    >>> is_variant("strategising", "strategizing"), is_variant("gurdwaras", "gurdwara"), is_variant("teh", "the")
    (True, True, False)
    >>> is_variant("bioterrorist", "bioterrorism"), is_variant("delegitimised", "delegitimise")
    (True, True)
    """
    longer, shorter = sorted((word, other), key=len, reverse=True)
    if not shorter.endswith("s") and longer in (shorter + "s", shorter + "es"):
        return True
    if word in (other + "ed", other + "d", other + "r") or (word.endswith("in") and other == word + "g"):
        return True
    return _stem(word) == _stem(other) or _styled(word) == _styled(other)


def _stem(word: str) -> str:
    """Return a word without the one ending it has, and itself if that leaves little."""
    return next((word.removesuffix(e) for e in ENDINGS if word.endswith(e) and len(word) - len(e) > 4), word)


def is_doubling(word: str, other: str) -> bool:
    """
    Tell whether a word has a consonant doubled before an ending that another has single, which is a matter of style.

    The other way round it is not: "benefitting" stands beside "benefiting", but nobody writes "refered" on purpose.

    >>> is_doubling("benefitting", "benefiting"), is_doubling("refered", "referred")
    (True, False)
    """
    return len(word) > len(other) and DOUBLED.sub(r"\1", word) == other


def is_transliteration(word: str, other: str) -> bool:
    """
    Tell whether two names may be one, written by two people.

    Vowels are written as they are heard, consonants that sound alike stand for each other, and a vowel at the end
    comes and goes.

    >>> is_transliteration("yezidi", "yazidi"), is_transliteration("ghaddafi", "gaddafi")
    (True, True)
    >>> is_transliteration("afghnaistan", "afghanistan"), is_transliteration("sinagapore", "singapore")
    (False, False)
    """
    return _skeleton(word) == _skeleton(other)


@lru_cache(maxsize=10_000)
def _skeleton(word: str) -> str:
    folded = _folded(word, SOUNDS)
    return re.sub(r"[aeiou]+", "a", folded.rstrip("aeiou"))


@lru_cache(maxsize=10_000)
def _styled(word: str) -> str:
    return _folded(word, STYLES)


def _folded(word: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, to in rules:
        word = pattern.sub(to, word)
    return word
