"""
What is known: which words of a text need no thought.

The lexicon lies in a sorted table, mapped into memory; a question to it costs a binary search. What was found known
once is remembered in a set, so that in a long run the words of a text cost one subtraction of sets.
The set only saves work: it is bounded and changes no answer.
"""

from __future__ import annotations

from functools import cache
from itertools import filterfalse

from newsclean import resources

WORD, PROPER, PLACE, NAME, RARE = "wpcnr"
"""The kinds of the lexicon, told in `dictionaries/english.py`."""

LONGEST = 40
"""Letters. No English word is longer; what is, is a code, a run of words or hostile."""

MOST_REMEMBERED = 100_000
"""Unknown words remembered as such. A long run meets more names than that, most of them once."""

MOST_KNOWN = 250_000
"""Known words remembered as such, in all the forms and between all the marks that a text had them in."""

_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}".encode()
_PUNCTUATION = b"\xc2\xe2"
"""First bytes of U+00A0 to U+00BF and of U+2000 to U+2FFF, where hardly anything is a letter."""
_CONTINUED = bytes(range(0x80, 0xC0))
"""The other bytes of a character: all that is left of one whose first byte became a space."""
_LETTERS_ALONE = bytes(
    c if (chr(c).isalpha() or c == ord("'") if c < 128 else c not in _PUNCTUATION) else 32 for c in range(256)
)


def pieces_of(text: str) -> set[bytes]:
    r"""
    Return the distinct words of a text, as UTF-8: runs of letters and apostrophes.

    This is the screen that every text goes through, so it does nothing else: no case, no clitics, no offsets. Nor
    does it look at what the words begin with: behind a dash or an opening quotation mark, of which only the first
    byte is taken for a space, that is the rest of the mark. See `words_in`.

    >>> sorted(pieces_of("The dog's 2 tails \N{EM DASH} the dogs\N{RIGHT SINGLE QUOTATION MARK}"))
    [b'The', b"dog's", b"dogs'", b'tails', b'the', b'\x80\x94']
    """
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > len(text):
        data = data.replace(_APOSTROPHE, b"'")
    return set(data.translate(_LETTERS_ALONE).split())


def words_in(pieces: set[bytes]) -> set[bytes]:
    """
    Return pieces without what is no part of the word.

    >>> words_in(pieces_of("\N{LEFT DOUBLE QUOTATION MARK}Yes\N{EM DASH} no")) == {b"Yes", b"no"}
    True
    """
    beyond = set(filterfalse(bytes.isascii, pieces))
    words = pieces - beyond
    words.update(piece.lstrip(_CONTINUED) for piece in beyond)
    words.discard(b"")
    return words


def bare(word: str) -> str:
    """
    Return a word without the apostrophes around it and a possessive's ending.

    >>> bare("Pakistan's"), bare("'dogs'")
    ('Pakistan', 'dogs')
    """
    return word.strip("'").removesuffix("'s").removesuffix("'S")


class Vocabulary:
    """
    The known words, in front of the lexicon.

    >>> vocabulary().unknown({b"Pakistan's", b"goverment", b"the"})
    ['goverment']
    """

    def __init__(self) -> None:
        self._lexicon = resources.table("en/lexicon.tsv")
        self._known: set[bytes] = set()
        self._unknown: dict[bytes, str] = {}

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

    def unknown(self, pieces: set[bytes]) -> list[str]:
        """
        Return what is not known of the pieces of a text, as bare words, sorted.

        Words in odd case ("COmmission") are among them, however well known in another.
        """
        return sorted({self._unknown.get(piece) or self._judged(piece) for piece in pieces - self._known} - {""})

    def _judged(self, piece: bytes) -> str:
        """Return a word, bare, if it is unknown, or nothing; remember which."""
        word = bare(piece.lstrip(_CONTINUED).decode("utf-8", "surrogatepass"))
        if len(word) < 2 or (self.knows(word) and not is_odd(word)):
            if len(piece) <= LONGEST and len(self._known) < MOST_KNOWN:
                self._known.add(piece)
            return ""
        if len(piece) <= LONGEST and len(self._unknown) < MOST_REMEMBERED:
            self._unknown[piece] = word
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
