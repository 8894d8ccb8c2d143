"""
`newsclean --check` on a folder of Markdown, beside codespell, each as a process of its own.

    pip install -e '.[dev,peers]'
    pytest benchmarks/bench_content.py

`python -m benchmarks.bench_content [FOLDER]` prints both times and their ratio; without a folder it makes 1,000 pages.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.texts import articles
from newsclean.syntax.content import Content

COMMANDS = {
    "codespell": ["-m", "codespell_lib"],
    "newsclean": ["-m", "newsclean", "--check", "--no-config", "--no-ignore", "-q"],
}
ROUNDS = 5


def pages(megabytes: float, seed: int = 1) -> list[str]:
    """Return posts as a site about programs has them: headings, links, emphasis, lists, tables, code."""
    random = Random(seed)
    made: list[str] = []
    for text in articles(megabytes):
        blocks = [f"---\ntitle: Post {len(made)}\ntags: [a, b]\n---\n"]
        for paragraph in text.split("\n\n"):
            words = paragraph.split(" ")
            for sign in ("[{}](/posts/{})", "**{}**", "`{}`", "*{}*"):
                at = random.randrange(len(words))
                words[at] = sign.format(words[at], at)
            blocks.append(" ".join(words) + "\n")
            blocks += random.sample(EXTRAS, k=1)
        made.append("\n".join(blocks))
    return made


EXTRAS = [
    "## What the council decided\n",
    "```python\nfor each in found:\n    print(each['name'],  each)\n```\n",
    "- one entry\n- another, with `code` and a [link](https://example.test/a?b=c#d)\n- a third\n",
    "| Name | Value |\n|------|-------|\n| town | `12`  |\n| bridge | 3   |\n",
    "> **Note:** see [the docs](../docs/index.md) first.\n",
]


def timed(command: Sequence[str], folder: Path) -> float:
    """Return the seconds a command takes over a folder, by the clock on the wall: some of it may use several cores."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *command, str(folder)], capture_output=True, check=False)
    return time.perf_counter() - began


def test_pages(benchmark: BenchmarkFixture) -> None:
    texts = pages(0.2)
    content = Content("markdown")
    benchmark(lambda: [content.explain(text) for text in texts])


def main(arguments: Sequence[str]) -> None:
    """Print the least time of each command, taken by turns, and how often newsclean takes codespell's."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(*arguments[:1] or [made])
        if not arguments:
            for number, page in enumerate(pages(8)[:1000]):
                (folder / f"{number}.md").write_text(page, encoding="utf-8")
        times: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(ROUNDS):
            for name, command in COMMANDS.items():
                times[name].append(timed(command, folder))
    least = {name: min(each) for name, each in times.items()}
    for name, seconds in least.items():
        print(f"{name:10} {seconds:6.2f} s")
    print(f"{least['newsclean'] / least['codespell']:.2f} times codespell")


if __name__ == "__main__":
    main(sys.argv[1:])
