"""
Tell whether a word is a slip, or one not met before.

For each word that may have been meant the model multiplies how often it is written in such a place with how often a
finger slips in just this way. For the word as it stands it takes how often a new word or name turns up and how much
this one looks like one (`novelty`). All are chances per running word, so they can be compared, and the likeliest is
what was meant. Whether it is to be believed is for the evidence to say (`evidence`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from newsclean.spelling.candidates import (
    DOUBLED,
    EXCHANGED,
    LEFT_OUT,
    MISSPELT,
    MISTAKEN,
    NEWS_WORDS,
    RUN_TOGETHER,
    SINGLE,
    SLIPS_PER_LETTER,
    TOO_MANY,
    Candidate,
    listed,
    told,
)
from newsclean.spelling.context import bond, lift, pairs
from newsclean.spelling.document import Document
from newsclean.spelling.evidence import FAR, Evidence, bits, probability, reasons
from newsclean.spelling.joins import is_apart, joins
from newsclean.spelling.letters import NAMES, WORDS, oddest, surprise
from newsclean.spelling.novelty import beyond, is_derived, met, newness
from newsclean.spelling.outlook import (
    OPEN,
    cased,
    doubt_of,
    is_transliterated,
    is_written_one_way,
    share,
    shortlist,
    supporting,
    written_anywhere,
)
from newsclean.spelling.variants import is_transliteration
from newsclean.spelling.vocabulary import NAME, PLACE, vocabulary

FEW_WORDS = 600
"""Running words added to a text's own before it tells how often a word is written: a short one tells little."""

MOST_MET = 3.0
"""Eight articles, as a logarithm: of what more have, some is a misspelling that everybody makes."""

BOND = 0.3
"""The share of its places a neighbour has beside a name from which the two belong together: "Xi" and "Jinping"."""


SLIPS = {
    EXCHANGED: "exchanged",
    SINGLE: "single",
    DOUBLED: "doubled",
    LEFT_OUT: "left_out",
    TOO_MANY: "too_many",
    MISTAKEN: "mistaken",
    RUN_TOGETHER: "together",
}
"""The slips, as `slip` calls them and as the evidence does."""


