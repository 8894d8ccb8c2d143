"""How far a run is: one line on standard error, written over and over, where that is a terminal."""

from __future__ import annotations

import sys
import time

from newsclean.bulk.plan import Plan
from newsclean.bulk.shards import Finished, Progress
from newsclean.cli.counting import is_watched

SECONDS = 0.2
"""How often the line is written."""


class Display:
    """
    Shows rows, MB/s of text, and the time left by the share of the input that has been read.

    Args:
        plan: What is being done.
        is_quiet: Show nothing. Nothing is shown either where nobody watches.
    """

    def __init__(self, plan: Plan, is_quiet: bool = False) -> None:
        self._shown = not is_quiet and is_watched()
        self._total = sum(shard.size for shard in plan.shards)
        self._under_way: dict[str, Progress] = {}
        self._rows = self._text_bytes = self._read = 0
        self._began = time.monotonic()
        self._told = 0.0

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def hear(self, said: Progress | Finished) -> None:
        """Take word of a shard, and write the line if it is time."""
        if isinstance(said, Progress):
            self._under_way[said.shard] = said
        else:
            self._under_way.pop(said.shard.name, None)
            self._rows += said.tally["rows"]
            self._text_bytes += said.tally["text_bytes"]
            self._read += said.shard.size
        if self._shown and time.monotonic() - self._told > SECONDS:
            self._told = time.monotonic()
            print(f"\r{self.line(self._told - self._began)}\x1b[K", end="", file=sys.stderr, flush=True)

    def line(self, seconds: float) -> str:
        """Return what is shown after so many seconds."""
        rows = self._rows + sum(each.rows for each in self._under_way.values())
        megabytes = (self._text_bytes + sum(each.text_bytes for each in self._under_way.values())) / 1e6
        read = self._read + sum(each.read_bytes for each in self._under_way.values())
        shown = f"{rows:,} rows, {megabytes / max(seconds, 1e-9):.1f} MB/s"
        if not read:
            return shown
        minutes, left = divmod(round(seconds * max(self._total - read, 0) / read), 60)
        return f"{shown}, {min(read / self._total, 1):.0%}, {minutes // 60}:{minutes % 60:02}:{left:02} left"
