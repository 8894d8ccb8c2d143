"""
How `newsclean bulk` scales: time by size and by processes, and memory by size.

    python -m benchmarks.scaling --megabytes 50 500 --jobs 1 2
    python -m benchmarks.scaling --corpus CORPUS.jsonl.gz       # articles of your own, over and over

Each corpus is made of shards of JSON lines: invented news from a seed, or the articles of `--corpus` repeated until
there is enough. Wall time is that of the machine as it is. Where others use it too, look at the last column instead:
the processor time of one process over that of the busiest of several, which is what the work itself allows.
Processor time and peak memory are read from /proc, so this runs on Linux alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from benchmarks.texts import articles, texts_of

UNIQUE = 20
"""Megabytes of articles that are made; a larger corpus has them more than once."""

TICKS = os.sysconf("SC_CLK_TCK")


class Process(NamedTuple):
    """What a process has used."""

    seconds: float
    peak: float
    """Megabytes."""


class Measured(NamedTuple):
    """What a run took."""

    megabytes: float
    jobs: int
    seconds: float
    processes: list[Process]
    """The command itself first, then its workers."""


def make_corpus(folder: Path, texts: list[str], megabytes: float, shards: int) -> None:
    """Write so many megabytes of text as shards of equal size."""
    folder.mkdir()
    endless = cycle(texts)
    for number in range(shards):
        size = 0
        with (folder / f"{number:03}.jsonl").open("w", encoding="utf-8") as file:
            while size < megabytes * 1e6 / shards:
                text = next(endless)
                size += len(text.encode())
                file.write(json.dumps({"id": size, "text": text}, ensure_ascii=False) + "\n")


def measured(corpus: Path, output: Path, megabytes: float, jobs: int) -> Measured:
    """Clean a corpus and measure it."""
    command = [sys.executable, "-m", "newsclean", "bulk", str(corpus), "-o", str(output), "-q", "--no-config"]
    seen: dict[int, Process] = {}
    began = time.perf_counter()
    with subprocess.Popen([*command, "-j", str(jobs)]) as process:
        while process.poll() is None:
            for pid in (process.pid, *children(process.pid)):
                with suppress(OSError, ValueError, IndexError):  # it has ended in the meantime
                    seen[pid] = used(pid)
            time.sleep(0.1)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"newsclean bulk ended with {process.returncode}")
    return Measured(megabytes, jobs, seconds, list(seen.values()))


def children(pid: int) -> Iterator[int]:
    """Yield the children of a process."""
    with suppress(OSError):
        yield from map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def used(pid: int) -> Process:
    """Return what a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    status = Path(f"/proc/{pid}/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1000
    return Process((int(fields[11]) + int(fields[12])) / TICKS, peak)


def table(runs: list[Measured]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield "| MB | processes | seconds | MB/s | times one | peak MB of a worker | of the parent | by processor time |"
    yield "|---|---|---|---|---|---|---|---|"
    for run in runs:
        alone = next((each for each in runs if each.megabytes == run.megabytes and each.jobs == 1), run)
        parent, *workers = run.processes
        busiest = max(each.seconds for each in run.processes)
        allowed = max(each.seconds for each in alone.processes) / busiest
        yield (
            f"| {run.megabytes:g} | {run.jobs} | {run.seconds:.1f} | {run.megabytes / run.seconds:.1f} | "
            f"{alone.seconds / run.seconds:.2f} | {max(each.peak for each in workers):.0f} | {parent.peak:.0f} | "
            f"{allowed:.2f} |"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="How newsclean bulk scales.")
    parser.add_argument("--megabytes", type=float, nargs="+", default=[50, 500])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--corpus", default="", help="JSON lines with a `text`; default: invented news")
    parser.add_argument("--folder", default=None, help="where to work; default: where temporary files go")
    options = parser.parse_args()
    runs = []
    with tempfile.TemporaryDirectory(dir=options.folder) as work:
        for megabytes in options.megabytes:
            corpus, output = Path(work, "corpus"), Path(work, "out")
            texts = texts_of(options.corpus) if options.corpus else articles(min(megabytes, UNIQUE), dirt=0.02)
            make_corpus(corpus, texts, megabytes, options.shards)
            for jobs in options.jobs:
                runs.append(measured(corpus, output, megabytes, jobs))
                shutil.rmtree(output)
            shutil.rmtree(corpus)
    print("\n".join(table(runs)))


if __name__ == "__main__":
    main()
