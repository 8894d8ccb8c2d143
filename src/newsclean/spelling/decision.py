"""
Whether a word stays: what is more likely, a slip or a word not met before?

For each word that may have been meant the model multiplies how often it is written here with how often a finger slips
in just this way. For the word as it stands it takes how often a new word or name turns up and how much this one looks
like one (`letters`). All are chances per running word, so they can be compared, and their share is the score.
"""

from __future__ import annotations

from typing import NamedTuple

from newsclean.spelling.candidates import NEWS_WORDS, Candidate, candidates
from newsclean.spelling.document import Document
from newsclean.spelling.letters import NAMES, WORDS, surprise
from newsclean.spelling.vocabulary import RARE, vocabulary

NEW_WORD, NEW_NAME = 3e-4, 5e-3
"""How often a word, or a name, that no list knows turns up in edited news, per running word."""

RARE_NAME = 2e-7
"""How often one given rare name of the lists turns up, per running word."""

SURE = 0.95
"""A score from which a correction is made unasked."""

PREFIXES = tuple(
    "anti auto bi bio co counter cross cyber de dis down eco electro euro extra fore geo hyper in inter intra mega "
    "meta micro mid mini mis multi nano neo non off on out over para photo poly post pre pro pseudo quasi re self semi "
    "sub super tele trans tri ultra un under up vice".split()
)
SUFFIXES = tuple(
    "s es ed d ing er r ers rs or ors y ly ness ish like less ful ism isms ist ists ity able ible ably al ally ation ations ment "
    "ize izes ized izing ise ises ised ising ification dom hood ship wise ward wards fest gate teria nomics verse proof "
    "worthy ian ans an esque ette ness a o i e t en man men woman women land ville ton burg son sen".split()
)


class Verdict(NamedTuple):
    """What a word is taken for, how surely, and why."""

    word: str
    score: float
    slip: str
    note: str


def decide(word: str, at: int, document: Document) -> Verdict | None:
    """Return what was most likely meant by an unknown word at a place, None where nothing could be."""
    lower = word.lower()
    options = candidates(lower)
    if not options:
        return None
    initial = word[0].isupper() and document.starts_sentence(at)
    recurs = document.count(word) - 1
    chances = [(c.chance * _written(c, word, initial, document) / 40**recurs, c) for c in options]
    best, candidate = max(chances, key=lambda pair: (pair[0], pair[1].word))
    new = _new(word, initial)
    score = best / (sum(chance for chance, _ in chances) + new)
    support = document.count(cased(candidate.word, word))
    note = candidate.slip + (f"; {cased(candidate.word, word)} stands elsewhere in the text" if support else "")
    return Verdict(cased(candidate.word, word), score, candidate.slip, note)


def _written(candidate: Candidate, word: str, initial: bool, document: Document) -> float:
    """Return how often a candidate is written at such a place, per running word."""
    lower, capital = candidate.frequency
    if word[0].islower():
        general = lower
    else:
        general = lower + capital if initial else capital + lower // 50
    here = document.count(cased(candidate.word, word))
    return general / NEWS_WORDS + here / (2 * document.size + 600)


def _new(word: str, initial: bool) -> float:
    """Return how often a word like this turns up that is no slip, per running word."""
    lower = word.lower()
    as_name = NEW_NAME * 2 ** -surprise(NAMES, lower)
    as_word = NEW_WORD * 2 ** -surprise(WORDS, lower)
    if word[0].islower():
        return max(as_word, as_name / 20) * (1000 if is_derived(lower) else 1)
    rare = RARE_NAME if RARE in vocabulary().kinds(lower) else 0.0
    return max(as_name, as_word if initial else 0) * (100 if is_derived(lower) else 1) + rare


def is_derived(word: str) -> bool:
    """
    Tell whether a word is a known one with an ending or a beginning, or two known ones in one.

    >>> is_derived("unpeeling"), is_derived("goverment")
    (True, False)
    """
    known = vocabulary()
    return (
        any(word.startswith(p) and len(word) - len(p) > 3 and "w" in known.kinds(word[len(p) :]) for p in PREFIXES)
        or any(word.endswith(s) and _is_stem(word[: len(word) - len(s)], s) for s in SUFFIXES)
        or any("w" in known.kinds(word[:i]) and "w" in known.kinds(word[i:]) for i in range(3, len(word) - 2))
    )


def _is_stem(stem: str, ending: str) -> bool:
    known = vocabulary()
    if len(stem) < 4:
        return False
    stems = [stem, stem + "e", stem[:-1] + "y" if stem[-1] == "i" else stem]
    return any({"w", "p"} & set(known.kinds(s)) for s in stems)


def cased(word: str, like: str) -> str:
    """
    Return a word in lower case in the case of another.

    >>> cased("minister", "Minster"), cased("minister", "minster")
    ('Minister', 'minister')
    """
    return word.title() if like[0].isupper() else word
