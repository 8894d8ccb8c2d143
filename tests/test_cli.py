"""The command, called in this process; tests/test_system.py runs it as users do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Run

DIRTY, CLEAN = "Rain  fell.\n\n\n\nAdvertisement\n\nSun shone.\n", "Rain fell.\n\nSun shone.\n"


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    path = tmp_path / "dirty.txt"
    path.write_text(DIRTY)
    return path


def test_a_filter_is_silent(run: Run, dirty: Path) -> None:
    """Text in, clean text out, nothing said, whether by name or on standard input."""
    assert (0, CLEAN.encode(), "") == run(stdin=DIRTY.encode())
    assert (0, CLEAN.encode(), "") == run("-", stdin=DIRTY.encode())
    assert (0, CLEAN.encode(), "") == run(dirty)
    assert DIRTY == dirty.read_text()


@pytest.mark.parametrize(
    "data",
    [b"", b"Clean.", b"Clean.\n", b"\xef\xbb\xbfClean.\n", b"One.\r\nTwo.\r\n", "Señor 🙂\n".encode("utf-16")],
)
def test_clean_input_comes_out_byte_for_byte(run: Run, data: bytes) -> None:
    """Nothing of a clean file changes: not its mark, its breaks, its encoding or its last line."""
    assert (0, data, "") == run(stdin=data)


def test_dirty_input_keeps_its_encoding_mark_and_breaks(run: Run) -> None:
    """What changes is the text."""
    data = b"\xff\xfe" + DIRTY.replace("\n", "\r\n").encode("utf-16-le")
    assert b"\xff\xfe" + CLEAN.replace("\n", "\r\n").encode("utf-16-le") == run(stdin=data).out


def test_check_lists_and_tells_by_its_status(run: Run, dirty: Path, tmp_path: Path) -> None:
    """--check writes nothing and exits 1 where something would change."""
    clean = tmp_path / "clean.txt"
    clean.write_text(CLEAN)
    status, out, err = run("--check", dirty, clean)
    assert (1, "") == (status, err)
    assert f"{dirty}:1:5: whitespace/run: '  ' -> ' '\n".encode() in out
    assert str(clean).encode() not in out
    assert (0, b"", "") == run("--check", clean)
    assert DIRTY == dirty.read_text()


def test_diff_shows_a_unified_diff(run: Run, dirty: Path) -> None:
    """--diff writes nothing, shows what would change, and exits 1."""
    status, out, _ = run("--diff", dirty)
    assert 1 == status
    assert b"@@ -1,7 +1,3 @@\n-Rain  fell.\n-\n-\n-\n-Advertisement\n+Rain fell.\n \n Sun shone.\n" in out
    assert DIRTY == dirty.read_text()


def test_write_changes_what_needs_it(run: Run, dirty: Path, tmp_path: Path) -> None:
    """-w writes the files that change and does not touch the others."""
    clean = tmp_path / "clean.txt"
    clean.write_text(CLEAN)
    before = clean.stat()
    assert (0, b"", "") == run("-w", dirty, clean)
    assert CLEAN == dirty.read_text()
    assert (before.st_mtime_ns, before.st_ino) == (clean.stat().st_mtime_ns, clean.stat().st_ino)


def test_a_bad_file_does_not_stop_the_others(run: Run, dirty: Path, tmp_path: Path) -> None:
    """What cannot be read or decoded is named with the place, the rest is done, the status is 2."""
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"caf\xe9  \n")
    status, out, err = run("-w", latin, tmp_path / "missing.txt", tmp_path, dirty)
    assert (2, b"") == (status, out)
    assert f"{latin}: not utf-8 at byte 3" in err
    assert "missing.txt: cannot be read: No such file" in err
    assert b"caf\xe9  \n" == latin.read_bytes()
    assert CLEAN == dirty.read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a", "b"], "2 files: a folder or several files need -w"),
        (["."], ". is a folder: a folder or several files need -w"),
        (["--chek", "a"], "unrecognized arguments: --chek; did you mean --check?"),
        (["undo", "a", "--edit=b", "--edits", "b", "-o", "c"], "did you mean --edits?"),
        ([""], "'': cannot be read"),
        (["explain", "--context", "a"], "say which with --word"),
        (["explain", "--word", "Kabuul", "a"], "say where it stands with --context a"),
        (["--skip", ",", "a"], "',' must be names, with commas between them"),
        (["-w"], "-w needs files"),
        (["-w", "--check", "a"], "not allowed with"),
        (["--only", "typo"], "there is no stage 'typo'; did you mean 'typos'?"),
        (["--off", "typo/x"], "there is no rule 'typo/x'"),
        (["--no-such-option"], "unrecognized arguments"),
        (["missing.txt"], "missing.txt: cannot be read"),
        (["missing"], "missing: cannot be read"),
        (["check", "."], "no command and no file 'check'; did you mean --check?"),
        (["explian", "a.txt"], "no command and no file 'explian'; did you mean newsclean explain?"),
        (["-j", "-1"], "'-1' must be a whole number from 0"),
        (["--max-size", "nan"], "'nan' must be a number of megabytes"),
        (["bulk", "a", "--dry-run", "--sample", "0"], "'0' must be a whole number from 1"),
        (["undo", "a", "--edi", "b", "-o", "c"], "the following arguments are required: --edits"),
    ],
)
def test_wrong_usage_exits_2(run: Run, arguments: list[str], message: str) -> None:
    """The message says what is wrong and what is right; nothing goes to standard output."""
    status, out, err = run(*arguments)
    assert (2, b"") == (status, out)
    assert message in err


def test_a_folder_without_texts_is_told(run: Run, tmp_path: Path) -> None:
    """A folder in which nothing is read is probably not what was meant."""
    (tmp_path / "a.py").touch()
    status, out, err = run("--check", tmp_path)
    assert (0, b"") == (status, out)
    assert f"{tmp_path}: nothing to read" in err


def test_a_fault_of_newsclean_is_no_finding(run: Run, dirty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw ends with 2 and where it happened: 1 would say that something would change."""
    monkeypatch.setattr("newsclean.cli.clean.findings", lambda *_: 1 / 0)
    status, out, err = run("--check", dirty)
    assert (2, b"") == (status, out)
    assert "ZeroDivisionError" in err
    assert "please report it" in err


