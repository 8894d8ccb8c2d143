"""How many files are done: one line on standard error, written over and over, where that is a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

WAIT = 1.0
"""Seconds before anything is shown: what is done sooner needs no line."""
SECONDS = 0.2
"""How often the line is written."""

Each = TypeVar("Each")


def is_watched() -> bool:
    """Tell whether somebody sees standard error: not in a pipe, where `CI` is set, or on a terminal that is `dumb`."""
    return (
        sys.stderr is not None and sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
    )


class Count:
    """
    Shows how many of some files are done.

    Args:
        total: Files.
        is_quiet: Show nothing.
    """

    def __init__(self, total: int, is_quiet: bool = False) -> None:
        self._total = total
        self._is_wanted = not is_quiet and is_watched()
        self._is_shown = False
        self._due = time.monotonic() + WAIT

    def __enter__(self) -> Count:
        return self

    def __exit__(self, *_: object) -> None:
        self.hide()

    def watched(self, files: Iterable[Each]) -> Iterator[Each]:
        """Yield the files, and write the line when it is time; what is wrong with one is told on a line of its own."""
        for done, each in enumerate(files):
            if self._is_wanted and time.monotonic() > self._due:
                self._due = time.monotonic() + SECONDS
                self._is_shown = True
                print(f"\r{done:,} of {self._total:,} files\x1b[K", end="", file=sys.stderr, flush=True)
            if isinstance(each, str):
                self.hide()
            yield each

    def hide(self) -> None:
        """Take the line away, so that another can be written."""
        if self._is_shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._is_shown = False
