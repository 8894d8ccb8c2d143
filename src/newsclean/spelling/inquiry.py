"""What is thought of one word, for whoever asks why it was changed or why it was not."""

from __future__ import annotations

from typing import NamedTuple

from newsclean.spelling.candidates import listed
from newsclean.spelling.decision import Verdict, meanings, weigh
from newsclean.spelling.document import Document
from newsclean.spelling.evidence import probability
from newsclean.spelling.novelty import met
from newsclean.spelling.vocabulary import NAME, PLACE, PROPER, RARE, WORD, vocabulary

KINDS = {
    WORD: "a word",
    PLACE: "a place",
    PROPER: "a name that readers of news know",
    NAME: "a name that news has",
    RARE: "a name that news hardly ever has",
}
"""The kinds of the lexicon, in words."""

TWICE = "the text had it wrong twice"
SUPPOSED = {
    "the text had it right elsewhere, too": {"elsewhere": 1.0},
    "it stood beside words that go with it": {"before": 6.0},
    "a list had it as a misspelling": {"listed": 1.0, "met": 0.0},
    TWICE: {"again": 1.0},
}
"""What might be, and the evidence that would then be other than it is."""


class Inquiry(NamedTuple):
    """What is thought of a word."""

    word: str
    is_known: bool
    """Whether it is known in the case it has, and so never changed."""
    kinds: tuple[str, ...]
    """As what the lists know it, in words."""
    listed: tuple[str, ...]
    """What the list of misspellings says of it."""
    met: int
    """Articles of the news counts that have it, if it is unknown."""
    candidates: tuple[tuple[str, str, float], ...]
    """What may have been meant, by which slip, and its share of all chances, the chance of a new word among them."""
    verdict: Verdict | None
    supposed: dict[str, float]
    """What might be, and the probability of the correction then."""


def inquire(word: str, document: Document | None = None) -> Inquiry:
    """
    Return what is thought of a word, where it first stands in a document or all alone.

    >>> inquire("goverment").candidates[0][:2]
    ('government', 'a letter left out')
    >>> inquire("Kabul").kinds
    ('a place', 'a name that readers of news know', 'a name that news has')

    Raises:
        ValueError: If the document does not have the word.
    """
    document = document or Document(word)
    at = next(document.places(word), None)
    if at is None:
        raise ValueError(f"{word!r} does not stand in the text as a word of its own")
    kinds = vocabulary().kinds(word)
    is_known = vocabulary().knows(word)
    can_be_judged = not is_known and word.isascii() and word.isalpha() and (word.islower() or word.istitle())
    reading, meant = meanings(word, at, document) if can_be_judged else (None, [])
    total = sum(each.chance for each in meant) + (reading.new if reading else 0.0)
    verdict = weigh(word, at, document) if can_be_judged else None
    return Inquiry(
        word,
        is_known,
        tuple(told for kind, told in KINDS.items() if kind in kinds),
        listed(word.lower()),
        met(word),
        tuple((each.word, each.slip, each.chance / total) for each in meant if each.chance),
        verdict,
        _supposed(verdict, word.islower()),
    )


def _supposed(verdict: Verdict | None, is_small: bool) -> dict[str, float]:
    """Return how probable a correction would be if one thing were other than it is."""
    evidence = verdict.evidence if verdict else None
    if evidence is None:
        return {}
    others = {told: evidence._replace(**changes) for told, changes in SUPPOSED.items()}
    scores = {told: probability(other, is_small) for told, other in others.items() if other != evidence}
    return {
        told: score for told, score in scores.items() if (score > probability(evidence, is_small)) == (told != TWICE)
    }
