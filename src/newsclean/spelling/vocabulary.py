"""
What is known: which words of a text need no thought.

The lexicon lies in a sorted table, mapped into memory; a question to it costs a binary search. What was found known
once is remembered in a set, so that in a long run the words of a text cost one subtraction of sets.
The set only saves work: it is bounded and changes no answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from newsclean import resources
from newsclean.spelling.pieces import word_of
from newsclean.spelling.signs import is_sign

WORD, PROPER, PLACE, NAME, RARE = "wpcnr"
"""The kinds of the lexicon, told in `dictionaries/english.py`."""

LONGEST = 40
"""Letters. No English word is longer; what is, is a code, a run of words or hostile."""

MOST_REMEMBERED = 100_000
"""Unknown words remembered as such. A long run meets more names than that, most of them once."""

MOST_KNOWN = 250_000
"""Known words remembered as such, in all the forms and between all the marks that a text had them in."""


class Vocabulary:
    """
    The known words, in front of the lexicon.

    >>> vocabulary().unknown({b"the", b"goverment", b"Pakistan's"})
    ['goverment']
    """

    def __init__(self) -> None:
        self._lexicon = resources.table("en/lexicon.tsv")
        self._quiet: set[bytes] = set()
        self._told: dict[bytes, str] = {}

    def kinds(self, word: str) -> str:
        """Return the kinds a word is known as, in any case; empty for an unknown one."""
        return self._lexicon.get(word.lower()) or "" if len(word) <= LONGEST else ""

    def knows(self, word: str) -> bool:
        """
        Tell whether a word is known in the case it is written in.

        A name is known with a capital only: "modi" may be a slip, "Modi" is not. A rare name is never known outright:
        whether it stands is weighed.
        """
        kinds = self.kinds(word)
        return WORD in kinds or ((PROPER in kinds or NAME in kinds) and not word[:1].islower())

    def loud(self, pieces: set[bytes]) -> set[bytes]:
        """
        Return the pieces of which more must be seen: those not known, and those that are `signs`.

        There may be others among them, if no text before had them.
        """
        return pieces - self._quiet

    def unknown(self, pieces: Iterable[bytes]) -> list[str]:
        """
        Return what is not known of the pieces of a text, as bare words, sorted.

        Words in odd case ("COmmission") are among them, however well known in another.
        """
        told = self._told.get
        words = {self._judged(piece) if (word := told(piece)) is None else word for piece in pieces}
        words.discard("")
        return sorted(words)

    def forget(self) -> None:
        """Forget what was found known and unknown, which changes no answer; for whoever has changed what is known."""
        self._quiet.clear()
        self._told.clear()

    def _judged(self, piece: bytes) -> str:
        """Return a word, bare, if it is unknown, or nothing; remember which."""
        word = word_of(piece)
        if len(word) < 2 or (self.knows(word) and not is_odd(word)):
            word = ""
        if len(piece) <= LONGEST:
            if word or is_sign(piece):
                if len(self._told) < MOST_REMEMBERED:
                    self._told[piece] = word
            elif len(self._quiet) < MOST_KNOWN:
                self._quiet.add(piece)
        return word


def is_odd(word: str) -> bool:
    """
    Tell whether a word begins with two capitals and goes on small.

    >>> is_odd("COmmission"), is_odd("MPs"), is_odd("McCain")
    (True, False, False)
    """
    return len(word) > 3 and word[:2].isupper() and word[2:].islower()


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, opened once a process."""
    return Vocabulary()
