"""
The `newsclean` command: a filter, and three ways to look before it writes.

Data goes to standard output, everything else to standard error.
Exit status: 0 clean or written, 1 something would change (--check, --diff), 2 wrong usage or a file that cannot be
read, decoded or written; the other files are still done. 130 when interrupted, 141 when the reader has gone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = ("bulk", "config", "explain", "learn", "review", "rules", "undo")
"""What may stand first in place of an input, each a module of this name; without one it is `clean`."""

FAILED, INTERRUPTED, READER_GONE = 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run the command and return its exit status.

    A first argument that is the name of a command is that command; for a file of that name write `./explain`.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if sys.stdout is None:
        return _failed("standard output is closed; nothing was done")
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:  # of a file it is caught where it is read; a full disk and a folder that has gone are left
        _give_up_output()
        return _failed(f"cannot go on: {error.strerror or error}")
    return status


def _give_up_output() -> None:
    """Send what is still to be written nowhere, or the interpreter tries it once more and complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(message: str) -> int:
    if sys.stderr is not None:
        print(f"newsclean: {message}", file=sys.stderr)
    return FAILED


def _run(arguments: list[str]) -> int:
    """Import a command only to run it: a filter must start at once."""
    command = arguments[0] if arguments else ""
    if command in COMMANDS:
        module = import_module(f"newsclean.cli.{command}")
        return int(module.run(arguments[1:]))
    from newsclean.cli import clean

    return clean.run(arguments)
