"""Content files from the command line: configuration, folders, formats, and files that are not ordinary."""

from __future__ import annotations

import json
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest

from newsclean.cli import counting, documents
from newsclean.cli.clean import parser_of
from newsclean.cli.console import has_colour
from newsclean.cli.counting import Count
from newsclean.cli.documents import Document, _by_workers, _document
from newsclean.config import _find, words_of
from tests.conftest import Run

TYPO, RIGHT = "The goverment met `goverment`.\n", "The government met `goverment`.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "posts" / "de").mkdir(parents=True)
    (tmp_path / "posts" / "a.md").write_text(TYPO)
    (tmp_path / "posts" / "de" / "b.md").write_text(TYPO)
    return tmp_path


def test_a_name_tells_the_syntax(run: Run, repository: Path) -> None:
    """A Markdown file, or standard input that is named so, has its prose cleaned; without a name it is plain text."""
    assert RIGHT.encode() == run(repository / "posts" / "a.md").out
    assert RIGHT.encode() == run("--stdin-filename", "x.md", "--no-config", stdin=TYPO.encode()).out
    assert RIGHT.encode() == run("--syntax", "markdown", stdin=TYPO.encode()).out
    named = run("--diff", "--stdin-filename", "x.md", "--no-config", stdin=TYPO.encode()).out
    assert named.startswith(b"--- x.md\n")
    assert run("--check", "--stdin-filename", "x.md", stdin=TYPO.encode()).out.startswith(b"x.md:1:5: ")
    assert run("--diff", "--syntax", "markdown", stdin=TYPO.encode()).out.startswith(b"--- standard input\n")
    assert b"  a\n" == run("--syntax", "markdown", stdin=b"  a\n").out


def test_a_folder_is_read_but_for_what_is_ignored(run: Run, repository: Path) -> None:
    """Folders give their content files; .gitignore, exclude and hidden files are heeded."""
    (repository / ".gitignore").write_text("build/\n")
    (repository / "build").mkdir()
    (repository / "build" / "c.md").write_text(TYPO)
    (repository / "newsclean.toml").write_text('exclude = ["posts/de"]\n')
    status, out, err = run("--check", repository)
    assert (1, "") == (status, err)
    assert ["a.md"] == [Path(line.split(":")[0]).name for line in out.decode().splitlines()]
    assert 2 == len(run("--check", "--no-config", repository).out.splitlines())
    assert 3 == len(run("--check", "--no-config", "--no-ignore", repository).out.splitlines())
    named = repository / "posts" / "de" / "b.md"
    assert 1 == run("--check", named).status
    assert 0 == run("--check", "--force-exclude", named).status


NO_ARTICLES = (
    *("LICENSE.txt", "LICENSE-MIT.txt", "MIT-LICENSE.txt", "LICENCE.md", "license.txt", "COPYING.txt", "NOTICE.md"),
    *(
        "requirements.txt",
        "requirements-dev.txt",
        "test-requirements.txt",
        "CMakeLists.txt",
        "robots.txt",
        "index.rst.txt",
    ),
)
ARTICLES = ("license-fee-rises.txt", "licensed.md", "notices.md", "copyright-row.html", "robots-at-work.txt", "ads.md")


def test_licences_and_what_programs_read_are_no_articles(run: Run, repository: Path) -> None:
    """A folder and the hooks pass them over; who names or includes one has it read."""
    for name in (*NO_ARTICLES, *ARTICLES):
        (repository / name).write_text("The goverment met.\n")
    out = run("--check", repository).out.decode()
    assert {*ARTICLES, "a.md", "b.md"} == {Path(line.split(":")[0]).name for line in out.splitlines()}
    assert 0 == run("--check", "--force-exclude", *(repository / name for name in NO_ARTICLES)).status
    assert 1 == run("--check", repository / "LICENSE.txt").status
    (repository / "newsclean.toml").write_text('include = ["/*.txt"]\n')
    _find.cache_clear()
    assert "LICENSE.txt" in run("--check", repository).out.decode()


