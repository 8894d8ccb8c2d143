"""
Tell whether a word is a slip, or one not met before.

For each word that may have been meant the model multiplies how often it is written in such a place with how often a
finger slips in just this way. For the word as it stands it takes how often a new word or name turns up and how much
this one looks like one (`letters`). All are chances per running word, so they can be compared; the share of the
likeliest is the score.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from newsclean import resources
from newsclean.spelling.candidates import EXCHANGED, MISSPELT, NEWS_WORDS, Candidate, candidates, frequency, listed
from newsclean.spelling.context import bond, bonded, lift
from newsclean.spelling.document import Document
from newsclean.spelling.joins import joins
from newsclean.spelling.letters import NAMES, WORDS, surprise
from newsclean.spelling.variants import is_doubling, is_transliteration, is_variant
from newsclean.spelling.vocabulary import NAME, PLACE, vocabulary

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

HEADLINES = 1 / 50
"""How often a word has a capital where no sentence begins: in headlines and titles."""

FEW_WORDS = 600
"""Running words added to a text's own before it tells how often a word is written: a short one tells little."""

LISTED = 0.1
"""How much less likely a new word is if a list has it as a misspelling."""

AGAIN = 1 / 40
"""How much less likely a slip is for each further time the same word stands in the text."""

TRANSLITERATED = 1e-3
"""How much less likely a slip in a name is where two ways of writing the name would look the same."""

ENDING = 0.1
"""How much less likely a slip is at the end of a name, or an end that English words seldom have ("feminista")."""

COMMON = 20
"""Occurrences in the news counts, one in a million words, from which a word may have a new one made from it."""

MOST_LIFT = 20
"""The most that the words beside a name may say for it: of two people called Singh both are likely beside Singh."""

BEST_LIFT = 2_000
"""The most that the words beside a word may say for it."""

BOND = 0.3
"""The share of its places a neighbour has beside a name from which the two belong together: "Xi" and "Jinping"."""

RUN_TOGETHER = "two words run together"


class Verdict(NamedTuple):
    """What was meant by a word, how surely, which slip that takes, and how often the text has the right form."""

    word: str
    score: float
    slip: str
    support: int


class Outlook(NamedTuple):
    """What can be said of an unknown word without the text it stands in."""

    is_open: bool
    """Whether something may be meant that outweighs a new word."""
    support: tuple[bytes, ...] = ()
    """Forms, as `words_of` has them, that may outweigh a new word if the text has one of them elsewhere."""


@lru_cache(maxsize=50_000)
def outlook(word: str) -> Outlook:
    """
    Return what may come of weighing an unknown word of one case; most names and coinages have nothing near them.

    >>> outlook("goverment").is_open, outlook("lahren").is_open
    (True, False)
    """
    if joins(word):
        return Outlook(is_open=True)
    support = set()
    for initial in (False, True)[: 1 + word[0].isupper()]:
        found = _meanings(word, initial)
        if sum(c.chance * _written_anywhere(c, word, initial, BEST_LIFT) for c in found) >= _new(word, initial):
            return Outlook(is_open=True)
        support |= {cased(c.word, word) for c in found if not _is_transliterated(c, word.lower())}
        support |= {name.title() for c in found if word[0].isupper() for name in bonded(c.word)}
    return Outlook(False, tuple(form.encode() + clitic for form in sorted(support) for clitic in (b"", b"'s")))


def weigh(word: str, at: int, document: Document) -> Verdict | None:
    """
    Return what was most likely meant by an unknown word at a place; None where nothing could be.

    >>> weigh("goverment", 4, Document("The goverment resigned."))[0]
    'government'
    """
    initial = word[0].isupper() and document.starts_sentence(at)
    found = [*_meanings(word, initial), *document.alike(word)]
    run_together = joins(word)
    new = _new(word, initial)
    around = document.neighbours(at, word)
    bonds = {c.word: _bond(c, word, around) for c in found}
    if (
        not run_together
        and sum(c.chance * max(_written(c, word, initial, document, BEST_LIFT), bonds[c.word]) for c in found) < new
    ):
        return None
    again = AGAIN ** (document.count(word) - 1)
    chances = {join.text: join.chance * again for join in run_together}
    slips = dict.fromkeys(chances, RUN_TOGETHER)
    for c in found:
        meant = cased(c.word, word)
        written = max(_written(c, word, initial, document, lift(c.word, *around)), bonds[c.word])
        chances[meant] = chances.get(meant, 0.0) + c.chance * written * _doubt(c, word, initial) * again
        slips.setdefault(meant, c.slip)
    best, meant = max((chance, meant) for meant, chance in chances.items())
    return Verdict(meant, best / (sum(chances.values()) + new), slips[meant], document.count(meant))


def _bond(candidate: Candidate, word: str, around: tuple[str, str]) -> float:
    """Return how often a name stands beside a neighbour that it belongs to; nought for a word, or too weak a bond."""
    if word[0].islower() or candidate.slip == MISSPELT:
        return 0.0
    if candidate.slip != EXCHANGED and is_transliteration(word.lower(), candidate.word):
        return 0.0
    share = bond(candidate.word, *around)
    return share if share >= BOND else 0.0


