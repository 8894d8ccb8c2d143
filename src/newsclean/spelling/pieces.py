"""The words of a text as the first look sees them: bytes between spaces, in their order."""

from __future__ import annotations

from itertools import filterfalse

_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}".encode()
_PUNCTUATION = b"\xc2\xe2"
"""First bytes of U+00A0 to U+00BF and of U+2000 to U+2FFF, where hardly anything is a letter."""
CONTINUED = bytes(range(0x80, 0xC0))
"""The other bytes of a character: all that is left of one whose first byte became a space."""
_LETTERS_ALONE = bytes(
    c if (chr(c).isalpha() or c == ord("'") if c < 128 else c not in _PUNCTUATION) else 32 for c in range(256)
)


def pieces_of(text: str) -> list[bytes]:
    r"""
    Return the words of a text in their order, as UTF-8: runs of letters and apostrophes.

    This is the screen that every text goes through, so it does nothing else: no case, no clitics, no offsets. Nor
    does it look at what the words begin with: behind a dash or an opening quotation mark, of which only the first
    byte is taken for a space, that is the rest of the mark. See `words_in`.

    >>> pieces_of("The dog's 2 tails \N{EM DASH} the dogs\N{RIGHT SINGLE QUOTATION MARK}")
    [b'The', b"dog's", b'tails', b'\x80\x94', b'the', b"dogs'"]
    """
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > len(text):
        data = data.replace(_APOSTROPHE, b"'")
    return data.translate(_LETTERS_ALONE).split()


def words_in(pieces: set[bytes]) -> set[bytes]:
    r"""
    Turn a set of pieces into that of the words in them, without what is no part of a word, and return it.

    >>> words_in({b"\x80\x9cYes", b"\x80\x94", b"no"}) == {b"Yes", b"no"}
    True
    """
    beyond = list(filterfalse(bytes.isascii, pieces))
    pieces.difference_update(beyond)
    pieces.update(piece.lstrip(CONTINUED) for piece in beyond)
    pieces.discard(b"")
    return pieces


def word_of(piece: bytes) -> str:
    r"""
    Return the word of a piece, bare.

    >>> word_of(b"\x80\x9cPakistan's")
    'Pakistan'
    """
    return bare(piece.lstrip(CONTINUED).decode("utf-8", "surrogatepass"))


def core(piece: bytes) -> bytes:
    r"""
    Return a piece without marks around the word, and without a possessive's ending.

    >>> core(b"\x80\x9cPakistan's")
    b'Pakistan'
    """
    return piece if piece.isalpha() else piece.lstrip(CONTINUED).strip(b"'").removesuffix(b"'s")


def bare(word: str) -> str:
    """
    Return a word without the apostrophes around it and a possessive's ending.

    >>> bare("Pakistan's"), bare("'dogs'")
    ('Pakistan', 'dogs')
    """
    return word.strip("'").removesuffix("'s").removesuffix("'S")
