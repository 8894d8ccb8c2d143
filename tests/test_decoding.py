"""From bytes to text and back."""

from __future__ import annotations

import codecs
import contextlib
from encodings.aliases import aliases

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsclean import Cleaner, InputError, decode
from newsclean.decoding import FOREIGN_BYTE
from newsclean.edits import apply, invert
from newsclean.files import explain_decoded
from tests.cases import Case, cases
from tests.texts import texts

CLEANER = Cleaner()

ENGLISH = "The café’s owner said the price of £5 was fair. “It’s the señor’s choice,” he added – and left.\n"
SAMPLES = {
    "windows-1252": ENGLISH,
    "windows-1250": "Premiér řekl, že most bude uzavřen až do jara. Žluťoučký kůň úpěl ďábelské ódy.\n",
    "windows-1251": "Министр финансов сказал во вторник, что цены выросли третий месяц подряд.\n",
    "koi8-r": "Министр финансов сказал во вторник, что цены выросли третий месяц подряд.\n",
    "windows-1253": "Ο υπουργός Οικονομικών είπε την Τρίτη ότι οι τιμές ανέβηκαν.\n",
    "windows-1254": "Maliye bakanı salı günü fiyatların üçüncü ay da arttığını söyledi. Şöyle dedi.\n",
    "windows-1256": "قال وزير المالية يوم الثلاثاء إن الأسعار ارتفعت للشهر الثالث.\n",
    "gb18030": "财政部长周二表示，物价已连续第三个月上涨。桥梁将关闭至春季。\n",
    "big5": "財政部長週二表示，物價已連續第三個月上漲。橋樑將關閉至春季。\n",
    "shift_jis": "財務大臣は火曜日に、物価が三か月連続で上昇したと述べた。\n",
    "euc-kr": "재무장관은 화요일에 물가가 석 달 연속 올랐다고 말했다.\n",
}


@pytest.mark.parametrize("encoding", SAMPLES)
def test_a_legacy_encoding_is_found(encoding: str) -> None:
    """A few lines are enough to find each of these, and every byte comes back."""
    data = (SAMPLES[encoding] * 4).encode(encoding)
    decoded = decode(data)
    assert SAMPLES[encoding] * 4 == decoded.text
    assert decoded.how.startswith("detected (0.")
    assert data == decoded.encode(decoded.text)


@pytest.mark.parametrize("encoding", [*SAMPLES, "cp437", "mac_roman", "utf-16-le"])
def test_a_declared_encoding_is_believed(encoding: str) -> None:
    """What the caller says is not guessed at."""
    text = SAMPLES.get(encoding, "The café said no.\n")
    decoded = decode(text.encode(encoding), encoding)
    assert (text, "declared") == (decoded.text, decoded.how)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-be"])
def test_a_byte_order_mark_outweighs_what_was_declared(encoding: str) -> None:
    """A mark names the encoding, is no part of the text, and is written again."""
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-be": b"\0\0\xfe\xff"}
    data = marks.get(encoding, b"") + ENGLISH.encode(encoding)
    decoded = decode(data, "windows-1252")
    assert (ENGLISH, "bom") == (decoded.text, decoded.how)
    assert data == decoded.encode(decoded.text)


def test_foreign_bytes_in_utf8_are_repaired_on_record() -> None:
    """Lines of Windows-1252 in a file of UTF-8 become UTF-8, and the edits lead back to the very bytes."""
    data = "A café.\n".encode() + "It’s a café too.\n".encode("windows-1252")
    decoded = decode(data)
    assert "A café.\nIt’s a café too.\n" == decoded.text
    result = explain_decoded(CLEANER.explain, decoded)
    assert [FOREIGN_BYTE] * 2 == [part.rule for edit in result.edits for part in edit.parts]
    assert data == decoded.encode(result.undo())
    assert "A café.\nIt’s a café too.\n".encode() == decoded.encode(result.text)


@pytest.mark.parametrize(
    "data",
    [
        "Señor\n".encode() + b"a \x81 b\n",  # no such byte in Windows-1252
        "Señor\n".encode() + SAMPLES["windows-1251"].encode("windows-1251"),  # a whole line that is not Western
        b"half an emoji: \xed\xa0\xbd\n",  # CESU-8
        b"a pair: \xed\xa0\xbd\xed\xb8\x80 and more\n",
    ],
    ids=["undefined", "other script", "half", "pair"],
)
def test_bytes_that_fit_nothing_stay(data: bytes) -> None:
    """They come out as they went in; no replacement character appears."""
    decoded = decode(data)
    assert data == decoded.encode(apply(decoded.text, invert(decoded.repairs)))
    assert data == decoded.encode(decoded.text)
    assert "\N{REPLACEMENT CHARACTER}" not in decoded.text


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"\xff\x00\x80abc\x00", "", "a.txt: not utf-8 at byte 0 (ff 00 80 61 62 63 00)"),
        (b"caf\xe9", "utf-8", "a.txt: not utf-8 at byte 3 (e9)"),
        (b"\xef\xbb\xbf\xff", "", "a.txt: not utf-8 at byte 3 (ff)"),
        (b"\xff\xfea", "", "a.txt: not utf-16-le at byte 2 (61)"),
        (b"text", "utf-9", "a.txt: there is no encoding 'utf-9'; try utf-8"),
        (b"text", "hex", "a.txt: there is no encoding 'hex'; try utf-8"),
        (b"text", "undefined", "a.txt: 'undefined' is no encoding of documents"),
        (b"fish+-chips and +AGEAYg-", "utf-7", "a.txt: utf-7 can read the bytes at 16"),
        ("The mayor said ‘no’.".encode("utf-16-le"), "", "a.txt: has a NUL beside most letters, as UTF-16 has"),
        ("The mayor said ‘no’.".encode("utf-16-be"), "", "a.txt: has a NUL beside most letters, as UTF-16 has"),
        (b"ustar" + bytes(500) + b"The mayor said no.", "", "a.txt: is binary and no text: 500 of its 523 bytes"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, encoding: str, message: str) -> None:
    """The error names the file, the place, the bytes and the remedy."""
    with pytest.raises(InputError) as caught:
        decode(data, encoding, "a.txt")
    assert str(caught.value).startswith(message)
    assert "encoding" in str(caught.value) or "left alone" in str(caught.value)