@pytest.mark.parametrize("way", ["", "--check", "-w"])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.rst", "is no plain text by its name (.rst)"),
        ("a.PY", "if it is plain text, say --syntax text"),
        ("a.jsonl", "is a corpus by its name, not an article: newsclean bulk cleans"),
        ("a.csv", "newsclean bulk"),
    ],
)
def test_what_has_another_syntax_is_left_alone(run: Run, tmp_path: Path, name: str, message: str, way: str) -> None:
    """Indents and spaces of a program, of markup that is not known, or of a table are no prose."""
    path = tmp_path / name
    path.write_bytes(b"if x:\n    y =  1\n")
    status, out, err = run(*[way] * bool(way), path)
    assert (2, b"") == (status, out)
    assert f"{path}: " in err
    assert message in err
    assert b"if x:\n    y =  1\n" == path.read_bytes()
    assert b"if x:\n    y = 1\n" == run("--syntax", "text", path).out
    assert 2 == run("--stdin-filename", name, stdin=b"a  b").status


def test_a_folder_of_which_nothing_is_left_is_told(run: Run, repository: Path) -> None:
    """A check that reads nothing would be green for ever."""
    (repository / "newsclean.toml").write_text('exclude = ["posts/"]\n')
    status, out, err = run("--check", repository / "posts")
    assert (0, b"") == (status, out)
    assert "posts: nothing to read: the configuration excludes 2 files, all there are" in err


def test_the_nearest_configuration_holds(run: Run, repository: Path) -> None:
    """Per-path tables go before the rest, words may be allowed, and the command line goes before all."""
    (repository / "pyproject.toml").write_text('[tool.newsclean.per-path."posts/de/**"]\nskip = ["typos"]\n')
    a, b = repository / "posts" / "a.md", repository / "posts" / "de" / "b.md"
    assert RIGHT.encode() == run(a).out
    assert TYPO.encode() == run(b).out
    assert RIGHT.encode() == run("--no-config", b).out
    (repository / "newsclean-allowed.txt").write_text("goverment # a name\n")
    _find.cache_clear()
    assert TYPO.encode() == run(a).out
    shown = run("config", b).out.decode()
    assert "pyproject.toml" in shown
    assert "skip = ['typos']" in shown
    assert "# encoding.normalization is off" in shown


def test_config_tells_where_each_option_comes_from(run: Run, repository: Path) -> None:
    """A table for paths goes before the rest of the file; words come from files, and what is left from the syntax."""
    (repository / "newsclean-allowed.txt").write_text("Lyft\n")
    (repository / "newsclean.toml").write_text(
        'prompts.strength = "safe"\ntypos.allowed = ["Uber"]\noff = ["typos/split"]\n'
        '[per-path."posts/de/**"]\noff = ["typos/join"]\n'
    )
    here, there = (
        dict(line.split("  # ") for line in run("config", repository / "posts" / name).out.decode().splitlines()[2:])
        for name in ("a.md", "de/b.md")
    )
    assert "configured" == here["off = ['typos/split']"]
    assert 'per-path."posts/de/**"' == there["off = ['typos/join']"]
    assert "configured, and files of words" == here["typos.allowed = ['Uber', 'Lyft']"]
    assert "default for this syntax" == here["encoding.unescape_html = false"]
    (repository / "newsclean.toml").unlink()
    _find.cache_clear()
    shown = run("config", repository / "posts" / "a.md").out.decode()
    assert "typos.allowed = ['Lyft']  # files of words" in shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('skpi = ["typos"]', "there is no option 'skpi'; did you mean 'skip'?"),
        ('exclud = ["a"]', "did you mean 'exclude'?"),
        ('[per-path."*"]\nskpi = []', "did you mean 'skip'?"),
        ("skip = 3", "skip is 3; it must be strings"),
        ("prompts.patterns = [3]", "prompts.patterns is (3,); it must be strings"),
        ("typos = 3", "typos is 3; it must be a table"),
        ('whitespace.keep_no_break_spaces = "no"', "whitespace.keep_no_break_spaces is 'no'; it must be true or false"),
        ('encoding.normalization = "NFX"', "encoding.normalization is 'NFX'; it must be one of NFC, NFD"),
        ("[typos.corrections]\na = 3", "it must be wrong and right words"),
        ("skip = [", "not TOML"),
        ('[per-path."*.md"]\noff = ["typos/lsted"]', "there is no rule 'typos/lsted'; did you mean 'typos/listed'?"),
        ('skip = ["typo"]', "there is no stage 'typo'; did you mean 'typos'?"),
    ],
)
def test_a_wrong_configuration_is_an_error(run: Run, repository: Path, text: str, message: str) -> None:
    """The message names the file, what is wrong and what is right."""
    config = repository / "newsclean.toml"
    config.write_text(text)
    status, out, err = run("--check", repository / "posts" / "a.md")
    assert (2, b"") == (status, out)
    assert message in err
    assert str(config) in err