class Verdict(NamedTuple):
    """What was meant by a word, how probable that is, and which slip it takes."""

    word: str
    score: float
    slip: str
    evidence: Evidence | None = None
    """What was known of it, where that was weighed."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return what spoke for it most, in words."""
        return reasons(self.evidence, self.word[0].islower()) if self.evidence else ()

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether the text has the right form, too."""
        return self.evidence is not None and self.evidence.elsewhere > 0


class Meaning(NamedTuple):
    """What may have been meant: the form, the slip, the chance of just this, and the candidate unless it is a join."""

    word: str
    slip: str
    chance: float
    candidate: Candidate | None


class Reading(NamedTuple):
    """An unknown word at a place of a text, with the chance that it is new and right, and the words beside it."""

    word: str
    at: int
    initial: bool
    new: float
    document: Document
    around: tuple[str, str]


def weigh(word: str, at: int, document: Document) -> Verdict | None:
    """
    Return what was most likely meant by an unknown word at a place; None where nothing could be.

    >>> weigh("goverment", 4, Document("The goverment resigned."))[0]
    'government'
    """
    reading, meant = meanings(word, at, document)
    if not meant or not meant[0].chance:
        return None
    evidence = _evidence(meant, reading)
    return Verdict(meant[0].word, probability(evidence, word[0].islower()), meant[0].slip, evidence)


def meanings(word: str, at: int, document: Document) -> tuple[Reading, list[Meaning]]:
    """
    Return how an unknown word is read at a place, and what may have been meant by it, the likeliest first.

    >>> [meaning.word for meaning in meanings("goverment", 4, Document("The goverment resigned."))[1]]
    ['government']
    """
    initial = word[0].isupper() and document.starts_sentence(at)
    reading = Reading(word, at, initial, newness(word, initial), document, document.neighbours(at, word))
    near, far = shortlist(word, initial)
    forms = supporting(word, initial)
    if forms is not None and document.words.isdisjoint(forms):
        far = ()
    found = [*near, *(c for c, most in far if _is_supported(c, most, reading)), *document.alike(word)]
    runs = () if told(word) else joins(word)
    meant = [Meaning(join.text, RUN_TOGETHER, join.chance, None) for join in runs] + _meant(found, reading)
    return reading, sorted(meant, key=lambda m: (-m.chance, m.word))


def _meant(found: list[Candidate], reading: Reading) -> list[Meaning]:
    """Return what may have been meant, each with its chance at this place."""
    meant: dict[str, Meaning] = {}
    for c in found:
        form = cased(c.word, reading.word)
        doubt = doubt_of(c, reading.word, reading.initial)
        written = max(_written(c, reading, lift(c.word, *reading.around)), _bond(c, reading)) if doubt else 0.0
        chance = c.chance * written * doubt
        first = meant.get(form)
        meant[form] = first._replace(chance=first.chance + chance) if first else Meaning(form, c.slip, chance, c)
    return list(meant.values())


def _evidence(meant: list[Meaning], reading: Reading) -> Evidence:
    """Return what is known of the likeliest meaning."""
    best, second = meant[0], meant[1].chance if len(meant) > 1 else 0.0
    margin = bits(best.chance / second) if second else FAR
    word, document, candidate = reading.word, reading.document, best.candidate
    lower, right = word.lower(), best.word.lower()
    kinds = vocabulary().kinds(right)
    named_before, named_behind = document.is_beside_names(reading.at, word)
    slips = {name: float(best.slip == slip) for slip, name in SLIPS.items()}
    return Evidence(
        odds=bits(_plain_chance(best, reading) / reading.new),
        margin=margin,
        frequency=bits(_general(best, reading) * 1e6, 0.01),
        new=bits(reading.new * 1e12),
        strange=_stranger(surprise, lower, right),
        oddest=_stranger(oddest, lower, right),
        before=bits(lift(right.split(" ")[0], reading.around[0], ""), 1 / 256),
        after=bits(lift(right.split(" ")[-1], "", reading.around[1]), 1 / 256),
        alone=0.0 if any(reading.around) else FAR - margin,
        called=max(bond(reading.around[0], "", right), bond(reading.around[1], right, "")),
        elsewhere=_surplus(candidate, reading) if candidate else 0.0,
        again=min(max(document.count(word) - 1.0, 0.0), 5.0),
        met=0.0 if right in listed(lower) else min(bits(met(word), 1.0), MOST_MET),
        length=min(len(word), 10.0),
        **slips,
        apart=float(" " in right and is_apart(*right.split(" ", 1))),
        unmet=float(" " in right and not pairs(*right.split(" ", 1))),
        channel=bits(candidate.chance / SLIPS_PER_LETTER) if candidate else 0.0,
        first=float(lower[0] != right[0]),
        last=float(lower[-1] != right[-1] and best.slip != EXCHANGED),
        listed=float(right in listed(lower)),
        starts=float(reading.initial),
        rare=float(bool(vocabulary().kinds(lower))),
        abroad=float(beyond(lower)),
        particle=float(document.is_beside_particle(reading.at, word)),
        explained=float(document.is_explained(reading.at, word)),
        derived=float(is_derived(lower)),
        transcribed=float(candidate is not None and is_transliterated(candidate, lower)),
        place=float(PLACE in kinds and not word.islower()),
        name=float(NAME in kinds and not word.islower()),
        tied=float(document.is_compounded(reading.at, word)),
        named_before=named_before,
        named_behind=named_behind,
        strangers=min(document.strangeness, 0.2) * 10,
    )


def _surplus(candidate: Candidate, reading: Reading) -> float:
    """Return how often the text has a candidate beyond what any text has, in bits: "been" is in every one."""
    here = _elsewhere(candidate, reading.word, reading.document)
    usual = share(candidate.frequency, reading.word, reading.initial) * reading.document.size
    return bits(min(max(1.0, (1 + here) / (1 + usual)), 16))


def _plain_chance(meaning: Meaning, reading: Reading) -> float:
    """Return the chance of a meaning as far as no name beside it speaks for it."""
    c = meaning.candidate
    if c is None:
        return meaning.chance
    return c.chance * _written(c, reading, lift(c.word, *reading.around)) * doubt_of(c, reading.word, reading.initial)


@lru_cache(maxsize=10_000)
def _stranger(how: Callable[[str, str], float], wrong: str, right: str) -> float:
    """Return by how many bits a wrong form is stranger than the right one, of whichever kind either is."""
    if not (right.isascii() and right.isalpha()):
        return 0.0
    return min(how(WORDS, wrong), how(NAMES, wrong)) - min(how(WORDS, right), how(NAMES, right))


def _bond(candidate: Candidate, reading: Reading) -> float:
    """Return how often a name stands beside a neighbour that it belongs to; nought for a word, or too weak a bond."""
    if reading.word[0].islower() or candidate.slip == MISSPELT:
        return 0.0
    share = bond(candidate.word, *reading.around)
    if share < BOND or (candidate.slip != EXCHANGED and is_transliteration(reading.word.lower(), candidate.word)):
        return 0.0
    return share


def _is_supported(candidate: Candidate, most: float, reading: Reading) -> bool:
    """Tell whether the text, or a name beside the word, brings a candidate near that is far off without."""
    here = _elsewhere(candidate, reading.word, reading.document) / (2 * reading.document.size + FEW_WORDS)
    support = max(here, _bond(candidate, reading))
    return support > 0 and most + candidate.chance * support >= reading.new * OPEN


def _written(candidate: Candidate, reading: Reading, raised: float) -> float:
    """Return how often a candidate is written at such a place, per running word, raised by the words beside it."""
    word, document = reading.word, reading.document
    here = _elsewhere(candidate, word, document) / (2 * document.size + FEW_WORDS)
    return min(0.5, written_anywhere(candidate, word, reading.initial, raised) + here)


def _elsewhere(candidate: Candidate, word: str, document: Document) -> int:
    """Return how often the text has a candidate. What may be another person of a like name does not count."""
    count = document.count(cased(candidate.word, word))
    if not count or is_transliterated(candidate, word.lower()):
        return 0
    is_longer = word[0].isupper() and candidate.word in (word.lower()[:-1], word.lower() + candidate.word[-1])
    return 0 if is_longer and not is_written_one_way(candidate) else count


def _general(meaning: Meaning, reading: Reading) -> float:
    """Return how often news has a form, or two words beside each other, per running word."""
    if meaning.candidate:
        return share(meaning.candidate.frequency, reading.word, reading.initial)
    first, _, second = meaning.word.lower().partition(" ")
    return pairs(first, second) / NEWS_WORDS