def test_what_the_message_on_utf_16_says_helps() -> None:
    """The encoding that it names reads the text."""
    for encoding in "utf-16-le", "utf-16-be":
        data = ENGLISH.encode(encoding)
        with pytest.raises(InputError, match=rf"--encoding {encoding}; in Python decode\(data, '{encoding}'\)"):
            decode(data)
        assert ENGLISH == decode(data, encoding).text


@pytest.mark.filterwarnings("ignore:.*invalid escape:DeprecationWarning")
@pytest.mark.parametrize("encoding", sorted({*aliases.values(), "idna", "punycode", "undefined", "unicode_escape"}))
@pytest.mark.parametrize("data", [b"", b"Plain.\n", b"a\\nb \\u0041 +AGEAYg- xn--a", bytes(range(256))])
def test_a_codec_gives_the_bytes_back_or_is_refused(encoding: str, data: bytes) -> None:
    """Python's codecs read more than they write, and not all are for documents; nothing is lost all the same."""
    with contextlib.suppress(InputError):
        decoded = decode(data, encoding)
        assert data == decoded.encode(decoded.text)


def test_bytes_of_any_kind_are_decoded_and_nothing_else() -> None:
    """A bytearray and a memoryview hold bytes, too; a str is text already."""
    assert ENGLISH == decode(bytearray(ENGLISH.encode())).text == decode(memoryview(ENGLISH.encode())).text
    with pytest.raises(TypeError, match=r"got str, and decodes bytes"):
        decode(ENGLISH)  # type: ignore[arg-type]


def test_a_character_the_encoding_lacks_is_refused() -> None:
    """Text that cannot be written in the encoding of its file is an error, not a question mark."""
    decoded = decode(ENGLISH.encode("windows-1252"))
    with pytest.raises(InputError, match=r"no bytes for '☃' \(U\+2603\) at offset 3"):
        decoded.encode("A  ☃")


@given(data=st.one_of(st.binary(max_size=60), texts.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_no_byte_is_lost(data: bytes) -> None:
    """Whatever is decoded gives its bytes back; what is not is refused."""
    try:
        decoded = decode(data)
    except InputError:
        return
    assert data == decoded.encode(apply(decoded.text, invert(decoded.repairs)))


@given(prefix=texts, foreign=st.binary(max_size=10), suffix=texts)
def test_edits_of_a_file_lead_back_to_its_bytes(prefix: str, foreign: bytes, suffix: str) -> None:
    """With foreign bytes anywhere in UTF-8, undoing what was done to the file gives the file."""
    data = "é\n".encode() + b"".join((prefix.encode("utf-8", "replace"), foreign, suffix.encode("utf-8", "replace")))
    assume(data.count(0) <= 8)  # with more it is refused
    decoded = decode(data)
    result = explain_decoded(CLEANER.explain, decoded)
    assert data == decoded.bom + decoded.encode(result.undo())


AS_BYTES = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "windows-1252", "windows-1250", "windows-1251"),
    *("windows-1253", "windows-1254", "iso-8859-15", "koi8-r", "mac_roman", "cp437", "gb18030", "shift_jis"),
)
"""Encodings that the cases of the encoding stage are written in."""


@pytest.mark.parametrize("encoding", AS_BYTES)
def test_cases_come_out_of_bytes_as_out_of_text(encoding: str) -> None:
    """A case cleans alike as text and as the bytes of a file in any encoding that has all its characters."""
    tried = 0
    for case in cases():
        data = _in(encoding, case) if case.id.startswith("encoding:") else None
        if data is None:
            continue
        decoded = decode(data, encoding)
        cleaned = explain_decoded(Cleaner(case.options).explain, decoded).text
        assert (case.text, case.clean) == (decoded.text, cleaned), case.id
        tried += 1
    assert tried >= 10


def _in(encoding: str, case: Case) -> bytes | None:
    """
    Return the text of a case in an encoding that can write it and what becomes of it, there and back.

    A case that begins with what a byte order mark looks like in that encoding is none: as bytes it is that mark.
    """
    try:
        data = case.text.encode(encoding)
        case.clean.encode(encoding)
    except UnicodeEncodeError:
        return None
    is_marked = data.startswith(codecs.BOM_UTF8) and not encoding.startswith("utf")
    return data if data.decode(encoding) == case.text and not is_marked else None
