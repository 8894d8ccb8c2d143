"""
A cleaner that bears witness: which processes worked, where, on how many rows, and what they read of the dictionaries.

Each process writes a file of its own. What it reads is what the interpreter reports to an audit hook, so a dictionary
read twice is seen to be read twice.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from newsclean import Options, Result
from newsclean.resources import root
from tests.faults import Faulty

EVERY = 50
"""Rows after which a process says that it is at work."""


class Witness(Faulty):
    """
    Cleans as its options say.

    Args:
        options: The options.
        folder: Where processes write what they did.
        deadly: What the first process to meet the text "This  one is deadly." is to kill: "itself", or the process of
            this name among those that started it.
    """

    def __init__(self, options: Options = Options(), folder: str = "", deadly: str = "") -> None:
        super().__init__(options)
        self.folder, self.deadly = folder, deadly

    def __reduce__(self) -> Any:
        return Witness, (self.options, self.folder, self.deadly)

    def explain(self, text: str) -> Result:
        process = _process(self.folder)
        if process.rows % EVERY == 0:
            process.write(f"rows {EVERY} {_place()}")
        process.rows += 1
        if self.deadly and text == "This  one is deadly.":
            self._kill()
        return super().explain(text)

    def _kill(self) -> None:
        try:
            os.close(os.open(Path(self.folder, "killed"), os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return
        pid = os.getpid()
        while self.deadly not in ("itself", _name(pid)):
            pid = _parent(pid)
        os.kill(pid, signal.SIGKILL)
        os._exit(1)


class _Process:
    def __init__(self, folder: str) -> None:
        self._file = os.open(Path(folder, f"process-{os.getpid()}"), os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self.rows = 0
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(root()):
            self.write(f"read {arguments[0]}")

    def write(self, line: str) -> None:
        os.write(self._file, f"{line}\n".encode())


_processes: dict[tuple[int, str], _Process] = {}


def _process(folder: str) -> _Process:
    key = os.getpid(), folder
    if key not in _processes:
        _processes[key] = _Process(folder)
    return _processes[key]


def _place() -> str:
    """Return where a process is: its node in Ray, its folder anywhere else."""
    if "ray" in sys.modules:
        return str(sys.modules["ray"].get_runtime_context().get_node_id())
    return os.getcwd()


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


class Account(NamedTuple):
    """What the processes of one job wrote."""

    rows: Counter[int]
    """Rows by process, in round numbers."""
    places: set[str]
    reads: Counter[tuple[int, str]]
    """How often a process read a file of the dictionaries."""


def witnessed(folder: Path) -> Account:
    """Read what they wrote."""
    told = Account(Counter(), set(), Counter())
    for file in folder.glob("process-*"):
        pid = int(file.name.removeprefix("process-"))
        for line in file.read_text().splitlines():
            kind, _, said = line.partition(" ")
            if kind == "read":
                told.reads[pid, said] += 1
            else:
                count, _, place = said.partition(" ")
                told.rows[pid] += int(count)
                told.places.add(place)
    return told


def check_shared(told: Account, workers: int = 2) -> None:
    """Several processes took part, each with a tenth of the rows or more, and read each dictionary once."""
    total = sum(told.rows.values())
    assert workers <= sum(rows >= total / 10 for rows in told.rows.values()), told.rows
    assert told.reads
    assert {1} == set(told.reads.values()), told.reads.most_common(3)
    assert {pid for pid, _ in told.reads} <= set(told.rows)
