"""
Each stage and the whole chain, edits recorded, beside ftfy.fix_text on the same texts in the same run.

    pip install -e '.[dev,peers]'
    pytest benchmarks/bench_chain.py --benchmark-sort=name

Compare rows of one text only. `python -m benchmarks.bench_chain [CORPUS.jsonl.gz]` prints the ratios as a table, for a
process that has cleaned other texts before: of each set of texts the even ones warm it up and the odd ones are
measured, once. What a stage takes is what it takes within the chain, with all its looks at a text. A corpus has one
JSON object a line, with a `text`.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

import ftfy
import pytest

from benchmarks.texts import articles, texts_of
from newsclean import Cleaner, Options
from newsclean.chain import Chain, Normalizer
from newsclean.edits import Replacement
from newsclean.options import STAGES, chain_for

TURN = 50
"""Texts after which the next cleaner has its turn: so few that a busy machine hurts all of them alike."""


def hostile() -> list[str]:
    """Return texts made to be slow, of 200,000 characters each; each kind comes twice, as one of two warms up."""
    random = Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    kinds = (
        "newsclean" * 22_000,
        "ab\n" * 66_000,
        " ".join("".join(random.choices(letters, k=8)) for _ in range(22_000)),
        "THE MINISTER SAID THAT PRICES WOULD RISE AGAIN. " * 4_100,
        "a \u200b\N{NO-BREAK SPACE}\n" * 40_000,
        "Also read: " * 18_000,
    )
    return [kind for kind in kinds for _ in range(2)]


TEXTS = {
    "ASCII": articles(1, curly=False),
    "typical": articles(1, dirt=0.02),
    "dirty": articles(0.4, dirt=0.5),
    "hostile": hostile(),
}
CLEANERS: dict[str, Callable[[str], object]] = {
    "ftfy": ftfy.fix_text,
    **{stage: Cleaner(Options(only=(stage,))).explain for stage in STAGES},
    "chain": Cleaner().explain,
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("cleaner", CLEANERS)
def test_throughput(benchmark: Callable[..., object], cleaner: str, text: str) -> None:
    """Clean every text once; compare rows of one text only."""
    benchmark.group = text  # type: ignore[attr-defined]
    benchmark.extra_info["megabytes"] = megabytes(TEXTS[text])  # type: ignore[attr-defined]
    benchmark(lambda: [CLEANERS[cleaner](each) for each in TEXTS[text]])


def megabytes(texts: list[str]) -> float:
    """Return the size of texts as UTF-8."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6


class Timed:
    """A normalizer that counts its processor time."""

    def __init__(self, normalizer: Normalizer) -> None:
        self.name = normalizer.name
        self.rules = normalizer.rules
        self.settles = getattr(normalizer, "settles", lambda proposals: False)
        self.seconds = 0.0
        self._normalizer = normalizer

    def propose(self, text: str) -> Iterator[Replacement]:
        """Yield what the normalizer yields."""
        start = process_time()
        proposals = list(self._normalizer.propose(text))
        self.seconds += process_time() - start
        return iter(proposals)


def seconds(texts: list[str]) -> dict[str, float]:
    """
    Return the processor time that ftfy, the chain and each stage in it take for every other text.

    What the others have left in memory is kept from the garbage collector, which would look through all of it now and
    then, at the expense of whichever stage is at work.
    """
    stages = [Timed(normalizer) for normalizer in chain_for(Options()).normalizers]
    chain = Chain(stages)
    for text in texts[::2]:
        chain.explain(text)
    for stage in stages:
        stage.seconds = 0.0
    gc.collect()
    gc.freeze()
    cleaners: dict[str, Callable[[str], object]] = {"ftfy": ftfy.fix_text, "chain": chain.explain}
    taken = dict.fromkeys(cleaners, 0.0)
    fresh = texts[1::2]
    for first in range(0, len(fresh), TURN):
        for name, clean in cleaners.items():
            start = process_time()
            for text in fresh[first : first + TURN]:
                clean(text)
            taken[name] += process_time() - start
    gc.unfreeze()
    return taken | {stage.name: stage.seconds for stage in stages}


def seconds_of_typos(texts: list[str]) -> float:
    """Return the processor time that the `typos` command takes for the same texts as files; nought without it."""
    command = Path(sysconfig.get_path("scripts"), "typos")
    if not command.exists():
        return 0.0
    with TemporaryDirectory() as folder:
        for number, text in enumerate(texts[1::2]):
            Path(folder, f"{number}.txt").write_text(text, encoding="utf-8", errors="surrogatepass")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([command, "-j", "1", "--format", "silent", folder], check=False, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def table(texts_by_name: dict[str, list[str]]) -> Iterator[str]:
    """Yield the rows of a table: for each set of texts the speed of each cleaner, and its ratio to that of ftfy."""
    yield f"{'MB/s and times ftfy':20}" + "".join(f"{name:>14}" for name in ("ftfy", "chain", *STAGES, "typos (Rust)"))
    for name, texts in texts_by_name.items():
        taken = seconds(texts) | {"typos (Rust)": seconds_of_typos(texts)}
        size = megabytes(texts[1::2])
        cells = (f"{size / each:8.1f} {taken['ftfy'] / each:5.1f}" if each else " " * 14 for each in taken.values())
        yield f"{name:20}" + "".join(cells)
    yield f"resident at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


if __name__ == "__main__":
    for row in table(({"corpus": texts_of(sys.argv[1])} if len(sys.argv) > 1 else {}) | TEXTS):
        print(row, flush=True)
