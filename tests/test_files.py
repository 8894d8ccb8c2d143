"""Bytes in, bytes out."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given

from newsclean import Cleaner, InputError, Options
from newsclean.edits import apply
from newsclean.files import check_replaceable, explain_in_style, replace, style_of
from tests.test_laws import is_canonical
from tests.texts import texts

CLEANER = Cleaner()


@given(text=texts)
def test_the_laws_hold_in_every_style_of_line_breaks(text: str) -> None:
    """In a file's own breaks edits replay, quote, undo and are canonical, and what was clean stays."""
    for style in ("\n", "\r\n", "\r"):
        original = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", style)
        result = explain_in_style(CLEANER.explain, original)
        assert result.text == apply(original, result.edits)
        assert original == result.undo()
        assert is_canonical(result.edits)
        assert style_of(result.text) in {style, "\n"}
        again = explain_in_style(CLEANER.explain, result.text)
        assert () == again.edits


def test_a_uniform_style_leaves_no_record() -> None:
    """The breaks of a file of one style are no edits, and their detour is in no other edit."""
    result = explain_in_style(CLEANER.explain, "Rain  fell. \r\nSun shone.\r\n")
    assert "Rain fell.\r\nSun shone.\r\n" == result.text
    assert [["whitespace/run"], ["whitespace/line-end"]] == [[p.rule for p in e.parts] for e in result.edits]


def test_a_mixed_file_goes_to_its_majority_on_record() -> None:
    """The odd break out is changed, and the edit says so."""
    result = explain_in_style(CLEANER.explain, "One.\r\nTwo.\nThree.\r\n")
    assert "One.\r\nTwo.\r\nThree.\r\n" == result.text
    assert [(10, 11, "\n", "\r\n")] == [edit[:4] for edit in result.edits]
    assert ["line_breaks/style"] == [part.rule for part in result.edits[0].parts]


def test_breaks_stay_when_their_stage_is_skipped() -> None:
    """Without the two stages that know line breaks no break changes."""
    cleaner = Cleaner(Options(skip=("line_breaks", "encoding")))
    assert "a b\r\nc\n" == explain_in_style(cleaner.explain, "a  b\r\nc\n").text


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    """The mode stays, nothing is left beside the file, a link stays a link."""
    path, link = tmp_path / "a.txt", tmp_path / "link"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    replace(str(link), b"new")
    assert "new" == path.read_text()
    assert 0o640 == stat.S_IMODE(path.stat().st_mode)
    assert link.is_symlink()
    assert {"a.txt", "link"} == {p.name for p in tmp_path.iterdir()}


def test_a_failed_write_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses, the file is as it was and no temporary stays."""
    path = tmp_path / "a.txt"
    path.write_text("old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device; it is as it was"):
        replace(str(path), b"new")
    assert "old" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """What somebody else wrote since the file was read is not written over."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    check_replaceable(str(path), b"old")
    path.write_text("theirs")
    with pytest.raises(InputError, match="was changed by something else meanwhile"):
        check_replaceable(str(path), b"old")
    path.unlink()
    with pytest.raises(InputError, match="cannot be written: No such file"):
        check_replaceable(str(path), b"old")