def test_stages_and_rules_can_be_chosen(run: Run) -> None:
    """--only, --skip and --off choose."""
    assert b"Rain fell.\n\nAdvertisement\n\nSun shone.\n" == run("--only", "whitespace", stdin=DIRTY.encode()).out
    assert DIRTY.encode() == run("--skip", "whitespace,prompts", stdin=DIRTY.encode()).out
    assert b"a  b" == run("--off", "whitespace/run", stdin=b"a  b").out


def test_large_input_is_pointed_elsewhere(run: Run, dirty: Path) -> None:
    """Beyond --max-size the message says what to use instead."""
    for arguments, stdin in ([dirty], b""), ([], DIRTY.encode()):
        status, out, err = run("--max-size", "0.00001", *arguments, stdin=stdin)
        assert (2, b"") == (status, out)
        assert "newsclean bulk" in err


def test_explain_tells_line_column_and_rule(run: Run, dirty: Path) -> None:
    """Each change has its place, what it was, what it became and its rule."""
    status, out, err = run("explain", dirty)
    assert (0, "") == (status, err)
    lines = out.decode().splitlines()
    assert f"{dirty}:1:5: whitespace/run: '  ' -> ' '" == lines[0]
    assert any("prompts/" in line and "'Advertisement" in line for line in lines)


def test_explain_tells_why_and_how_to_keep_it(run: Run) -> None:
    """Each change comes with its line, the evidence, how probable it is, what the rule does, and how to stop it."""
    text = "The ministry moved against home-grow terror.\n\nStory continues below\n"
    out = run("explain", stdin=text.encode()).out.decode()
    assert "against home-grow[home-grown] terror" in out
    assert re.search(r"why: home-grown without its ending; \.96 probable\. Gives a compound", out)
    assert "to keep it: allow the word (--add-allowed), or --off typos/" in out
    assert 'to keep it: prompts.allowed = ["Story continues below"], --off prompts/en/story-continues' in out


def test_explain_in_other_formats(run: Run) -> None:
    """A line each for other tools, JSON with the score, and colour where asked for, and only there."""
    text = b"The ministry moved against home-grow terror, and said  no more.\n"
    lines = run("explain", "--output-format", "line", stdin=text).out.decode().splitlines()
    rows = [json.loads(line) for line in run("explain", "--output-format", "json", stdin=text).out.splitlines()]
    assert ["home-grow", "  "] == [row["before"] for row in rows]
    assert len(lines) == len(rows)
    assert 0.9 < rows[0]["score"] < 1 == rows[1]["score"]
    painted = run("explain", "--color", "always", stdin=text).out
    assert b"\x1b[" not in run("explain", stdin=text).out
    assert run("explain", stdin=text).out == re.sub(rb"\x1b\[[\d;]*m", b"", painted) != painted


def test_findings_stand_in_the_order_of_the_text(run: Run) -> None:
    """What several rules did to one place is told from left to right."""
    out = run("explain", "--output-format", "line", stdin=b"The goverment  met. Teh  end.\n").out.decode()
    places = [tuple(map(int, line.split(":")[1:3])) for line in out.splitlines()]
    assert [(1, 5), (1, 14), (1, 21), (1, 24)] == places


def test_explain_gives_a_terminal_no_orders(run: Run) -> None:
    """Controls of the text do not reach the terminal; a long line is shown where the finding is."""
    text = "\x1b]0;title\x07 \x9b31m \u202e" + "The river rose and the town slept. " * 40 + "It rained  all day."
    out = run("explain", "--only", "whitespace", stdin=text.encode()).out.decode()
    assert "It rained" in out
    assert max(map(len, out.splitlines())) < 200
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", out)


def test_columns_count_characters_and_lines_the_files_own(run: Run) -> None:
    """Positions are for people: breaks of any style, characters rather than bytes."""
    assert b"-:3:6: whitespace/run" in run("explain", stdin="Ä.\r\nB.\r\nÖöö é  x\r\n".encode()).out


def test_rules_lists_every_rule_with_what_it_does(run: Run) -> None:
    """One line a rule, no rule twice."""
    status, out, _ = run("rules")
    rows = [line.split("\t") for line in out.decode().splitlines()]
    assert 0 == status
    assert {2} == {len(row) for row in rows}
    assert sorted({row[0] for row in rows}) == sorted(row[0] for row in rows)
    assert {"line_breaks", "encoding", "prompts", "whitespace", "typos"} == {row[0].split("/")[0] for row in rows}


def test_version_names_code_and_data(run: Run) -> None:
    """--version gives both versions."""
    import newsclean

    assert f"newsclean {newsclean.__version__} (data {newsclean.data_version})\n".encode() == run("--version").out
