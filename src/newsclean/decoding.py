"""
From bytes to text: which encoding, how we know, and what happens to bytes that do not fit.

The law is that nothing is lost: `decoded.encode(original text)` gives the bytes back, every one of them.
A replacement character that was not there is never put in.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newsclean.edits import Edits, Replacement, apply, record
from newsclean.errors import InputError

FOREIGN_BYTE = "encoding/foreign-byte"

BYTE_ORDER_MARKS = (  # the longer first: a mark of UTF-32 begins with one of UTF-16
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
)

ESCAPES = "[\udc80-\udcff]+"  # matches what stands for bytes that are not UTF-8 (PEP 383)

MOST_FOREIGN = 0.3
"""Share of a line. Western text has fewer letters beyond ASCII than that; other scripts have more."""

LEAST_CONFIDENCE = 0.05
"""Of chardet, whose answers for short Western text are right from about 0.09 on."""

WITHOUT_MARK = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""Codecs that write a byte order mark, and those that read and write the same without one."""

NULS = 8, 0.1
"""A text has no NUL, a damaged one a few. With as many as this, and in this share of its bytes, data is no UTF-8."""


class Decoded(NamedTuple):
    """The text of some bytes, and all that is needed to write them again."""

    text: str
    encoding: str
    """A codec of Python."""
    bom: bytes
    """The byte order mark in front, if any; it is not part of the text."""
    how: str
    """How the encoding was found: `bom`, `declared`, `utf-8`, `utf-8 with surrogates`, `utf-8 with foreign bytes`,
    `detected (0.87)`."""
    errors: str = "surrogateescape"
    """The codec's error handler that gives back the bytes which the encoding has no characters for."""
    repairs: Edits = ()
    """Foreign bytes in UTF-8 that were read as Windows-1252: edits from the text in which each stands as a surrogate
    escape (PEP 383) to `text`."""

    def encode(self, text: str) -> bytes:
        """
        Return a text as bytes of the same kind.

        Raises:
            InputError: If the encoding has no bytes for a character of the text.
        """
        try:
            return self.bom + text.encode(self.encoding, self.errors)
        except LookupError:
            raise InputError(f"there is no encoding {self.encoding!r}; try utf-8 or windows-1252") from None
        except UnicodeEncodeError as error:
            character = text[error.start]
            raise InputError(
                f"{self.encoding} has no bytes for {character!r} (U+{ord(character):04X}) at offset {error.start} of "
                "the clean text: ask for another encoding: --output-encoding utf-8"
            ) from None
        except UnicodeError as error:
            raise InputError(f"{self.encoding!r} is no encoding of documents: {error}; try utf-8") from None


def decode(data: bytes | bytearray | memoryview, encoding: str = "", name: str = "input") -> Decoded:
    r"""
    Return the text of some bytes.

    By the byte order mark, or as the encoding that was declared, or as UTF-8, or as what chardet finds.
    UTF-8 with a few bytes of Windows-1252 in it is repaired line by line, on record in `repairs`; bytes that are
    neither stay, as surrogate escapes, and are written again as they were.

    Args:
        data: The bytes of a whole document.
        encoding: The declared encoding, if there is one: a codec of Python. A byte order mark outweighs it.
        name: What an error calls the input.

    Raises:
        InputError: If the bytes are not text in any encoding that they may be in. It names the place and the remedy.
        TypeError: If given a str, which needs no decoding.

    >>> decode("Señor".encode("utf-16")).how, decode("Señor".encode()).how
    ('bom', 'utf-8')
    >>> decode("A café is not\n".encode() + "a caf\xe9.\n".encode("cp1252"), "").text
    'A café is not\na café.\n'
    """
    if not isinstance(data, bytes):
        if not isinstance(data, (bytearray, memoryview)):
            raise TypeError(f"newsclean.decode got {type(data).__name__}, and decodes bytes; a str needs no decoding")
        data = bytes(data)
    for bom, marked in BYTE_ORDER_MARKS:
        if data.startswith(bom):
            return _strictly(data, marked, bom, "bom", name)
    if encoding:
        return _declared(data, encoding, name)
    if data.count(0) > max(NULS[0], NULS[1] * len(data)):
        raise InputError(_full_of_nuls(data, name))
    try:
        return Decoded(data.decode(), "utf-8", b"", "utf-8")
    except UnicodeDecodeError as error:
        return _with_surrogates(data) or _with_foreign_bytes(data) or _detected(data, name, error)