def _meanings(word: str, initial: bool) -> tuple[Candidate, ...]:
    """Return the candidates for a word. What a list says of a word goes for a name only where a sentence begins."""
    found = candidates(word.lower())
    if word[0].islower() or initial:
        return found
    return tuple(c for c in found if c.slip != MISSPELT)


def _written(candidate: Candidate, word: str, initial: bool, document: Document, raised: float) -> float:
    """Return how often a candidate is written at such a place, per running word, raised by the words beside it."""
    here = document.count(cased(candidate.word, word)) / (2 * document.size + FEW_WORDS)
    if here and _is_transliterated(candidate, word.lower()):
        here = 0.0  # the other may be another person
    return min(0.5, _written_anywhere(candidate, word, initial, raised) + here)


def _written_anywhere(candidate: Candidate, word: str, initial: bool, raised: float) -> float:
    """Return the same, as far as the text has the candidate nowhere else."""
    lower, capital = candidate.frequency
    if word[0].islower():
        general = float(lower)
    elif initial:
        general = lower + capital
    else:
        general = capital + lower * HEADLINES
    if word[0].isupper() and not _is_written_one_way(candidate):
        raised = min(raised, MOST_LIFT)
    return min(0.5, general / NEWS_WORDS * min(raised, BEST_LIFT))


@lru_cache(maxsize=20_000)
def _doubt(candidate: Candidate, word: str, initial: bool) -> float:
    """Return by how much a slip is less likely because both forms are right, or may well be."""
    lower, meant = word.lower(), candidate.word
    if is_variant(lower, meant) or (is_doubling(lower, meant) and meant not in listed(lower)):
        return 0.0
    doubt = 1.0
    if _is_transliterated(candidate, lower):
        doubt *= TRANSLITERATED
    is_foreign = lower[-1] in "aio"
    if ((word[0].isupper() and not initial) or is_foreign) and lower[:-1] in (meant, meant[:-1], meant[:-2]):
        doubt *= ENDING
    return doubt


def _is_transliterated(candidate: Candidate, lower: str) -> bool:
    """Tell whether a name may be a candidate's, written by someone else."""
    if candidate.slip == EXCHANGED or _is_written_one_way(candidate):
        return False
    return is_transliteration(lower, candidate.word)


def _is_written_one_way(candidate: Candidate) -> bool:
    """Tell whether a candidate is a word of the language or a well-known place, not a name that people transcribe."""
    lower, capital = candidate.frequency
    kinds = vocabulary().kinds(candidate.word)
    if PLACE in kinds and capital >= COMMON:
        return True
    return lower >= (max(COMMON, capital / 5) if NAME in kinds else COMMON)


@lru_cache(maxsize=20_000)
def _new(word: str, initial: bool) -> float:
    """Return how often a word like this turns up that is no slip, per running word."""
    lower = word.lower()
    as_name = NEW_NAME * 2 ** -surprise(NAMES, lower)
    as_word = NEW_WORD * 2 ** -surprise(WORDS, lower)
    known = max(KNOWN_NAME, frequency(lower).capital / NEWS_WORDS) if vocabulary().kinds(lower) else 0.0
    rumour = LISTED if listed(lower) and (initial or word.islower()) else 1.0
    if word[0].islower():
        return max(as_word, as_name * FOREIGN) * (DERIVED if is_derived(lower) else 1) * rumour + known * SMALL
    return max(as_name, as_word if initial else 0) * (DERIVED_NAME if is_derived(lower) else 1) * rumour + known


def is_derived(word: str) -> bool:
    """
    Tell whether a word is a known one with an ending or a beginning, or two known ones in one.

    >>> is_derived("unpeeling"), is_derived("goverment")
    (True, False)
    """
    prefixes, suffixes = _affixes()
    return (
        any(word.startswith(p) and len(word) - len(p) > 3 and _is_common(word[len(p) :]) for p in prefixes)
        or any(word.endswith(s) and _is_stem(word.removesuffix(s)) for s in suffixes)
        or any(_is_common(word[:i]) and _is_common(word[i:]) for i in range(4, len(word) - 3))
    )


@cache
def _affixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the beginnings and the endings that new words are made with."""
    affixes = resources.entries("en/affixes.txt")
    return tuple(a[:-1] for a in affixes if a.endswith("-")), tuple(a[1:] for a in affixes if a.startswith("-"))


def _is_stem(stem: str) -> bool:
    stems = (stem, stem + "e", stem[:-1] + "y" if stem[-1:] == "i" else stem)
    return len(stem) > 3 and any(map(_is_common, stems))


def _is_common(word: str) -> bool:
    lower, capital = frequency(word)
    return max(lower, capital) >= COMMON


def cased(word: str, like: str) -> str:
    """
    Return a word in lower case in the case of another.

    >>> cased("minister", "Minster"), cased("minister", "minster")
    ('Minister', 'minister')
    """
    return word[0].upper() + word[1:] if like[0].isupper() else word
