"""Which unknown words of a text are worth weighing, and what comes of it at each of their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from newsclean.spelling.candidates import RUN_TOGETHER, frequency
from newsclean.spelling.decision import Verdict, weigh
from newsclean.spelling.document import Document
from newsclean.spelling.joins import camel_join
from newsclean.spelling.outlook import OPEN_TO_ALL, Outlook, outlook
from newsclean.spelling.vocabulary import LONGEST, is_odd, vocabulary

MET = 50
"""Occurrences in the news counts from which a name may have an s of its own."""

MOST_PLACES = 8
"""Places of one unknown word. A word that a text has more often is its own."""

OFTEN = 1_000
"""Occurrences in the news counts of a word that two others are taken for the halves of."""

WELL_KNOWN = 1_000
"""Occurrences in the news counts, one in 42,500 words, from which a word in odd case is not a name in its own case."""


def weighed(document: Document, unknown: Iterable[str], least: float) -> Iterator[tuple[str, int, Verdict]]:
    """
    Yield each place of an unknown word where something else was meant with a probability, at least, with the verdict.

    Passes over words that stand in too many places for a slip, and places where something speaks for leaving them.
    """
    for word in unknown:
        if not _is_worth_weighing(word, document):
            continue
        places = list(islice(document.places(word), MOST_PLACES + 1))
        for at in places if len(places) <= MOST_PLACES else ():
            verdict = None if document.is_code(at, word) else _verdict(word, at, document)
            if verdict and verdict.score >= least and _may_change(word, at, verdict.word, document):
                yield word, at, verdict


def _is_worth_weighing(word: str, document: Document) -> bool:
    """Tell whether anything may come of weighing an unknown word: this is all that most of them ever see."""
    prospect = _prospect(word)
    if prospect is None:
        return False
    is_open, support = prospect
    return is_open or (bool(support) and not document.words.isdisjoint(support)) or bool(document.alike(word))


@lru_cache(maxsize=50_000)
def _prospect(word: str) -> Outlook | None:
    """Return what may come of weighing a word as far as it tells itself; None for a word that is never weighed."""
    if not _is_plain(word) or _is_family(word):
        return None
    if word.islower() or word.istitle():
        return outlook(word)
    return OPEN_TO_ALL if _in_odd_case(word) else None


def _is_plain(word: str) -> bool:
    """Tell whether a word is one that can be judged: plain letters, of a length that words have."""
    return word.isascii() and word.isalpha() and 2 < len(word) <= LONGEST and not word.isupper()


def _is_family(word: str) -> bool:
    """Tell whether a word is a name that news has with an s, as for people who have it ("the Polks", "two Indias")."""
    if not word.istitle() or word[-1] != "s" or word[-2] == "s" or not vocabulary().knows(word[:-1]):
        return False
    return frequency(word[:-1].lower()).capital >= MET


def _verdict(word: str, at: int, document: Document) -> Verdict | None:
    if word.islower() or word.istitle():
        return weigh(word, at, document)
    return _in_odd_case(word)


@lru_cache(maxsize=50_000)
def _in_odd_case(word: str) -> Verdict | None:
    """Return what was meant by a word in mixed case, which is the same in every text."""
    if is_odd(word) and max(frequency(word.lower())) >= WELL_KNOWN:
        return Verdict(word.capitalize(), 0.98, "two capitals")
    apart = camel_join(word)
    return Verdict(apart, 0.96, RUN_TOGETHER) if apart else None


def _is_rest(at: int, word: str, document: Document) -> bool:
    """Tell whether a word is the rest of one that a space has split ("a le ading critic")."""
    before, after = document.neighbours(at, word)
    lower = word.lower()
    return any(
        tied and frequency(whole).lower >= OFTEN for tied, whole in ((before, before + lower), (after, lower + after))
    )


def _may_change(word: str, at: int, meant: str, document: Document) -> bool:
    """Tell whether nothing around a word speaks for leaving it."""
    return not (
        document.is_cut(at, word)
        or _is_rest(at, word, document)
        or document.is_in_name(at, word)
        or document.is_quoted_as_is(at, word)
        or document.is_tied_to_strange(at, word)
        or document.is_among_strangers(at, word)
        or document.is_another(at, word, meant)
        or not document.is_english(at, word)
    )
