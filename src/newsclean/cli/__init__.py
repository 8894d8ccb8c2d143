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

INTERRUPTED, READER_GONE = 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run the command and return its exit status.

    A first argument that is the name of a command is that command; for a file of that name write `./explain`.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter flushes, and complains
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(arguments: list[str]) -> int:
    """Import a command only to run it: a filter must start at once."""
    command = arguments[0] if arguments else ""
    if command == "explain":
        from newsclean.cli import explain

        return explain.run(arguments[1:])
    if command == "config":
        from newsclean.cli import config

        return config.run(arguments[1:])
    if command == "rules":
        from newsclean.cli import rules

        return rules.run(arguments[1:])
    if command == "bulk":
        from newsclean.cli import bulk

        return bulk.run(arguments[1:])
    if command == "undo":
        from newsclean.cli import undo

        return undo.run(arguments[1:])
    if command == "learn":
        from newsclean.cli import learn

        return learn.run(arguments[1:])
    if command == "review":
        from newsclean.cli import review

        return review.run(arguments[1:])
    from newsclean.cli import clean

    return clean.run(arguments)
