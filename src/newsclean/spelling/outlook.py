"""
What can be said of an unknown word before a text is looked at: what it may be a slip for, and whether that can matter.

Most names and coinages have nothing near them that outweighs a new word, so that no text needs to be asked about them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from newsclean.spelling.candidates import (
    EXCHANGED,
    MISSPELT,
    NEWS_WORDS,
    Candidate,
    Frequency,
    candidates,
    listed,
    told,
)
from newsclean.spelling.context import bonded
from newsclean.spelling.joins import joins
from newsclean.spelling.novelty import COMMON, is_coined, newness
from newsclean.spelling.variants import is_doubling, is_transliteration, is_variant
from newsclean.spelling.vocabulary import NAME, PLACE, PROPER, vocabulary

HEADLINES = 1 / 50
"""How often a word has a capital where no sentence begins: in headlines and titles."""

OPEN = 1 / 16
"""The share of the chance of a new word that a correction must reach to be weighed at all."""

TRANSLITERATED = 1e-3
"""How much less likely a slip in a name is where two ways of writing the name would look the same."""

PLURAL = 0.01
"""How much less likely a slip is in what may be the plural of a well-known name: "the two Indias"."""

COINED = 0.01
"""How much less likely a slip is that makes a known word with a long ending or beginning."""

ENDING = 0.1
"""How much less likely a slip is at the end of a name, or an end that English words seldom have ("feminista")."""

MOST_LIFT = 20
"""The most that the words beside a name may say for it: of two people called Singh both are likely beside Singh."""

BEST_LIFT = 2_000
"""The most that the words beside a word may say for it."""


class Outlook(NamedTuple):
    """What can be said of an unknown word without the text it stands in."""

    is_open: bool
    """Whether something may be meant that outweighs a new word."""
    support: tuple[bytes, ...] = ()
    """Forms, as `words_in` has them, that may outweigh a new word if the text has one of them elsewhere."""


OPEN_TO_ALL, CLOSED = Outlook(is_open=True), Outlook(is_open=False)


def outlook(word: str) -> Outlook:
    """
    Return what may come of weighing an unknown word of one case; most names and coinages have nothing near them.

    >>> outlook("goverment").is_open, outlook("lahren").is_open
    (True, False)
    """
    if joins(word):
        return OPEN_TO_ALL
    meant = candidates(word.lower())
    if not meant:
        return CLOSED
    if any(shortlist(word, initial).near for initial in (False, True)[: 1 + word[0].isupper()]):
        return OPEN_TO_ALL
    forms = {cased(c.word, word) for c in meant}
    if word[0].isupper():
        forms.update(name.title() for c in meant for name in bonded(c.word))
    return Outlook(False, _as_written(forms))


class Shortlist(NamedTuple):
    """The candidates for a word, the likeliest slip first."""

    near: tuple[Candidate, ...]
    """
    Those that may come near the chance of a new word in any text, if the words beside it speak for them.

    What is certainly right as it stands, for all that is near it, has none.
    """
    far: tuple[tuple[Candidate, float], ...]
    """Those that need a text that has them elsewhere, or a name beside them; with the most they are worth without."""


@lru_cache(maxsize=20_000)
def shortlist(word: str, initial: bool) -> Shortlist:
    """
    Return the candidates for a word; `initial` says that its capital may be there because a sentence starts.

    What a list says of a word goes for a name only where a sentence begins. If lists know of one thing that a word in
    lower case was meant to be, there is no other candidate.

    >>> [c.word for c in shortlist("goverment", initial=False).near]
    ['government']
    """
    only = told(word)
    fit = (c for c in candidates(word.lower()) if not only or c.word == only)
    found = [c for c in fit if word[0].islower() or initial or c.slip != MISSPELT]
    least = newness(word, initial) * OPEN if found and not only else 0.0
    worth = [(c, c.chance * written_anywhere(c, word, initial, BEST_LIFT)) for c in found]
    return Shortlist(
        tuple(c for c, most in worth if most >= least and doubt_of(c, word, initial)),
        tuple((c, most) for c, most in worth if most < least),
    )


@lru_cache(maxsize=20_000)
def supporting(word: str, initial: bool) -> tuple[bytes, ...] | None:
    """
    Return the forms, as `words_in` has them, of which a text must have one if a far candidate is to count.

    None stands for no such condition: some name beside the word may speak for one of them.
    """
    far = shortlist(word, initial).far
    if word[0].isupper() and any(bonded(c.word) for c, _ in far):
        return None
    return _as_written(cased(c.word, word) for c, _ in far)


def _as_written(forms: Iterable[str]) -> tuple[bytes, ...]:
    """Return forms as `words_in` has them, bare and as a possessive."""
    return tuple(form.encode() + clitic for form in forms for clitic in (b"", b"'s"))


def written_anywhere(candidate: Candidate, word: str, initial: bool, raised: float) -> float:
    """
    Return how often a candidate is written in a text that has it nowhere else, per running word.

    `raised` says by how much the words beside it make it likelier.
    """
    if word[0].isupper() and not is_written_one_way(candidate):
        raised = min(raised, MOST_LIFT)
    return min(0.5, share(candidate.frequency, word, initial) * min(raised, BEST_LIFT))


def share(frequency: Frequency, word: str, initial: bool) -> float:
    """Return how often news has a word in the case of another, per running word."""
    lower, capital = frequency
    if word[0].islower():
        return lower / NEWS_WORDS
    return (capital + lower * (1.0 if initial else HEADLINES)) / NEWS_WORDS


@lru_cache(maxsize=20_000)
def doubt_of(candidate: Candidate, word: str, initial: bool) -> float:
    """Return by how much a slip is less likely because both forms are right, or may well be."""
    lower, meant = word.lower(), candidate.word
    if is_variant(lower, meant) or (is_doubling(lower, meant) and meant not in listed(lower)):
        return 0.0
    doubt = 1.0
    if is_transliterated(candidate, lower):
        doubt *= TRANSLITERATED
    if is_coined(lower):
        doubt *= COINED
    is_foreign = lower[-1] in "aio"
    if ((word[0].isupper() and not initial) or is_foreign) and lower[:-1] in (meant, meant[:-1], meant[:-2]):
        doubt *= ENDING
    if word[0].isupper() and lower.endswith("s") and PROPER in vocabulary().kinds(lower[:-1]):
        doubt *= PLURAL
    return doubt


def is_transliterated(candidate: Candidate, lower: str) -> bool:
    """Tell whether a name may be a candidate's, written by someone else."""
    if candidate.slip == EXCHANGED or is_written_one_way(candidate):
        return False
    return is_transliteration(lower, candidate.word)


def is_written_one_way(candidate: Candidate) -> bool:
    """Tell whether a candidate is a word of the language or a well-known place, not a name that people transcribe."""
    lower, capital = candidate.frequency
    kinds = vocabulary().kinds(candidate.word)
    if PLACE in kinds and capital >= COMMON:
        return True
    return lower >= (max(COMMON, capital / 5) if NAME in kinds else COMMON)


def cased(word: str, like: str) -> str:
    """
    Return a word in lower case in the case of another.

    >>> cased("minister", "Minster"), cased("minister", "minster")
    ('Minister', 'minister')
    """
    return word[0].upper() + word[1:] if like[0].isupper() else word
