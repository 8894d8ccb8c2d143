"""The pages of the docs: what they show is what comes out, and what they name is there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from runpy import run_path
from textwrap import dedent

import pytest

import newsclean
from newsclean.config import Config
from tests.conftest import Run

ROOT = Path(__file__).parent.parent
PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md")), *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = ("bulk", "config", "explain", "learn", "review", "rules", "undo")

every_page = pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])


def block_of(page: str, word: str) -> str:
    """Return the first indented block of a page that has a word in it."""
    blocks: list[str] = re.findall(r"(?:^ {4}.*\n)+", (ROOT / page).read_text(), re.MULTILINE)
    return next(block for block in blocks if word in block)


def test_the_typos_of_the_page_are_corrected() -> None:
    """What stands left of an arrow becomes what stands right of it."""
    rows = [line.split("->") for line in block_of("docs/typos.md", "Afghnaistan").splitlines() if line]
    assert len(rows) == 10
    assert [right.strip() for _, right in rows] == [newsclean.clean(left.strip()) for left, _ in rows]


def test_the_prompts_of_the_page_are_removed() -> None:
    """In an article each line of the example goes, and of the one with an arrow what the arrow says."""
    story = "The river rose for two days, officials said on Monday, and the town by the dam was cut off.\n"
    block = [re.split(r"\s+->\s+", line.strip()) for line in block_of("docs/prompts.md", "Facebook").splitlines()]
    assert 4 == len(block)
    for line, *left in block:
        clean = newsclean.clean(f"{story}\n{line}\n\n{story}")
        assert "\n".join([story, *(f"{each}\n" for each in left), story]) == clean


def test_the_changes_that_the_readme_lists(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list in the README is the one that --check gives for the example."""
    monkeypatch.chdir(ROOT)
    assert dedent(block_of("README.md", "whitespace/run")).encode() == run("--check", "examples/article.txt").out


def test_what_the_readme_says_of_python() -> None:
    """Each expression of the README with its answer behind it has that answer."""
    block = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[0]
    rows = re.findall(r"^(newsclean\..*?)\s+# ('.*')$", block, re.MULTILINE)
    assert rows
    for call, answer in rows:
        assert ast.literal_eval(answer) == eval(call, {"newsclean": newsclean})


@every_page
def test_every_configuration_shown_is_one(page: Path) -> None:
    """The TOML on a page is read without an error; what needs a file beside it is left out."""
    for block in re.findall(r"^```toml\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE):
        table = tomllib.loads(block)
        table.pop("words", None)
        if table.keys() & {"project", "repos"}:
            continue
        for path in "content/de/a.md", "a.txt":
            Config("newsclean.toml", "", table).settings(path, "text")


@every_page
def test_every_option_shown_is_one(page: Path, run: Run) -> None:
    """Each option that stands behind a command on a page is in the help of that command."""
    for shown in re.findall(r"(?:^[ $]*|`)newsclean ([^`\n]*)", page.read_text(), re.MULTILINE):
        words = shown.partition("  #")[0].split()
        command = [word for word in words[:1] if word in COMMANDS]
        options = [word for word in words if re.fullmatch(r"--?[a-z][a-z-]*", word)]
        told = run(*command, "--help").out.decode() if options else ""
        assert [] == [option for option in options if not re.search(rf"{option}(?![\w-])", told)], shown


@every_page
def test_every_page_that_is_linked_is_there(page: Path) -> None:
    """Links within the repository lead somewhere, and to a heading that there is."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if "://" in target:
            continue
        name, _, place = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), target
        if place:
            headings = re.findall(r"^#+ (.*)$", linked.read_text(), re.MULTILINE)
            assert place in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}, target


def test_the_chart_is_of_the_table() -> None:
    """The picture of the encoding stage has the figures of the page it stands on."""
    chart = run_path(str(ROOT / "docs" / "pictures" / "make.py"))["chart"]
    assert (ROOT / "docs" / "pictures" / "encoding.svg").read_text() == chart(
        (ROOT / "docs" / "benchmarks.md").read_text()
    )
