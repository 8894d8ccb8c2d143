"""What workers run in tests: functions that fail in ways that a text cannot bring about at will. They must pickle."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

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
