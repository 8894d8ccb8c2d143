"""A cleaner with normalizers that go wrong, to see what becomes of the row and of all others."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

from newsclean import Cleaner, Options, Replacement
from newsclean.chain import Chain
from newsclean.edits import Rule
from newsclean.options import chain_for


class Raises:
    """Raises for a text that says so."""

    name = "raises"

    def rules(self) -> Iterator[Rule]:
        yield from ()

    def propose(self, text: str) -> Iterator[Replacement]:
        if "raises" in text:
            raise ZeroDivisionError("division by zero")
        yield from ()


class Kills:
    """Kills the process for a text that says so."""

    name = "kills"

    def rules(self) -> Iterator[Rule]:
        yield from ()

    def propose(self, text: str) -> Iterator[Replacement]:
        if "kills" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        yield from ()


class Halves:
    """Turns a word into half a character, which no UTF-8 can hold."""

    name = "halves"

    def rules(self) -> Iterator[Rule]:
        yield Rule("test/half", "Writes half a character.")

    def propose(self, text: str) -> Iterator[Replacement]:
        start = text.find("halves")
        if start >= 0:
            yield Replacement(start, start + 6, "\ud800", "test/half")


class Faulty(Cleaner):
    """Cleans as its options say, except for what those above do."""

    def __init__(self, options: Options = Options()) -> None:
        super().__init__(options)
        self._chain = Chain((Raises(), Kills(), Halves(), *chain_for(options).normalizers))
