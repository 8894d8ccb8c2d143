"""What every command says and how it ends: data to standard output, all else to standard error."""

from __future__ import annotations

import os
import sys

FAILED = 2
"""The exit status after trouble."""


def complain(message: str) -> None:
    """Tell on standard error, under the name of the command."""
    if sys.stderr is not None:
        print(f"newsclean: {message}", file=sys.stderr)


def put(data: bytes) -> None:
    """Write all of some bytes to standard output: unbuffered (PYTHONUNBUFFERED), one call may write only a part."""
    rest = memoryview(data)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]


def say(line: str) -> None:
    """Write a line to standard output, in UTF-8 whatever the locale."""
    put(line.encode("utf-8", "backslashreplace") + b"\n")


def has_colour(wanted: str) -> bool:
    """Tell whether to colour: as asked, else on a terminal that NO_COLOR does not speak against."""
    if wanted != "auto":
        return wanted == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if forced := os.environ.get("FORCE_COLOR"):
        return forced != "0"
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def numbered(number: int, thing: str) -> str:
    """
    Return a number of things in words.

    >>> numbered(1, "row"), numbered(2400, "row")
    ('1 row', '2,400 rows')
    """
    return f"{number:,} {thing}{'s' * (number != 1)}"
