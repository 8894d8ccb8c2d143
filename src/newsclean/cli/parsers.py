"""The options that commands share, and how they are told."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

from newsclean.options import STAGES
from newsclean.syntax.prose import SYNTAXES

STDIN = "-"
MEGABYTE = 1_000_000
MAX_SIZE = 64
"""Megabytes. A document is read whole; newspapers print none this long, so a larger one is a corpus."""

Group: TypeAlias = "argparse.ArgumentParser | argparse._ArgumentGroup"


class _Parser(argparse.ArgumentParser):
    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Return the options; of one that there is not the error says which may have been meant."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            from difflib import get_close_matches

            known = [name for action in self._actions for name in action.option_strings]
            near = get_close_matches(unknown[0].partition("=")[0], known, n=1)
            self.error(f"unrecognized arguments: {' '.join(unknown)}" + f"; did you mean {near[0]}?" * bool(near))
        return options


def bare_parser(name: str, description: str, epilog: str = "", usage: str | None = None) -> argparse.ArgumentParser:
    """Return a parser whose texts stand as they are written, and that takes options by their whole names alone."""
    return _Parser(
        prog=name,
        usage=f"%(prog)s {usage}" if usage else None,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def parser(name: str, description: str, epilog: str, usage: str = "[PATH ...] [options]") -> argparse.ArgumentParser:
    """Return a parser with the options that every command which cleans documents has; its own are told before them."""
    made = bare_parser(name, description, epilog, usage)
    made.add_argument("files", nargs="*", metavar="PATH", help="a file or a folder; - or nothing is standard input")
    read = made.add_argument_group("what is read")
    read.add_argument(
        "--encoding", metavar="NAME", default="", help="of inputs without a byte order mark (default: found out)"
    )
    read.add_argument(
        "--syntax", choices=("auto", *SYNTAXES), default="auto", help="of the inputs; auto tells by the name (default)"
    )
    read.add_argument(
        "--stdin-filename", metavar="NAME", default="", help="the name that standard input would have as a file"
    )
    read.add_argument("--force-exclude", action="store_true", help="pass over excluded files even where named")
    read.add_argument("--no-ignore", action="store_true", help="in folders, do not heed .gitignore")
    add_max_size(read, "refuse larger inputs (default: %(default)s)")
    add_stages(made)
    add_config(made)
    add_jobs(read, 0, "processes; 0 for as many as the files are worth, at most one a processor (default)")
    return made


def add_max_size(made: Group, told: str) -> None:
    """Let a command take larger texts, or pass over smaller ones."""
    made.add_argument("--max-size", metavar="MB", type=megabytes, default=MAX_SIZE, help=told)


def add_stages(made: argparse.ArgumentParser) -> None:
    """Let a command choose what runs, and tell it the words of its user."""
    group = made.add_argument_group("what is done")
    stages = ", ".join(STAGES)
    group.add_argument("--only", metavar="STAGE[,STAGE]", type=names, default=(), help=f"run these alone, of: {stages}")
    group.add_argument("--skip", metavar="STAGE[,STAGE]", type=names, default=(), help="leave these stages out")
    group.add_argument(
        "--off", metavar="RULE[,RULE]", type=names, default=(), help="stop these rules, of: newsclean rules"
    )
    group.add_argument(
        "--words", metavar="FILE", action="append", default=[],
        help='leave its words alone, one a line, or correct them: "wrong -> right"',
    )  # fmt: skip


def add_config(made: argparse.ArgumentParser) -> None:
    """Let a command choose its configuration."""
    where = made.add_argument_group("configuration").add_mutually_exclusive_group()
    where.add_argument("--config", metavar="FILE", default="", help="read this one (default: the nearest)")
    where.add_argument("--no-config", action="store_true", help="read none")


def add_jobs(
    made: Group,
    default: int = 1,
    told: str = "processes; 0 for one a processor (default: %(default)s)",
) -> None:
    """Let a command use several processes."""
    made.add_argument("-j", "--jobs", metavar="N", type=whole(0), default=default, help=told)


def megabytes(value: str) -> float:
    """
    Return the number of megabytes that an option asks for.

    Raises:
        ArgumentTypeError: If it is none, or not above 0.
    """
    try:
        number = float(value)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{value!r} must be a number of megabytes, such as 0.5 or 200")
    return number


def whole(least: int) -> Callable[[str], int]:
    """Return what reads a whole number that is not below another, and raises `ArgumentTypeError` where it is none."""

    def read(value: str) -> int:
        number = int(value) if value.isdecimal() else least - 1
        if number < least:
            raise argparse.ArgumentTypeError(f"{value!r} must be a whole number from {least}")
        return number

    return read


def names(value: str) -> tuple[str, ...]:
    """
    Return the names of a list that commas part.

    Raises:
        ArgumentTypeError: If there is none.
    """
    found = tuple(name.strip() for name in value.split(",") if name.strip())
    if not found:
        raise argparse.ArgumentTypeError(f"{value!r} must be names, with commas between them")
    return found