@pytest.mark.parametrize("text", ["tool = 3", "[tool]\nnewsclean = 3"])
def test_a_project_whose_table_is_none_is_an_error(run: Run, repository: Path, text: str) -> None:
    """What stands in the place of the table is named, and what belongs there."""
    (repository / "pyproject.toml").write_text(text)
    _find.cache_clear()
    status, out, err = run("--check", repository / "posts" / "a.md")
    assert (2, b"") == (status, out)
    assert "is 3; it must be a table, [tool.newsclean]" in err


def test_a_configuration_may_have_a_mark(run: Run, repository: Path) -> None:
    """Editors of Windows put a byte order mark in front."""
    (repository / "newsclean.toml").write_bytes(b'\xef\xbb\xbfskip = ["typos"]\r\n')
    assert TYPO.encode() == run(repository / "posts" / "a.md").out


def test_front_matter_can_be_opted_in(run: Run, repository: Path) -> None:
    """The values of named keys are prose then, the others never."""
    page = repository / "c.md"
    page.write_text("---\ntitle: The goverment met\nslug: goverment\n---\n\nText.\n")
    assert page.read_bytes() == run(page).out
    (repository / "newsclean.toml").write_text('front_matter = ["title"]\n')
    _find.cache_clear()
    assert b"---\ntitle: The government met\nslug: goverment\n---\n\nText.\n" == run(page).out


def test_formats(run: Run, repository: Path) -> None:
    """JSON lines, annotations, SARIF with its fix, and the underlined form."""
    page = repository / "posts" / "a.md"
    row = json.loads(run("--check", "--output-format", "json", page).out)
    assert ("goverment", "government", 1, 5, 14) == (
        row["before"], row["after"], row["line"], row["column"], row["end_column"]
    )  # fmt: skip
    assert run("--check", "--output-format", "github", page).out.startswith(b"::warning file=")
    log = json.loads(run("--check", "--output-format", "sarif", page).out)
    fix = log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert "government" == fix["insertedContent"]["text"]
    assert {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 14} == fix["deletedRegion"]
    verbose = run("--check", "-v", page).out.decode()
    assert "    The goverment met `goverment`.\n        ^^^^^^^^^\n" in verbose
    assert (1, b"", "") == run("--check", "-q", page)
    assert b"\x1b[32m+The government" in run("--diff", "--color", "always", page).out
    assert b"\x1b" not in run("--diff", page).out


def test_words_can_be_allowed(run: Run, repository: Path) -> None:
    """--add-allowed writes the words down, and they are left alone from then on."""
    page = repository / "posts" / "a.md"
    assert 0 == run("--add-allowed", page).status
    assert "goverment\n" == (repository / "newsclean-allowed.txt").read_text()
    _find.cache_clear()
    assert 0 == run("--check", page).status


def test_words_come_from_files(run: Run, tmp_path: Path) -> None:
    """A file of words, named on the command line or by the configuration, allows and corrects."""
    words, page, bare = tmp_path / "style.txt", tmp_path / "a.md", b"The goverment and the Khawja.\n"
    words.write_text("goverment  # a joke\n\nKhawja -> Khawaja\n")
    page.write_bytes(bare)
    assert b"The goverment and the Khawaja.\n" == run("--words", words, stdin=bare).out
    (tmp_path / "newsclean.toml").write_text('[per-path."*.md"]\nwords = ["style.txt"]\n')
    assert b"The goverment and the Khawaja.\n" == run(page).out
    for wrong in "Khawja ->", "-> Khawaja", "Khawja -> Khawaja -> Khwaja":
        words.write_text(f"goverment\n{wrong}\n")
        words_of.cache_clear()
        status, _, err = run(page)
        assert 2 == status
        assert f"{words}:2: '{wrong}' must be a word to be left alone, or a correction" in err
    assert "cannot be read" in run("--words", tmp_path / "none.txt", stdin=bare).err


