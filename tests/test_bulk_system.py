"""Corpora under hard conditions: killed runs, full disks, read-only folders, and memory that stays flat."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.texts import articles

from newsclean.bulk.shards import PART

pytestmark = [pytest.mark.system, pytest.mark.slow]

libc = ctypes.CDLL(None, use_errno=True)
COMMAND = [sys.executable, "-m", "newsclean", "bulk"]
KILLS = 20


def make_corpus(folder: Path, megabytes: float, shards: int, seed: int = 1) -> Path:
    """Write invented news as JSON lines, every fourth shard as Parquet, with a bad row in each of the others."""
    folder.mkdir()
    rows = [{"id": n, "text": text} for n, text in enumerate(articles(megabytes, seed, dirt=0.1))]
    for number in range(shards):
        some = rows[number::shards]
        if number % 4 == 3:
            pq.write_table(pa.Table.from_pylist(some), folder / f"{number:02}.parquet", row_group_size=50)
        else:
            lines = [json.dumps(row) for row in some]
            (folder / f"{number:02}.jsonl").write_text("\n".join([*lines[:20], '{"text": null}', *lines[20:], ""]))
    return folder


def written(folder: Path) -> dict[str, Any]:
    """Return all that a run wrote, but for how long it took."""
    found: dict[str, Any] = {}
    for path in folder.rglob("*"):
        if path.name == "manifest.jsonl":
            entries = map(json.loads, path.read_text().splitlines())
            found[path.name] = [{key: entry[key] for key in entry if key != "seconds"} for entry in entries]
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def bulk(corpus: Path, folder: Path, *more: str) -> list[str]:
    return [*COMMAND, str(corpus), "-o", str(folder / "out"), "--edits", str(folder / "edits"), "-q", *more]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_corpus(tmp_path_factory.mktemp("system") / "corpus", 4, 12)


@pytest.fixture(scope="module")
def undisturbed(corpus: Path) -> tuple[dict[str, Any], float]:
    """Return what an undisturbed run writes, and how many seconds it takes."""
    folder = corpus.parent / "undisturbed"
    began = time.monotonic()
    subprocess.run(bulk(corpus, folder, "-j", "2"), check=True)
    return written(folder), time.monotonic() - began


def test_a_killed_run_goes_on(corpus: Path, undisturbed: tuple[dict[str, Any], float], tmp_path: Path) -> None:
    """Killed at any moment and resumed, a run writes what an undisturbed one writes: no row lost, none doubled."""
    expected, seconds = undisturbed
    random = Random(6)
    unfinished = 0
    for number in range(KILLS):
        folder = tmp_path / str(number)
        process = subprocess.Popen(bulk(corpus, folder, "-j", "2"), start_new_session=True)
        time.sleep(random.uniform(0, seconds))
        if number % 2:
            os.killpg(process.pid, signal.SIGKILL)  # with its workers, as when a machine is switched off
        else:
            process.kill()
        process.wait()
        unfinished += len(written(folder)) < len(expected)
        subprocess.run(bulk(corpus, folder, "-j", str(1 + number % 3), "--resume"), check=True)
        assert expected == written(folder)
    assert unfinished > KILLS // 2


def test_an_interrupted_run_leaves_nothing_behind(
    corpus: Path, undisturbed: tuple[dict[str, Any], float], tmp_path: Path
) -> None:
    """After Ctrl-C there is no worker, no file that is not whole, and a word on how to go on."""
    process = subprocess.Popen(bulk(corpus, tmp_path, "-j", "2"), stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(0.6 * undisturbed[1])
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert 130 == process.returncode
    assert b"go on with --resume" in errors
    assert b"Traceback" not in errors
    deadline = time.monotonic() + 10
    while alive(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [] == alive(process.pid)
    assert [] == list(tmp_path.rglob(PART + "*"))
    assert_whole(tmp_path, undisturbed[0])


def assert_whole(folder: Path, expected: dict[str, Any]) -> None:
    """Make sure that what has a final name is what it is to be."""
    found = written(folder)
    assert set(found) < set(expected)
    shards = {name for name in found if name not in ("manifest.jsonl", "out/rejects.jsonl")}
    assert {name: expected[name] for name in shards} == {name: found[name] for name in shards}


def alive(group: int) -> list[str]:
    """Return the processes of a group that are still at work."""
    stats = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    return [" ".join(stat) for stat in stats if int(stat[2]) == group and stat[0] != "Z"]


class Disk(NamedTuple):
    """A folder with little room."""

    folder: Path
    environment: dict[str, str]
    """What a command needs to find it full."""


@contextmanager
def mounted(folder: Path) -> Iterator[Disk]:
    """Mount three megabytes of memory on a folder; where that is not permitted, stand in for it."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "newsclean-test", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        with pretended(folder) as disk:
            yield disk
        return
    try:
        yield Disk(folder, {})
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def pretended(folder: Path) -> Iterator[Disk]:
    """Let every process that gets this environment find no more than three megabytes of room in a folder."""
    folder.mkdir(exist_ok=True)
    start = folder.with_name("start")
    start.mkdir()
    (start / "sitecustomize.py").write_text(
        "from pathlib import Path\nfrom tests.mishaps import make_small\n"
        f"make_small(Path({str(folder)!r}), {3 << 20})\n"
    )
    top = Path(__file__).parent.parent
    yield Disk(folder, {"PYTHONPATH": os.pathsep.join(map(str, (start, top)))})


