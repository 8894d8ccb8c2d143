"""
newsclean beside the tools that do some of its work: the same texts, one run, one core each.

    pip install -e '.[dev,peers]'
    python -m benchmarks.peers                          # invented news
    python -m benchmarks.peers --corpus CORPUS.jsonl.gz # articles of your own: JSON lines with a `text`
    python -m benchmarks.peers --write                  # and put table and chart into docs/

Processor time is compared, the least of several rounds in which the tools take turns. What a tool loads when it starts
is not counted: commands are run on an empty folder too, and that is taken off.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from benchmarks.texts import articles, texts_of

DOCS = Path(__file__).parent.parent / "docs"
ROUNDS = 3
BUDGET = 4.0
"""Seconds of processor time that a tool gets a round. A slow one sees fewer of the texts; rates are compared."""


class Peer(NamedTuple):
    """A tool, and which of the four jobs it does."""

    name: str
    package: str
    does: str
    make: Callable[[], Callable[[str], object]] | None
    """Returns what cleans a text; None for a command that is given files."""
    command: tuple[str, ...] = ()


def ftfy() -> Callable[[str], object]:
    return import_module("ftfy").fix_text  # type: ignore[no-any-return]


def plsfix() -> Callable[[str], object]:
    return import_module("plsfix").fix_text  # type: ignore[no-any-return]


def clean_text() -> Callable[[str], object]:
    clean = import_module("cleantext").clean
    return lambda text: clean(text, to_ascii=False, lower=False)


def symspell() -> Callable[[str], object]:
    """Look up each word, at the distances and with the dictionary that symspellpy comes with."""
    package: Any = import_module("symspellpy")
    speller = package.SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    speller.load_dictionary(str(files("symspellpy") / "frequency_dictionary_en_82_765.txt"), 0, 1)
    top = package.Verbosity.TOP
    return lambda text: [speller.lookup(word, top, 2, include_unknown=True) for word in text.split()]


def c4() -> Callable[[str], object]:
    """Filter the lines of a text; without the count of sentences, which needs spaCy on top."""
    judge = import_module("datatrove.pipeline.filters.c4_filters").C4QualityFilter(min_num_sentences=-1)
    document = import_module("datatrove.data").Document
    return lambda text: judge.filter(document(text=text, id=""))


def newsclean() -> Callable[[str], object]:
    return import_module("newsclean").Cleaner().explain  # type: ignore[no-any-return]


TYPOS = ("typos", "--isolated", "--no-check-filenames", "--threads", "1", "--format", "silent")
PEERS = (
    Peer("newsclean", "newsclean", "encoding, prompts, white space, typos; each change on record", newsclean),
    Peer("ftfy", "ftfy", "encoding", ftfy),
    Peer("plsfix (Rust)", "plsfix", "encoding", plsfix),
    Peer("clean-text", "clean-text", "encoding, white space", clean_text),
    Peer("typos (Rust)", "typos", "typos, of a list; only finds them", None, TYPOS),
    Peer("codespell", "codespell", "typos, of a list; only finds them", None, ("codespell",)),
    Peer("symspellpy", "symspellpy", "typos, word by word", symspell),
    Peer("datatrove, C4 filter", "datatrove", "prompts: drops lines", c4),
)


class Rate(NamedTuple):
    """How fast a tool is."""

    peer: Peer
    megabytes_per_second: float


def rates(texts: list[str]) -> list[Rate]:
    """Measure every tool on the same texts, by turns, and return the best of each."""
    cleaners = {peer: peer.make() for peer in PEERS if peer.make}
    best = dict.fromkeys(PEERS, 0.0)
    with tempfile.TemporaryDirectory() as work:
        full, empty = Path(work, "full"), Path(work, "empty")
        for folder, some in ((full, texts), (empty, [])):
            folder.mkdir()
            for number, text in enumerate(some):
                (folder / f"{number}.txt").write_text(text, encoding="utf-8", errors="replace")
        size = sum(path.stat().st_size for path in full.iterdir())
        for _ in range(ROUNDS):
            for peer in PEERS:
                if peer in cleaners:
                    rate = rate_of(cleaners[peer], texts)
                else:
                    rate = size / (seconds_of(peer.command, full) - seconds_of(peer.command, empty))
                best[peer] = max(best[peer], rate / 1e6)
    return sorted((Rate(peer, rate) for peer, rate in best.items()), key=lambda rate: -rate.megabytes_per_second)


def rate_of(clean: Callable[[str], object], texts: list[str]) -> float:
    """Return how many bytes a second a function cleans, of as many of the texts as its budget allows."""
    clean(texts[0])
    size, began = 0, process_time()
    for text in texts:
        clean(text)
        size += len(text.encode("utf-8", "replace"))
        if process_time() - began > BUDGET:
            break
    return size / (process_time() - began)


def seconds_of(command: tuple[str, ...], folder: Path) -> float:
    """Return the processor time of a command that is installed beside this Python."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    program = Path(sys.executable).with_name(command[0])
    subprocess.run([program, *command[1:], folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def table(found: list[Rate]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    ours = next(rate.megabytes_per_second for rate in found if rate.peer.name == "newsclean")
    yield "| tool | version | does | MB/s | newsclean, times as fast |"
    yield "|---|---|---|---|---|"
    for peer, rate in found:
        name = f"**{peer.name}**" if peer.name == "newsclean" else peer.name
        times = "" if peer.name == "newsclean" else f"{ours / rate:.2g}"
        yield f"| {name} | {version(peer.package)} | {peer.does} | {rate:.3g} | {times} |"


ROW, LEFT, WIDTH = 26, 170, 420


def chart(found: list[Rate]) -> str:
    """Return a bar chart as SVG; it has no colour of the page behind it, so it can be read on dark ones too."""
    most = max(rate.megabytes_per_second for rate in found)
    rows = []
    for number, (peer, rate) in enumerate(found):
        top, width = 10 + number * ROW, max(1.0, WIDTH * rate / most)
        colour = "#c0392b" if peer.name == "newsclean" else "#7f8c8d"
        rows += [
            f'<text x="{LEFT - 8}" y="{top + 14}" text-anchor="end">{peer.name}</text>',
            f'<rect x="{LEFT}" y="{top}" width="{width:.1f}" height="{ROW - 8}" fill="{colour}"/>',
            f'<text x="{LEFT + width + 6:.1f}" y="{top + 14}">{rate:.3g} MB/s</text>',
        ]
    size = f'width="{LEFT + WIDTH + 100}" height="{20 + len(found) * ROW}"'
    style = 'font-family="sans-serif" font-size="13" fill="#7f8c8d"'
    body = "\n".join(rows)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" {size} {style} role="img">
<title>MB/s on one core</title>
{body}
</svg>
"""


BEGIN, END = "<!-- peers -->\n", "<!-- /peers -->\n"


def write(lines: str, found: list[Rate]) -> None:
    """Put the table into docs/benchmarks.md, between its marks, and the chart beside it."""
    page = DOCS / "benchmarks.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}{lines}{END}{after}", encoding="utf-8")
    (DOCS / "peers.svg").write_text(chart(found), encoding="utf-8")


def main() -> None:
    """Print the table; write it if asked to."""
    parser = argparse.ArgumentParser(description="newsclean beside other tools.")
    parser.add_argument("--megabytes", type=float, default=5.0, help="of invented news")
    parser.add_argument("--corpus", default="", help="JSON lines with a `text`; default: invented news")
    parser.add_argument("--write", action="store_true", help="put table and chart into docs/")
    options = parser.parse_args()
    texts = texts_of(options.corpus) if options.corpus else articles(options.megabytes, dirt=0.02)
    found = rates(texts)
    kind = "scraped news" if options.corpus else "invented news"
    size = sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
    lines = "\n".join(
        [
            f"On {kind}, {len(texts):,} articles, {size:.1f} MB, Python {platform.python_version()}:",
            "",
            *table(found),
            "",
        ]
    )
    print(lines)
    if options.write:
        write(lines, found)


if __name__ == "__main__":
    main()