@pytest.mark.parametrize("how", ["<!-- newsclean: {} -->", "# newsclean: {}", "{{/* newsclean: {} */}}"])
def test_a_text_names_words_of_its_own(run: Run, tmp_path: Path, how: str) -> None:
    """It allows and corrects for itself alone, and what it says stays as it is; front matter may say it, too."""
    page = tmp_path / "a.mdx"
    said = how.format("allow goverment, Lyft") + "\n\n" + how.format("correct Khawja -> Khawaja") + "\n"
    if how.startswith("#"):
        said = f"---\n{said}---\n"
    page.write_text(f"{said}\nThe goverment, the parliment and the Khawja.\n")
    assert f"{said}\nThe goverment, the parliament and the Khawaja.\n" == run(page).out.decode()
    page.write_text(how.format("correct Khawja ->") + "\n")
    status, _, err = run("--check", page)
    assert 2 == status
    assert f"{page}: 'Khawja ->' must be" in err


def test_words_are_allowed_outside_a_repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--add-allowed writes them where the command was given, and there they hold for the folders below."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text("The gover nment of inLondon and the parliment.\n")
    assert 0 == run("--add-allowed", "sub").status
    assert "gover nment\ninLondon\nparliment\n" == (tmp_path / "newsclean-allowed.txt").read_text()
    _find.cache_clear()
    assert (0, b"", "") == run("--check", "sub")


def test_jobs_change_no_answer(run: Run, repository: Path) -> None:
    """Two processes find what one finds, in the same order, and say the same of files that cannot be read."""
    for n in range(40):
        (repository / f"{n}.md").write_text(TYPO)
    (repository / "7.md").write_bytes(b"\0")
    assert run("--check", "-j", "1", repository) == run("--check", "-j", "2", repository)


