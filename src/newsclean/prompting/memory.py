"""What was said of lines, remembered while there is room for it: what a line is by itself never changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST_LINES = 20_000
MOST_CHARACTERS = 4_000_000
"""With more lines, or more characters in them, all are forgotten."""

Answer = TypeVar("Answer")


class Memory(dict[str, Answer]):
    """
    What `ask` says of lines, each asked once while it is remembered.

    Args:
        ask: Tells what a line is. It must say the same of the same line, always.
        longest: Characters. Longer lines are asked each time: they hardly ever come back.

    >>> asked = []
    >>> memory = Memory(lambda line: asked.append(line) or len(line), longest=5)
    >>> [memory[line] for line in ("Print", "Print", "Print it", "Print it")], asked
    ([5, 5, 8, 8], ['Print', 'Print it', 'Print it'])
    """

    def __init__(self, ask: Callable[[str], Answer], longest: int) -> None:
        self._ask = ask
        self._longest = longest
        self._characters = 0

    def __missing__(self, line: str) -> Answer:
        answer = self._ask(line)
        if len(line) <= self._longest:
            if len(self) >= MOST_LINES or self._characters + len(line) > MOST_CHARACTERS:
                self.clear()
                self._characters = 0
            self._characters += len(line)
            self[line] = answer
        return answer
