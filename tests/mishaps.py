"""What goes wrong in tests, as no text can bring it about: functions for workers, which must pickle, and disks."""

from __future__ import annotations

import errno
import io
import os
import signal
import time
from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import IO, Any

from newsclean.bulk import manifest, shards
from newsclean.bulk.run import Step, Task, do

DEADLY = "this text kills its worker"


def deadly(task: Task) -> Any:
    """Do a task, or die of it if it has the deadly text in it."""
    if DEADLY.encode() in (Path(task.shard.path).read_bytes() if task.what is Step.WHOLE else repr(task.what).encode()):
        os.kill(os.getpid(), signal.SIGKILL)
    return do(task)


def doubled(number: int) -> int:
    """Take longer for what comes first."""
    time.sleep(0.05 / (number + 1))
    return 2 * number


def picky(number: int) -> int:
    """Refuse one task."""
    if number == 3:
        raise ValueError("not this one")
    return number


def mortal(number: int) -> int:
    """Die of one task, every time."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def mortal_once(path: str) -> str:
    """Die of a task the first time."""
    if not os.path.exists(path):
        Path(path).touch()
        os._exit(7)
    return "done"


def talking(number: int) -> Generator[str, None, int]:
    """Say something, and return the answer."""
    yield f"at {number}"
    return number


def mortals(numbers: tuple[int, ...]) -> list[int]:
    """Die of one of several things, every time."""
    return [mortal(number) for number in numbers]


class _OnSmallDisk(io.FileIO):
    """A file on a disk that has so many bytes of room for all that lies in a folder."""

    def __init__(self, path: str, mode: str, folder: Path, room: int) -> None:
        super().__init__(path, mode)
        self._folder, self._room = folder, room

    def write(self, data: Any) -> int:
        left = self._room - sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())
        some = memoryview(data).cast("B")[: max(left, 0)]
        if not some:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(some)


def make_small(folder: Path, room: int) -> None:
    """Let what this process writes of a corpus find a full disk when a folder has so many bytes in it."""
    for module in shards, manifest:
        module.open = partial(_opened, folder, room)  # type: ignore[attr-defined]


def _opened(folder: Path, room: int, path: str, mode: str) -> IO[bytes]:
    if mode == "rb":
        return open(path, mode)
    file = _OnSmallDisk(path, mode.replace("b", ""), folder, room)
    return io.BufferedRandom(file) if "+" in mode else io.BufferedWriter(file)
