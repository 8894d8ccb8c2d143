"""The encoding stage: what it leaves alone, what it tells of its repairs, and what it costs."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import ftfy
import pytest
from ftfy.badness import is_bad

from newsclean.chain import Chain, Result
from newsclean.normalizers.encoding import Encoding, EncodingOptions
from newsclean.repairing import account, screen, tables
from tests.cases import cases

MIXED = "上海 "
"""In a line with this no single encoding explains the mojibake, so ftfy repairs it run by run."""


def explain(text: str, **options: object) -> Result:
    """Run the stage alone."""
    return Chain([Encoding(EncodingOptions(**options))]).explain(text)  # type: ignore[arg-type]


def told(text: str, **options: object) -> list[tuple[str, str, str]]:
    """Return before, after and note of each edit."""
    return [(edit.before, edit.after, edit.parts[0].note) for edit in explain(text, **options).edits]


# What is left alone


@pytest.mark.parametrize(
    "text", ["", "\n", "Plain text.\n", "“Café” & 10\xa0km – 5 %\n", "मंत्री\n", "\ud800 alone\n", "\udc00\ud800"]
)
def test_text_that_needs_nothing_comes_back_as_the_same_object(text: str) -> None:
    """No edit, no copy; a lone surrogate is text in doubt."""
    result = explain(text)
    assert text is result.text
    assert () == result.edits


def test_clean_text_needs_no_ftfy() -> None:
    """Neither ftfy nor anything slow to import is loaded for text that needs no repair."""
    program = (
        "import sys; from newsclean.normalizers.encoding import Encoding;"
        "assert not list(Encoding().propose('Plain text & more.\\n“Café”, £5, señor, Łódź…\\n'));"
        "print(*{'ftfy', 'html', 'tomllib', 'pathlib', 'dataclasses', 'importlib.metadata'} & set(sys.modules));"
        "list(Encoding().propose('cafÃ©')); print('ftfy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "\nTrue\n" == done.stdout


def test_nothing_that_ftfy_calls_bad_passes_the_screen() -> None:
    """Any two characters of which ftfy's heuristic minds the company are seen, between letters or at the edges."""
    characters = "".join(anchors for anchors, _ in tables.SUSPECTS) + "“’—… aZ1?.\n\xa0\xad´·œРЂ¡"
    looks = screen.Screen(EncodingOptions(unescape_html=False, normalization=None, fix_c1_controls=False))
    for one in characters:
        for other in characters:
            for text in (one + other, f"a{one}{other}b"):
                assert list(looks.segments(text)) or not is_bad(text), ascii(text)


@pytest.mark.parametrize("plane", [0, pytest.param(range(1, 17), marks=pytest.mark.slow)])
def test_no_character_that_ftfy_changes_passes_the_screen(plane: int | range) -> None:
    """Of every code point between letters, lone surrogates aside, ftfy and we make the same."""
    config = ftfy.TextFixerConfig(**EncodingOptions()._asdict())
    looks = screen.Screen(EncodingOptions())
    for code in range(0x10000) if plane == 0 else range(0x10000, 0x110000):
        line = f"a{chr(code)}b"
        if not list(looks.segments(line)) and not 0xD800 <= code < 0xE000:
            assert line == ftfy.fix_and_explain(line, config).text


def test_punctuation_is_normal_in_any_company() -> None:
    """NFC leaves alone what the screen takes for granted, and all below U+0300, in form and as a second character."""
    for character in (*screen.PUNCTUATION, *map(chr, range(0x300))):
        for before in ("e", "\u1112\u1161", "\u0928"):
            assert list(screen.Screen(EncodingOptions()).segments(f"{before}{character}")) or (
                f"{before}{character}" == ftfy.fix_text(f"{before}{character}", uncurl_quotes=False)
            )


def test_damage_nested_without_end_stays() -> None:
    """Entities are unescaped as deep as anyone ever nested them, and no deeper."""
    deep = "&" + "amp;" * (account.DEPTH - 2)
    assert "Fish & chips" == explain(f"Fish {deep} chips").text
    deeper = "&" + "amp;" * account.DEPTH
    assert () == explain(f"Fish {deeper} chips, caf&eacute;").edits