def _strictly(data: bytes, encoding: str, bom: bytes, how: str, name: str) -> Decoded:
    try:
        return Decoded(data[len(bom) :].decode(encoding), encoding, bom, how)
    except LookupError:
        raise InputError(f"{name}: there is no encoding {encoding!r}; try utf-8 or windows-1252") from None
    except UnicodeDecodeError as error:
        raise InputError(_undecodable(data, name, encoding, len(bom) + error.start, error.reason)) from None
    except UnicodeError as error:  # of codecs for other things than documents, such as idna
        raise InputError(f"{name}: {encoding!r} is no encoding of documents: {error}; try utf-8") from None


def _declared(data: bytes, encoding: str, name: str) -> Decoded:
    """Decode as declared, if the encoding writes the same bytes again: else more than what is edited would change."""
    decoded = _strictly(data, WITHOUT_MARK.get(encoding.lower().replace("_", "-"), encoding), b"", "declared", name)
    try:
        again = decoded.encode(decoded.text)
    except InputError:
        again = b""
    if again != data:
        at = next((at for at, (old, new) in enumerate(zip(data, again, strict=False)) if old != new), len(again))
        raise InputError(
            f"{name}: {encoding} can read the bytes at {at} ({data[at : at + 8].hex(' ')}) but would write others for "
            "them; nothing was changed. Name another encoding, or convert it to UTF-8 first"
        )
    return decoded


def _full_of_nuls(data: bytes, name: str) -> str:
    even, odd = data[::2].count(0), data[1::2].count(0)
    if even and odd:
        return f"{name}: is binary and no text: {even + odd} of its {len(data)} bytes are NUL; it was left alone"
    encoding = "utf-16-le" if odd else "utf-16-be"
    return (
        f"{name}: has a NUL beside most letters, as UTF-16 has that lacks its byte order mark; nothing was changed. "
        f"Say that it is (--encoding {encoding}; in Python decode(data, {encoding!r})), or convert it first"
    )


def _undecodable(data: bytes, name: str, encoding: str, at: int, reason: str) -> str:
    return (
        f"{name}: not {encoding} at byte {at} ({data[at : at + 8].hex(' ')}): {reason}; nothing was changed. "
        "Say which encoding it is in (--encoding windows-1252; in Python decode(data, 'windows-1252')), or convert it "
        "first"
    )


def _with_surrogates(data: bytes) -> Decoded | None:
    """Decode UTF-8 that holds halves of characters (CESU-8, or an emoji cut in two); None where that is not it."""
    try:
        return Decoded(data.decode("utf-8", "surrogatepass"), "utf-8", b"", "utf-8 with surrogates", "surrogatepass")
    except UnicodeDecodeError:
        return None


def _with_foreign_bytes(data: bytes) -> Decoded | None:
    """Decode UTF-8 in which some lines have bytes of Windows-1252; None where no line shows that it is UTF-8 at all."""
    escaped = data.decode("utf-8", "surrogateescape")
    lines = [line for line in escaped.split("\n") if not line.isascii()]
    foreign = sum(bool(re.search(ESCAPES, line)) for line in lines)
    if len(lines) == foreign:
        return None
    repairs = record(escaped, _read_as_western(escaped))
    return Decoded(apply(escaped, repairs), "utf-8", b"", "utf-8 with foreign bytes", repairs=repairs)


def _read_as_western(escaped: str) -> list[Replacement]:
    """Propose the characters of Windows-1252 for escaped bytes, in lines that are not made of such bytes."""
    found, at = [], 0
    for line in escaped.split("\n"):
        runs = list(re.finditer(ESCAPES, line))
        if sum(len(run[0]) for run in runs) <= MOST_FOREIGN * len(line):
            for run in runs:
                read = run[0].encode("utf-8", "surrogateescape").decode("windows-1252", "surrogateescape")
                found.append(Replacement(at + run.start(), at + run.end(), read, FOREIGN_BYTE, note="windows-1252"))
        at += len(line) + 1
    return found


def _detected(data: bytes, name: str, error: UnicodeDecodeError) -> Decoded:
    """Decode as chardet says, if every byte comes back."""
    import chardet
    from chardet import EncodingEra

    found = chardet.detect(data, encoding_era=EncodingEra.MODERN_WEB, prefer_superset=True, compat_names=False)
    encoding, confidence = found["encoding"], found["confidence"]
    if encoding and confidence >= LEAST_CONFIDENCE:
        try:
            text = data.decode(encoding)
            if text.encode(encoding) == data:
                return Decoded(text, encoding, b"", f"detected ({confidence:.2f})")
        except (UnicodeError, LookupError):
            pass  # then it is refused, below
    raise InputError(_undecodable(data, name, "utf-8", error.start, error.reason))
