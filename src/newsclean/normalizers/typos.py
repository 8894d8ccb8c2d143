"""
The last stage: typos in English prose.

A word that is known is never touched. For one that is not, `newsclean.spelling` weighs whether it is a slip for a known
word or a word not met before, and only what is surely a slip is mended. Everything else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from newsclean.edits import Replacement, Rule
from newsclean.errors import ConfigError
from newsclean.spelling.candidates import RUN_TOGETHER, frequency, listed, told
from newsclean.spelling.compounds import chopped
from newsclean.spelling.document import Document
from newsclean.spelling.doubled import doubled
from newsclean.spelling.doubts import doubts
from newsclean.spelling.phrases import mistaken
from newsclean.spelling.splits import Split, initials, splits

if TYPE_CHECKING:
    from newsclean.spelling.decision import Verdict

GIVEN, LISTED, SLIP, NAME = "typos/given", "typos/listed", "typos/slip", "typos/name"
DOCUMENT, JOIN, CAPITALS, COMPOUND = "typos/document", "typos/join", "typos/capitals", "typos/compound"
SPLIT, PHRASE, DOUBLED = "typos/split", "typos/phrase", "typos/doubled"


class Strength(NamedTuple):
    """How probable a correction has to be to be made unasked."""

    usual: float
    turned_word: float
    """
    For a word with a capital inside a sentence that would become a common word: a firm, a film or a foreign word.

    Initials that run into a word have several capitals, and mean just that: "USbacked".
    """
    listed: float
    """For a word in lower case of which lists say that it is a misspelling, and of what: they were made by people."""

    def least(self, word: str, right: str, starts: bool) -> float:
        """
        Return what is asked of a correction.

        >>> safe = STRENGTHS["safe"]
        >>> safe.least("Analysys", "Analysis", starts=False) > safe.least("Kabol", "Kabul", starts=False)
        True

        Args:
            word: The word as it stands.
            right: What was meant.
            starts: Whether a sentence starts with it.
        """
        if word[0].islower() and told(word) == right:
            return self.listed
        if starts or not word.istitle():
            return self.usual
        lower, capital = frequency(FIRST.split(right.lower(), maxsplit=1)[0])
        return self.turned_word if lower and lower >= capital else self.usual


STRENGTHS = {"safe": Strength(0.5, 0.95, 0.15), "thorough": Strength(0.35, 0.85, 0.1)}

LIKELY = 0.3
"""The probability from which a correction is suggested."""

WORDS = re.compile(r"\w+")  # matches "foo" and "bar" of "foo bar"
FIRST = re.compile(r"[ -]")  # matches the space of "foo bar"


class TyposOptions(NamedTuple):
    """
    What a user may choose.

    A strength says how probable a correction has to be. `safe` asks for even odds, and for more where a word with a
    capital would become a common one; as most are far surer than that, about nine in ten are right over a whole corpus.
    `thorough` asks for less. What is not probable enough is suggested.

    >>> TyposOptions(allowed=("Grauniad",), corrections=(("Khawja", "Khawaja"),)).allowed
    ('Grauniad',)
    """

    allowed: tuple[str, ...] = ()
    """Words, and pairs and compounds as a rule found them, to be left alone: in any case if given in lower case."""

    corrections: tuple[tuple[str, str], ...] = ()
    """
    Wrong and right forms to be used besides the lists, wherever the wrong one stands as a word, known or not.

    In any case if the wrong one is given in lower case: the right one then begins as the word does. Else in just this.
    """

    strength: str = "safe"
    """`safe` or `thorough`."""


class Typos:
    """
    Corrects typos, and leaves names, foreign words, dialect, codes and every spelling that is right somewhere alone.

    >>> [r[:4] for r in Typos().propose("The goverment of Afghnaistan\N{RIGHT SINGLE QUOTATION MARK}s neighbour.")]
    [(4, 13, 'government', 'typos/listed'), (17, 28, 'Afghanistan', 'typos/name')]
    """

    name = "typos"

    def __init__(self, options: TyposOptions = TyposOptions()) -> None:
        if options.strength not in STRENGTHS:
            raise ConfigError(
                f"typos.strength: there is no strength {options.strength!r}; there are {', '.join(STRENGTHS)}"
            )
        self._strength = STRENGTHS[options.strength]
        self._allowed = frozenset(options.allowed)
        self._given = given(options.corrections)

    def rules(self) -> Iterator[Rule]:
        """Yield the rules."""
        yield Rule(GIVEN, "Applies a correction given in the options.")
        yield Rule(LISTED, "Mends a misspelling of the list.")
        yield Rule(SLIP, "Mends a slip of the finger in a word.")
        yield Rule(NAME, "Mends a slip of the finger in a name.")
        yield Rule(DOCUMENT, "Mends a word or a name that the text itself has right elsewhere.")
        yield Rule(JOIN, "Puts in the space, or the hyphen, that is missing between two words.")
        yield Rule(SPLIT, "Takes out a space, or a hyphen of the printed line, in the middle of a word.")
        yield Rule(PHRASE, "Mends a word that is right by itself and wrong beside another.")
        yield Rule(DOUBLED, "Takes out a small word that stands twice; a suggestion unless the strength is thorough.")
        yield Rule(COMPOUND, "Gives a compound back the ending of its participle.")
        yield Rule(CAPITALS, "Writes the second letter of a word small.")

    def propose(self, text: str) -> Iterator[Replacement]:
        """
        Yield one replacement for each word that is surely a typo, and a suggestion for each that likely is.

        Leaves alone what is not English, and a text with so many unknown words that it is no article.
        """
        document = Document(text)
        if not document.is_article:
            return
        unknown = [word for word in document.unknown if not self._allows(word)]
        found = dict(self._weighed(document, unknown)) if unknown else {}
        mended = (*_mended(document, unknown), *self._doubled(document))
        found |= {at: each for at, each in mended if not self._allows(text[each.start : each.end])}
        found |= dict(self._applied(document))
        reached = 0
        for at in sorted(found):
            if at >= reached and not self._is_allowed(text[at : found[at].end]):
                yield found[at]
                reached = found[at].end

    def _is_allowed(self, words: str) -> bool:
        return words in self._allowed or words.lower() in self._allowed

    def _allows(self, word: str) -> bool:
        return self._is_allowed(word) or word in self._given

    def _weighed(self, document: Document, unknown: list[str]) -> Iterator[tuple[int, Replacement]]:
        """Yield what unknown words are likely to be slips for."""
        from newsclean.spelling.suspects import weighed  # of no use to a text whose words are all known

        for word, at, verdict in weighed(document, unknown, self._strength.listed):
            proposed = self._proposed(word, at, verdict, document)
            if proposed.safe or verdict.score >= LIKELY:
                yield at, proposed

    def _proposed(self, word: str, at: int, verdict: Verdict, document: Document) -> Replacement:
        """Return the replacement for a word. One that has quotation marks to itself may be meant."""
        least = self._strength.least(word, verdict.word, document.starts_sentence(at))
        is_sure = verdict.score >= least and not document.is_quoted_alone(at, word)
        rule, note = _rule(word, verdict, at, document), "; ".join([verdict.slip, *verdict.reasons])
        return Replacement(at, at + len(word), verdict.word, rule, round(verdict.score, 3), note, is_sure)

    def _doubled(self, document: Document) -> Iterator[tuple[int, Replacement]]:
        """Yield the small words that stand twice. In speech that is written down as it was they may be meant."""
        is_sure = self._strength is STRENGTHS["thorough"]
        for at, word in doubled(document):
            twice = f"{word} {word}"
            if document.is_english(at, twice):
                yield at, Replacement(at, at + len(twice), word, DOUBLED, 0.97, f"{word} stands twice", is_sure)

    def _applied(self, document: Document) -> Iterator[tuple[int, Replacement]]:
        """Yield the corrections that the options ask for."""
        for wrong, right in self._given.items():
            for at in document.places(wrong) if wrong != right else ():
                yield at, Replacement(at, at + len(wrong), right, GIVEN, 1.0, "given in the options")


def given(corrections: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """
    Return the corrections that options give, with the cases they hold in.

    Raises:
        ConfigError: If one is no pair of words, or if what it leads to would be corrected again.

    >>> given((("foobar", "foo bar"), ("Khawja", "Khawaja")))
    {'foobar': 'foo bar', 'Khawja': 'Khawaja', 'Foobar': 'Foo bar', 'FOOBAR': 'FOO BAR'}
    """
    for pair in corrections:
        if len(pair) != 2 or not all(isinstance(word, str) and word.strip() for word in pair):
            raise ConfigError(f"typos.corrections has {pair!r}; it must be a wrong word and the right one")
    found = dict(corrections)
    for wrong, right in corrections:
        if wrong.islower():
            found.setdefault(wrong.capitalize(), right[0].upper() + right[1:])
            found.setdefault(wrong.upper(), right.upper())
    phrases = [wrong for wrong in found if not WORDS.fullmatch(wrong)]
    for wrong, right in found.items():
        for word in (*WORDS.findall(right), *phrases) if wrong != right else ():
            if word in right and found.get(word, word) != word:
                raise ConfigError(
                    f"typos.corrections makes {right!r} of {wrong!r}, and {found[word]!r} of {word!r} in it: give the "
                    "last form for both, or leave one out"
                )
    return found


def _mended(document: Document, unknown: list[str]) -> Iterator[tuple[int, Replacement]]:
    """Yield what goes by more than one word."""
    yield from _mended_splits(document, splits(document, unknown))
    if places := doubts(document):
        yield from _mended_compounds(document, places)
        yield from _mended_splits(document, initials(document, places))
        yield from _mended_phrases(document, places)


def _mended_compounds(document: Document, places: list[int]) -> Iterator[tuple[int, Replacement]]:
    """Yield the compounds that have lost their ending."""
    for at, short, whole in chopped(document, places):
        if not document.is_code(at, short) and document.is_english(at, short):
            note = f"{whole} without its ending"
            yield at, Replacement(at, at + len(short), whole, COMPOUND, 0.96, note)


def _mended_splits(document: Document, found: Iterable[Split]) -> Iterator[tuple[int, Replacement]]:
    """Yield the words that a space stands in."""
    for at, broken, whole in found:
        guarded = document.is_code(at, broken) or document.is_cut(at, broken) or document.is_quoted_as_is(at, broken)
        if not guarded and not document.is_among_strangers(at, broken) and document.is_english(at, broken):
            yield at, Replacement(at, at + len(broken), whole, SPLIT, 0.97, "a word in two parts")


def _mended_phrases(document: Document, places: list[int]) -> Iterator[tuple[int, Replacement]]:
    """Yield the words that are wrong beside another."""
    for at, wrong, right in mistaken(document, places):
        if (
            not document.is_code(at, wrong)
            and not document.is_quoted_as_is(at, wrong)
            and document.is_english(at, wrong)
        ):
            is_sure = not document.is_quoted_alone(at, wrong)
            yield at, Replacement(at, at + len(wrong), right, PHRASE, 0.97, f"{wrong} for {right}", is_sure)


def _rule(word: str, verdict: Verdict, at: int, document: Document) -> str:
    """Return the rule that a verdict falls under."""
    if verdict.slip == RUN_TOGETHER:
        return JOIN
    if not (word.islower() or word.istitle()):
        return CAPITALS
    if verdict.word.lower() in listed(word.lower()):
        return LISTED
    if verdict.is_elsewhere:
        return DOCUMENT
    return SLIP if word.islower() or document.starts_sentence(at) else NAME