def test_long_runs_in_mixed_lines_stay() -> None:
    """A run of mojibake is repaired by itself up to a length; a line that is all mojibake at any length."""
    long = "é" * account.RUN
    broken = long.encode().decode("latin-1")
    assert () == explain(f"{MIXED}{broken}").edits
    assert f"{MIXED}{long[:40]}" == explain(f"{MIXED}{broken[:80]}").text
    assert long == explain(broken).text


def test_long_lines_are_cut_behind_a_space() -> None:
    """A line beyond max_decode_length is repaired piece by piece; no word is torn where there are spaces."""
    line = "The cafÃ© is here. " * 50
    assert line.replace("Ã©", "é") == explain(line, max_decode_length=100).text
    assert len("é" * 300) == len(explain("Ã©" * 300, max_decode_length=100).text)


# What is told


def test_each_repair_is_an_edit_of_its_own() -> None:
    """Repairs that can be told apart are, with the span of what was broken and how."""
    assert [
        ("Ã©", "é", "UTF-8 read as latin-1"),
        ("&amp;", "&", "HTML entity"),
        ("ﬁ", "fi", "ligature"),
        ("\0", "", "control character"),
    ] == told("The cafÃ© &amp; the ﬁrst\0 one")


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("Itâ€™s late", [("â€™", "’", "UTF-8 read as windows-1252")]),
        ("cafÃƒÂ© now", [("ÃƒÂ©", "é", "UTF-8 read as windows-1252, then UTF-8 read as latin-1")]),
        (MIXED + "cafÃ©", [("Ã©", "é", "UTF-8 read as latin-1")]),
        ("voilÃ le travail", [("Ã", "à", "UTF-8 read as latin-1, with spaces for no-break spaces")]),
        ("Wonâ€\ufffd", [("â€", "", "UTF-8 read as windows-1252, with bytes lost")]),
        ("It\x92s", [("\x92", "’", "Latin-1 control character, meant as windows-1252")]),
        ("\x1b[1mBold\x1b[0m", [("\x1b[1m", "", "terminal escape"), ("\x1b[0m", "", "terminal escape")]),
        ("\x1b]0;title\aText", [("\x1b]0;title\a", "", "terminal escape")]),
        ("One\u2028two", [("\u2028", "\n", "line break other than a line feed")]),
        ("Cafe\u0301s", [("e\u0301", "é", "not in normal form NFC")]),
        ("\ud83d\ude00 yes", [("\ud83d\ude00", "😀", "two halves of a character")]),
        ("\ud83d \ud83d\ude00", [("\ud83d\ude00", "😀", "two halves of a character")]),
    ],
)
def test_notes_say_what_was_broken(text: str, edits: list[tuple[str, str, str]]) -> None:
    """An edit spans no more than the damage, and its note says how it came about."""
    assert edits == told(text)


def test_typography_changes_only_when_asked() -> None:
    """Quotation marks and widths are the author's, unless options say otherwise."""
    assert [] == told("“It’s Ａ”")
    assert ["“", "’", "Ａ", "”"] == [
        edit[0] for edit in told("“It’s Ａ a”", uncurl_quotes=True, fix_character_width=True)
    ]


def test_steps_that_do_not_add_up_are_one_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    """If ftfy's steps do not lead to its answer, its answer stands."""
    monkeypatch.setattr(account, "_single_steps", lambda steps: iter(()))
    assert [("Ã©s &amp; caf&eacute;", "és & café", "several repairs")] == told("cafÃ©s &amp; caf&eacute;")


# What holds whatever happens


@pytest.fixture
def unknown_ftfy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pretend that the tables were derived from another ftfy than the installed one."""
    screen.tables_hold.cache_clear()
    monkeypatch.setattr(tables, "VERSIONS", ("0.0",))
    yield
    screen.tables_hold.cache_clear()


@pytest.mark.usefixtures("unknown_ftfy")
def test_an_unknown_ftfy_is_asked_about_every_line() -> None:
    """Without tables that hold, every line is shown to ftfy, and the answers are the same."""
    assert not screen.tables_hold()
    assert [(0, 6), (6, 7), (7, 12)] == list(screen.Screen(EncodingOptions()).segments("Plain\n\ntext."))
    for case in cases():
        if case.id.startswith("encoding:"):
            result = Chain([Encoding(case.options.encoding)]).explain(case.text)
            assert case.clean == result.text


def test_the_version_is_read_without_importing_ftfy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version that the finders name is the one that importing gives."""
    monkeypatch.delitem(sys.modules, "ftfy")
    assert screen.tables_hold.__wrapped__()
    assert "ftfy" not in sys.modules
    monkeypatch.setattr(sys, "meta_path", [])
    assert not screen.tables_hold.__wrapped__()


