"""`newsclean explain --word`: what it says of a word, alone and in a text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsclean.spelling.document import Document
from newsclean.spelling.inquiry import inquire
from tests.conftest import Run

LETTER = "The talks went on. Canadian Prime Minister Justin Treudau left early, an aide said on Monday.\n"


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Kabul", "left alone, as it is known"),
        ("minister", "left alone, as it is known"),
        ("Xqzvw", "left alone, as nothing else can have been meant"),
        ("BJPbacked", "changed: 'BJP-backed', by typos/join"),
        ("inLondon", "changed: 'in London', by typos/join"),
        ("goverment", "changed: 'government' is"),
        ("bloodfest", "left alone: 'bloodiest' is"),
    ],
)
def test_outcome(run: Run, word: str, outcome: str) -> None:
    """The first line says what becomes of the word, and why."""
    done = run("explain", "--word", word)
    assert 0 == done.status
    assert done.out.decode().startswith(f"{word}: {outcome}")


@pytest.mark.parametrize("word", ["", "two words"])
def test_no_word(run: Run, word: str) -> None:
    """What is not one word is refused."""
    done = run("explain", "--word", word)
    assert (2, b"") == (done.status, done.out)
    assert "must be one word" in done.err


def test_context_counts(run: Run, tmp_path: Path) -> None:
    """In a text, the words beside it speak for a correction."""
    (tmp_path / "letter.txt").write_text(LETTER)
    alone = inquire("Treudau").verdict
    beside = inquire("Treudau", Document(LETTER)).verdict
    assert alone
    assert beside
    assert beside.score > alone.score
    done = run("explain", "--word", "Treudau", "--context", str(tmp_path / "letter.txt"))
    assert "goes with the word before it" in done.out.decode()


def test_guarded_word(run: Run, tmp_path: Path) -> None:
    """What stands in an address is left alone however probable a correction is."""
    (tmp_path / "link.txt").write_text("See www.goverment.example for the rules.\n")
    done = run("explain", "--word", "goverment", "--context", str(tmp_path / "link.txt"))
    assert "but what stands around it is code" in done.out.decode()


def test_words_of_the_user(run: Run, tmp_path: Path) -> None:
    """The words of the user come first."""
    (tmp_path / "words.txt").write_text("goverment\nfoobar -> foo bar\n")
    words = str(tmp_path / "words.txt")
    assert "left alone, as the options say" in run("explain", "--word", "goverment", "--words", words).out.decode()
    assert "becomes 'foo bar', as the options say" in run("explain", "--word", "foobar", "--words", words).out.decode()


def test_json(run: Run) -> None:
    """As JSON it holds all the evidence."""
    told = json.loads(run("explain", "--word", "teh", "--output-format", "json").out)
    assert "the" == told["candidates"][0][0]
    assert told["verdict"]["evidence"]["exchanged"] == 1
    assert told["supposed"]["the text had it wrong twice"] < told["verdict"]["score"]


@pytest.mark.parametrize("context", ["absent.txt", "letter.txt"])
def test_trouble_is_told(run: Run, tmp_path: Path, context: str) -> None:
    """No such file, or no such word in it: a message that names it, and status 2."""
    (tmp_path / "letter.txt").write_text(LETTER)
    done = run("explain", "--word", "goverment", "--context", str(tmp_path / context))
    assert 2 == done.status
    assert context in done.err
