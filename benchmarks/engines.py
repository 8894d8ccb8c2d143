"""
What an engine costs: the same Parquet files cleaned by one plain process and by an engine with two workers, by turns.

    .venv-spark/bin/python -m benchmarks.engines spark
    .venv-ray/bin/python -m benchmarks.engines ray --megabytes 50

Wall time says what the user gets, where the machine has two idle cores. Processor time, of this process and all it has
started, says what the engine adds, whatever else the machine does. The first turn of each warms up and does not count.
"""

from __future__ import annotations

import argparse
import atexit
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.texts import articles
from newsclean.arrow import clean_record_batch, clean_schema

SHARDS = 16
Job: TypeAlias = Callable[[Path, Path], None]
"""Cleans the shards of a folder into another one."""


def plain(source: Path, target: Path) -> None:
    """Clean in this process."""
    for path in sorted(source.glob("*.parquet")):
        shard = pq.ParquetFile(path)
        schema = clean_schema(shard.schema_arrow, errors=True)
        with pq.ParquetWriter(target / path.name, schema) as writer:
            for batch in shard.iter_batches(1_000):
                writer.write_batch(clean_record_batch(batch, errors=True))


def spark() -> Job:
    """Clean with two executors of one core each."""
    from pyspark.sql import SparkSession

    from newsclean.engines.spark import clean

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.driver.memory", "1g")
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000").getOrCreate()
    atexit.register(session.stop)
    return lambda source, target: clean(session.read.parquet(str(source))).write.mode("append").parquet(str(target))


def ray() -> Job:
    """Clean with tasks on two processors."""
    import ray as engine

    from newsclean.engines.ray import clean

    engine.init(address="local", num_cpus=2, log_to_driver=False, include_dashboard=False)
    engine.data.DataContext.get_current().enable_progress_bars = False
    return lambda source, target: clean(engine.data.read_parquet(str(source))).write_parquet(str(target))


def datatrove() -> Job:
    """Clean with two workers of the local executor; JSON lines come out."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import ParquetReader
    from datatrove.pipeline.writers import JsonlWriter

    from newsclean.engines.datatrove import Newsclean

    def run(source: Path, target: Path) -> None:
        steps = [ParquetReader(str(source)), Newsclean(), JsonlWriter(str(target), compression=None)]
        LocalPipelineExecutor(steps, tasks=SHARDS, workers=2, logging_dir=str(target / "log")).run()

    return run


def datasets() -> Job:
    """Clean with two processes; the reading into the cache is not counted, Arrow files come out."""
    from datasets import load_dataset

    from newsclean.engines.hf_datasets import clean

    def run(source: Path, target: Path) -> None:
        files = str(source / "*.parquet")
        dataset = load_dataset("parquet", data_files=files, split="train", cache_dir=str(source / "cache"))
        clean(dataset, num_proc=2, cache_file_name=str(target / "clean.arrow"))

    return run


ENGINES: dict[str, Callable[[], Job]] = {"spark": spark, "ray": ray, "datatrove": datatrove, "datasets": datasets}


def write_corpus(folder: Path, megabytes: float) -> float:
    """Write invented news in shards; return how many million bytes of text."""
    texts = articles(megabytes, dirt=0.05)
    for shard in range(SHARDS):
        part = texts[shard::SHARDS]
        ids = [f"{shard}-{row}" for row in range(len(part))]
        pq.write_table(pa.table({"id": ids, "text": part}), folder / f"{shard:02}.parquet")
    return sum(len(text.encode()) for text in texts) / 1e6


class Clock:
    """
    Counts the processor time of this process and of all that it has started, while it is open.

    It looks twice a second and adds up what was used since: of a process that ends it misses half a second at most, and
    where what a process has used goes down, as that of Java may when threads of it end, it goes on from there.
    """

    def __enter__(self) -> Clock:
        self.seconds = 0.0
        self._last = _processor_seconds()
        self._closed = Event()
        self._looking = Thread(target=self._look)
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._looking.join()

    def _look(self) -> None:
        closed = False
        while not closed:
            closed = self._closed.wait(0.5)
            now = _processor_seconds()
            self.seconds += sum(max(used - self._last.get(pid, 0), 0) for pid, used in now.items())
            self._last = now


def _processor_seconds() -> dict[int, float]:
    """Return what each process has used that is, or descends from, this one."""
    parents, seconds = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:  # it has ended
            continue
        pid = int(stat.parent.name)
        parents[pid] = int(fields[1])
        seconds[pid] = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    return {pid: used for pid, used in seconds.items() if _descends(pid, os.getpid(), parents)}


def _descends(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid not in (ancestor, 0):
        pid = parents.get(pid, 0)
    return pid == ancestor


def timed(job: Job, source: Path, target: Path) -> tuple[float, float]:
    """Return the wall and the processor seconds of a job."""
    rmtree(target, ignore_errors=True)
    target.mkdir()
    started = time.perf_counter()
    with Clock() as clock:
        job(source, target)
        wall = time.perf_counter() - started
    return wall, clock.seconds


def main(arguments: list[str]) -> None:
    """Print megabytes a second and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--turns", type=int, default=2)
    options = parser.parse_args(arguments)
    jobs: dict[str, Job] = {"plain": plain, options.engine: ENGINES[options.engine]()}
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        size = write_corpus(source, options.megabytes)
        best: dict[str, list[Any]] = {name: [1e9, 1e9] for name in jobs}
        for turn in range(1 + options.turns):
            for name, job in jobs.items():
                found = timed(job, source, target)
                print(f"turn {turn}: {name} {found[0]:.1f} s, {found[1]:.1f} s of processors", file=sys.stderr)
                if turn:
                    best[name] = [min(pair) for pair in zip(best[name], found, strict=True)]
        for name, (wall, busy) in best.items():
            print(f"{name}: {size / wall:.2f} MB/s by the clock, {size / busy:.2f} MB/s of processor time")
        (wall, busy), (engine_wall, engine_busy) = best.values()
        print(f"{options.engine}: {wall / engine_wall:.2f} times as fast, {engine_busy / busy:.2f} times the work")


if __name__ == "__main__":
    main(sys.argv[1:])