@pytest.mark.parametrize("small", [mounted, pretended])
def test_a_full_disk_is_told_and_survived(
    corpus: Path,
    undisturbed: tuple[dict[str, Any], float],
    tmp_path: Path,
    small: Callable[[Path], AbstractContextManager[Disk]],
) -> None:
    """On a disk that is too small the run ends with 2; what has a final name is whole; with more room it goes on."""
    folder, larger = tmp_path / "disk", tmp_path / "larger"
    with small(folder) as disk:
        for jobs in ("1", "2"):
            command = bulk(corpus, folder, "-j", jobs, "--resume")
            ran = subprocess.run(command, capture_output=True, env=os.environ | disk.environment)
            assert (2, b"") == (ran.returncode, ran.stdout)
            assert b"cannot be written: No space left on device" in ran.stderr
            assert b"Traceback" not in ran.stderr
            assert [] == list(folder.rglob(PART + "*"))
            assert_whole(folder, undisturbed[0])
        assert written(folder)["manifest.jsonl"]
        shutil.copytree(folder, larger)
    subprocess.run(bulk(corpus, larger, "--resume"), check=True)
    assert undisturbed[0] == written(larger)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_cannot_grow_is_told(
    corpus: Path, undisturbed: tuple[dict[str, Any], float], tmp_path: Path, jobs: str
) -> None:
    """Where the system refuses to write on, as by a quota, it is the same."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    ran = subprocess.run(bulk(corpus, tmp_path, "-j", jobs), capture_output=True, preexec_fn=limit)
    assert 2 == ran.returncode
    assert b"cannot be written: File too large" in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert [] == list(tmp_path.rglob(PART + "*"))
    subprocess.run(bulk(corpus, tmp_path, "--resume"), check=True)
    assert undisturbed[0] == written(tmp_path)


def test_a_read_only_folder_is_told(corpus: Path, tmp_path: Path) -> None:
    """Where nothing can be written the run ends at once, with 2 and the reason."""
    folder = tmp_path / "disk"
    folder.mkdir(mode=0o555)
    ran = subprocess.run(bulk(corpus, folder), capture_output=True, preexec_fn=None if os.geteuid() else heed)
    assert (2, b"") == (ran.returncode, ran.stdout)
    assert b"cannot be written: Permission denied" in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert [] == list(folder.iterdir())


def heed() -> None:
    """Let permissions hold for root as well, in this process and in what it runs: it may no longer go past them."""
    for capability in 1, 2:  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        if libc.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
            raise OSError(ctypes.get_errno(), "a privilege cannot be dropped")


def peak_megabytes(corpus: Path, folder: Path, *more: str) -> float:
    """
    Clean a corpus; return the peak memory of the largest of the processes.

    A small process in between starts them: a new one counts the memory of the process that it was forked from.
    """
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", program, *bulk(corpus, folder, *more)]
    ran = subprocess.run(command, check=True, capture_output=True)
    return int(ran.stdout) / 1024


def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    """Once what is remembered has reached its bounds, twice the corpus takes no more than a tenth more memory."""
    small, large = (articles(size, seed=3, dirt=0.02) for size in (100, 200))
    for suffix in ("jsonl", "parquet"):
        peaks = []
        for name, texts in (("small", small), ("large", large)):
            folder = tmp_path / f"{name}-{suffix}"
            folder.mkdir()
            if suffix == "jsonl":
                with (folder / "a.jsonl").open("w") as file:
                    file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
            else:
                pq.write_table(pa.table({"text": texts}), folder / "a.parquet", row_group_size=2000)
            peaks.append(peak_megabytes(folder, tmp_path / f"out-{name}-{suffix}"))
        assert peaks[1] < 1.1 * peaks[0], (suffix, peaks)
        assert max(peaks) < 350, (suffix, peaks)