def test_the_answer_depends_on_the_text_alone() -> None:
    """Hash seeds change neither edits nor their order."""
    program = (
        "from newsclean.chain import Chain; from newsclean.normalizers.encoding import Encoding;"
        "from tests.cases import cases;"
        "print([Chain([Encoding()]).explain(case.text).edits for case in cases()])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8:backslashreplace"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert 1 == len(answers)


def test_it_pickles() -> None:
    """Workers may be handed the stage itself."""
    copy = pickle.loads(pickle.dumps(Encoding(EncodingOptions(uncurl_quotes=True))))
    assert ['"'] == [found.text for found in copy.propose("“")]


def repeated(piece: str) -> Callable[[int], str]:
    """Return a maker of texts of any length out of one piece."""
    return lambda length: (piece * (length // len(piece) + 1))[:length]


EVERY = "".join(map(chr, range(0x110000)))

HOSTILE: dict[str, Callable[[int], str]] = {
    "nested entities": lambda n: "&" + "amp;" * (n // 4),
    "nested numbers": lambda n: "&#4&#5" * (n // 16) + "&#54;" + ";" * (n // 8),
    "marks in the wrong order": lambda n: "e" + "\u0301\u0316" * (n // 2),
    "a with tilde": repeated("Ã"),
    "a with tilde and space": repeated("Ã "),
    "leads without an end": lambda n: "Â" * n + "©",
    "an end that leads on": lambda n: "Ã" + "ƒ" * n,
    "leads in a long run in a mixed line": lambda n: MIXED + "Ã‚" * (n // 2) + "Â©",
    "one line": repeated("The cafÃ© is open, "),
    "one word": repeated("cafÃ©"),
    "lone surrogates": repeated("\ud800a\udc00"),
    "surrogate pairs": repeated("\ud83d\ude00a"),
    "every code point": repeated(EVERY),
    "escapes without an end": repeated("\x1b]"),
    "an escape without an end": lambda n: "\x1b]" + "a" * n,
    "ampersands": repeated("&"),
    "entities": repeated("&lt;b&gt; "),
    "surrogates in UTF-8": repeated("í\xa0½í¸\x80 "),
    "carriage returns": repeated("\r"),
    "separators": repeated("\u2028"),
    "controls": repeated("\0\x92"),
    "jamo": repeated("\u1112\u1161\u11ab"),
}


NAMED = ("nested entities", "marks in the wrong order", "a with tilde", "lone surrogates", "every code point")
"""Those that are also tried at two million characters; for all of them that takes ten minutes."""


def seconds(text: str) -> float:
    """Return what it costs to explain a text, on the processor's clock: the best of three, where it is not long."""
    chain = Chain([Encoding()])
    gc.collect()
    gc.freeze()  # or the collector's rounds through all that pytest holds would be counted in
    taken = []
    for _ in range(3 if len(text) < 1_000_000 else 1):
        start = time.process_time()
        chain.explain(text)
        taken.append(time.process_time() - start)
    gc.unfreeze()
    return min(taken)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_cheap(kind: str) -> None:
    """No text raises, and none costs more than a second for 2,000 characters."""
    assert seconds(HOSTILE[kind](2000)) < 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_cost_grows_with_length(kind: str) -> None:
    """Ten times the text costs at most fifteen times as much, from 20,000 characters to 2,000,000."""
    lengths = (20_000, 200_000, 2_000_000) if kind in NAMED else (20_000, 200_000)
    for _ in range(4):  # a busy machine may spoil a measurement; no luck would save a cost that grows with the square
        costs = [max(seconds(HOSTILE[kind](length)), 0.02) for length in lengths]
        if all(large <= 15 * small for small, large in pairwise(costs)):
            return
    pytest.fail(f"{kind}: {costs} seconds for {lengths} characters")