def test_many_files_are_worth_several_processes(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to ask for them; standard input is read all the same."""
    started: list[int] = []

    def by_workers(options: Namespace, count: int, chosen: list[str]) -> Iterator[None]:
        started.append(count)
        yield from ()

    monkeypatch.setattr(documents, "FILES_A_WORKER", 20)
    monkeypatch.setattr(documents, "number_of", lambda jobs: 3)
    monkeypatch.setattr(documents, "_by_workers", by_workers)
    for n in range(40):
        (repository / f"{n}.md").write_text(TYPO)
    assert 2 == len(run("--check", repository / "posts").out.splitlines())
    assert 42 == len(run("--check", repository, "-", stdin=b"").out.splitlines())
    assert [] == started
    run("--check", repository)
    assert [2] == started


def test_a_file_that_ends_its_process_costs_no_other(run: Run, repository: Path) -> None:
    """Whatever kills a worker, the other files of its batch are read, and the one is told."""
    for n in range(20):
        (repository / f"{n}.md").write_text(TYPO)
    guilty = str(repository / "7.md")
    options = parser_of().parse_args(["--check", "-j", "2"])
    answers = list(_by_workers(options, 2, [str(repository / f"{n}.md") for n in range(20)], partial(deadly, guilty)))
    assert [f"{guilty}: the process that read it was killed by signal 9"] == [a for a in answers if isinstance(a, str)]
    assert 19 == sum(isinstance(answer, Document) for answer in answers)


def deadly(guilty: str, options: Namespace, path: str) -> Document | str | None:
    """Read a file, unless it is the guilty one."""
    if path == guilty:
        os.kill(os.getpid(), signal.SIGKILL)
    return _document(options, path)


def test_a_fix_can_be_told_by_the_status(run: Run, repository: Path) -> None:
    """-w exits 1 with --exit-nonzero-on-fix where it wrote, and 0 the second time."""
    page = repository / "posts" / "a.md"
    assert 1 == run("-w", "--exit-nonzero-on-fix", page).status
    assert RIGHT == page.read_text()
    assert 0 == run("-w", "--exit-nonzero-on-fix", page).status


def test_files_that_are_left_alone(run: Run, tmp_path: Path) -> None:
    """Hard links, read-only files, binary files: each is told and left as it was."""
    linked, read_only, binary = tmp_path / "a.md", tmp_path / "b.md", tmp_path / "c.md"
    linked.write_text(TYPO)
    os.link(linked, tmp_path / "other.md")
    read_only.write_text(TYPO)
    read_only.chmod(0o444)
    binary.write_bytes(b"\0\1\2 goverment")
    status, _, err = run("-w", linked, read_only, binary)
    assert 2 == status
    assert "has 2 hard links" in err
    assert "is read-only" in err
    assert "is binary" in err
    assert [TYPO, TYPO] == [linked.read_text(), read_only.read_text()]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_encodings_of_content_stay(run: Run, tmp_path: Path, encoding: str) -> None:
    """A content file keeps its encoding, its mark and its breaks."""
    page = tmp_path / "a.md"
    extra = "Señor Núñez said “no” in the café — and left.\r\n" * 5
    page.write_bytes((extra + TYPO.replace("\n", "\r\n")).encode(encoding))
    assert 0 == run("-w", page).status
    assert (extra + RIGHT.replace("\n", "\r\n")).encode(encoding) == page.read_bytes()


def test_a_name_that_is_not_utf_8(run: Run, tmp_path: Path) -> None:
    """The file is read and reported, and the name in JSON leads to it."""
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.md")
    with open(path, "w") as file:
        file.write(TYPO)
    status, out, _ = run("--check", os.fsdecode(path))
    assert 1 == status
    assert b"goverment" in out
    rows = [json.loads(line) for line in run("--output-format", "json", os.fsdecode(path)).out.splitlines()]
    assert [path] == [os.fsencode(row["path"]) for row in rows]


def test_an_output_format_stands_for_check(run: Run, repository: Path) -> None:
    """It is of --check, and with what writes it is a mistake."""
    page = repository / "posts" / "a.md"
    assert "goverment" == json.loads(run("--output-format", "json", page).out)["before"]
    status, _, err = run("-w", "--output-format", "json", page)
    assert 2 == status
    assert "--output-format is of --check" in err
    assert TYPO == page.read_text()


def test_colours_are_for_terminals_that_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR goes before FORCE_COLOR, 0 forces nothing, and a dumb terminal has none."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert has_colour("auto")
    for name, value in ("TERM", "dumb"), ("FORCE_COLOR", "0"), ("NO_COLOR", "1"):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            assert not has_colour("auto")
            assert has_colour("always")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_for_those_who_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a run that lasts tells how far it is, on one line that goes away; elsewhere nothing."""
    monkeypatch.setattr(counting, "WAIT", -1)
    monkeypatch.setattr(counting, "SECONDS", -1)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    for stream, shown in (Terminal(), "\r0 of 2 files\x1b[K\r1 of 2 files\x1b[K\r\x1b[K"), (StringIO(), ""):
        monkeypatch.setattr(sys, "stderr", stream)
        with Count(2) as count:
            assert ["a", "b"] == [each[0] for each in count.watched([("a",), ("b",)])]
        assert shown == stream.getvalue()


def test_what_stands_in_files_gives_no_orders_to_a_terminal(run: Run, tmp_path: Path) -> None:
    """Control characters of names and lines are shown as something else; carets stand below wide letters."""
    page = tmp_path / "a\x1b[31m\nb.md"
    page.write_text("\x07 漢字 The goverment.\n\n" + "It rained on the town. " * 40 + "The parliment met.\n")
    out = run("--check", "-v", "--skip", "encoding", page).out.decode()
    assert "\x1b" not in out
    assert "a\\x1b[31m\\nb.md:1:10: typos/listed" in out
    assert "    \N{REPLACEMENT CHARACTER} 漢字 The goverment.\n    " + " " * 11 + "^^^^^^^^^\n" in out
    shown, carets = next(pair for pair in pairwise(out.split("\n")) if "parliment met" in pair[0] and "^" in pair[1])
    assert "parliment" == shown[carets.index("^") : carets.rindex("^") + 1]


def test_completion_is_printed(run: Run) -> None:
    """A shell gets its completion."""
    status, out, _ = run("config", "--completion", "bash")
    assert 0 == status
    assert b"--output-format" in out
