"""The options that commands share, and how they are told."""

from __future__ import annotations

import argparse

from newsclean.options import STAGES
from newsclean.syntax.prose import SYNTAXES

STDIN = "-"
MEGABYTE = 1_000_000
MAX_SIZE = 64
"""Megabytes. A document is read whole; newspapers print none this long, so a larger one is a corpus."""


def bare_parser(name: str, description: str, epilog: str = "") -> argparse.ArgumentParser:
    """Return a parser whose texts stand as they are written, and that takes options by their whole names alone."""
    return argparse.ArgumentParser(
        prog=name,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def parser(name: str, description: str) -> argparse.ArgumentParser:
    """Return a parser with the options that every command which cleans has."""
    made = bare_parser(name, description)
    made.add_argument("files", nargs="*", metavar="PATH", help="a file or a folder; - or nothing is standard input")
    add_stages(made)
    made.add_argument(
        "--encoding", default="", help="what the input is in, if it has no byte order mark; else found out"
    )
    made.add_argument(
        "--syntax", choices=("auto", *SYNTAXES), default="auto", help="what is prose in it; auto goes by the name"
    )
    made.add_argument(
        "--stdin-filename", metavar="NAME", default="", help="the name that standard input would have as a file"
    )
    add_config(made)
    made.add_argument("--force-exclude", action="store_true", help="pass over excluded files even where named")
    made.add_argument("--no-ignore", action="store_true", help="in folders, do not heed .gitignore")
    add_jobs(made, 0, "processes; 0 for as many as the files are worth, at most one a processor (default)")
    made.add_argument(
        "--max-size", metavar="MB", type=float, default=MAX_SIZE, help="refuse larger inputs (default: %(default)s)"
    )
    return made


def add_stages(made: argparse.ArgumentParser) -> None:
    """Let a command choose what runs, and tell it the words of its user."""
    stages = ", ".join(STAGES)
    made.add_argument("--only", metavar="STAGE[,STAGE]", type=names, default=(), help=f"run these alone, of: {stages}")
    made.add_argument("--skip", metavar="STAGE[,STAGE]", type=names, default=(), help="leave these stages out")
    made.add_argument("--off", metavar="RULE[,RULE]", type=names, default=(), help="rules that are not to fire")
    made.add_argument(
        "--words", metavar="FILE", action="append", default=[],
        help='leave its words alone, one a line, or correct them: "wrong -> right"',
    )  # fmt: skip


def add_config(made: argparse.ArgumentParser) -> None:
    """Let a command choose its configuration."""
    where = made.add_mutually_exclusive_group()
    where.add_argument("--config", metavar="FILE", default="", help="read this configuration; default: the nearest")
    where.add_argument("--no-config", action="store_true", help="read no configuration")


def add_jobs(
    made: argparse.ArgumentParser,
    default: int = 1,
    told: str = "processes; 0 for one a processor (default: %(default)s)",
) -> None:
    """Let a command use several processes."""
    made.add_argument("-j", "--jobs", metavar="N", type=int, default=default, help=told)


def names(value: str) -> tuple[str, ...]:
    """Return the names of a list that commas part."""
    return tuple(name.strip() for name in value.split(",") if name.strip())
