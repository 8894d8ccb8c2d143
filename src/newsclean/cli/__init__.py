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

from newsclean.cli.console import FAILED, complain

COMMANDS = ("bulk", "config", "explain", "learn", "review", "rules", "undo")
"""What may stand first in place of an input, each a module of this name; without one it is `clean`."""

WAYS = ("--check", "--diff", "--write", "--help", "--version")
"""Options that are taken for commands."""

INTERRUPTED, READER_GONE = 130, 141


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
    except Exception as error:  # or it would end with 1, which says that something would change
        if sys.stderr is not None:
            sys.excepthook(type(error), error, error.__traceback__)
        return _failed("a fault of newsclean: please report it, with the lines above; no file is half written")
    return status


def _give_up_output() -> None:
    """Send what is still to be written nowhere, or the interpreter tries it once more and complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(message: str) -> int:
    complain(message)
    return FAILED


def _run(arguments: list[str]) -> int:
    """Import a command only to run it: a filter must start at once."""
    command = arguments[0] if arguments else ""
    if command in COMMANDS:
        module = import_module(f"newsclean.cli.{command}")
        return int(module.run(arguments[1:]))
    if command.isalpha() and not os.path.exists(command) and (meant := _meant(command)):
        return _failed(f"there is no command and no file {command!r}; did you mean {meant}?")
    from newsclean.cli import clean

    return clean.run(arguments)


def _meant(command: str) -> str:
    """Return what was probably meant by a command that there is not; empty where nothing comes near."""
    from difflib import get_close_matches

    known = {way.removeprefix("--"): way for way in WAYS} | {name: f"newsclean {name}" for name in COMMANDS}
    near = get_close_matches(command, known, n=1, cutoff=0.75)
    return known[near[0]] if near else ""
