"""What the commands share: the options of a chain, and the reading of one document after another."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

from newsclean.chain import Result
from newsclean.cleaner import Cleaner
from newsclean.decoding import Decoded, decode
from newsclean.errors import ConfigError, InputError
from newsclean.files import explain_decoded, read
from newsclean.options import STAGES, Options
from newsclean.syntax.prose import SYNTAXES, syntax_of

FAILED = 2
STDIN = "-"
MEGABYTE = 1_000_000
MAX_SIZE = 64
"""Megabytes. A document is read whole; newspapers print none this long, so a larger one is a corpus."""


class Document(NamedTuple):
    """One input, read and cleaned."""

    path: str
    name: str
    """What messages call it."""
    data: bytes | None
    """The bytes that came in; None where other bytes were asked for."""
    decoded: Decoded
    result: Result

    @property
    def original(self) -> str:
        """The text before anything was done to it: foreign bytes stand as surrogate escapes."""
        return self.result.undo()


def parser(name: str, description: str) -> argparse.ArgumentParser:
    """Return a parser with the options that every command which cleans has."""
    made = argparse.ArgumentParser(
        prog=name, description=description, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    made.add_argument("files", nargs="*", metavar="FILE", help="a text file; - or nothing is standard input")
    stages = ", ".join(STAGES)
    made.add_argument("--only", metavar="STAGE[,STAGE]", type=_names, default=(), help=f"run these alone, of: {stages}")
    made.add_argument("--skip", metavar="STAGE[,STAGE]", type=_names, default=(), help="leave these stages out")
    made.add_argument("--off", metavar="RULE[,RULE]", type=_names, default=(), help="rules that are not to fire")
    made.add_argument(
        "--encoding", default="", help="what the input is in, if it has no byte order mark; else found out"
    )
    made.add_argument(
        "--syntax", choices=("auto", *SYNTAXES), default="auto", help="what is prose in it; auto goes by the name"
    )
    made.add_argument(
        "--stdin-filename", metavar="NAME", default="", help="the name that standard input would have as a file"
    )
    made.add_argument(
        "--max-size", metavar="MB", type=float, default=MAX_SIZE, help="refuse larger inputs (default: %(default)s)"
    )
    return made


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def cleaner_for(options: argparse.Namespace) -> Cleaner | None:
    """Return the cleaner the options ask for, or tell on standard error why there is none."""
    try:
        return Cleaner(Options(only=options.only, skip=options.skip, off=options.off))
    except ConfigError as error:
        complain(str(error))
        return None


def documents(cleaner: Cleaner, options: argparse.Namespace) -> Iterator[Document | None]:
    """Yield each input, cleaned; None in place of one that fails, after telling why on standard error."""
    for path in options.files or [STDIN]:
        name = "standard input" if path == STDIN else path
        try:
            data = _read(path, name, int(options.max_size * MEGABYTE))
            decoded = decode(data, options.encoding, name)
        except InputError as error:
            complain(str(error))
            yield None
            continue
        syntax = syntax_for(options, path)
        if syntax == "text":
            result = explain_decoded(cleaner.explain, decoded)
        else:
            from newsclean.syntax.content import Content

            result = explain_decoded(Content(syntax, cleaner.options).explain, decoded, keep_breaks=True)
        yield Document(path, name, data, decoded, result)


def syntax_for(options: argparse.Namespace, path: str) -> str:
    """Return the syntax of an input: as the options say, or as its name tells; standard input has none unless named."""
    if options.syntax != "auto":
        return str(options.syntax)
    return syntax_of(options.stdin_filename if path == STDIN else path)


def _read(path: str, name: str, most: int) -> bytes:
    if path != STDIN:
        size = os.path.getsize(path) if os.path.isfile(path) else 0
        data = read(path) if size <= most else b""
    else:
        data = sys.stdin.buffer.read(most + 1)
        size = len(data)
    if size > most:
        raise InputError(
            f"{name}: more than {most / MEGABYTE:g} MB, and a document is read whole: for a corpus use clean_many of "
            "the library, which takes one article at a time, or raise --max-size"
        )
    return data


def no_input(files: list[str]) -> bool:
    """Tell whether the command would wait for somebody to type an article unasked, and say so."""
    if files or not sys.stdin.isatty():
        return False
    complain("nothing to read: name a file, or send text, as in: newsclean < article.txt (or - to type it)")
    return True


def complain(message: str) -> None:
    """Tell on standard error, under the name of the command."""
    print(f"newsclean: {message}", file=sys.stderr)


def put(data: bytes) -> None:
    """Write all of some bytes to standard output: unbuffered (PYTHONUNBUFFERED), one call may write only a part."""
    rest = memoryview(data)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]


def say(line: str) -> None:
    """Write a line to standard output, in UTF-8 whatever the locale."""
    put(line.encode("utf-8", "backslashreplace") + b"\n")


def findings(document: Document) -> Iterator[str]:
    """Yield a line for what each rule did: file:line:column, rule, before, after."""
    result, text = document.result, document.original
    line, column, at = 1, 1, 0
    marked = [(edit, "") for edit in result.edits] + [(edit, " (suggested)") for edit in result.suggestions]
    for edit, mark in sorted(marked):
        line, column = _moved(text, at, edit.start, line, column)
        at = edit.start
        for part in edit.parts:
            inside = max(edit.before.find(part.before), 0)  # a part that read what others left has the edit's place
            here, there = _moved(text, at, at + inside, line, column)
            note = f" ({part.note})" if part.note else ""
            yield f"{document.path}:{here}:{there}: {part.rule}{mark}: {part.before!r} -> {part.after!r}{note}"


def _moved(text: str, start: int, end: int, line: int, column: int) -> tuple[int, int]:
    """Move a position, counted from 1 in lines and code points, from one offset to another."""
    passed = text[start:end]
    breaks = passed.count("\n") + passed.count("\r") - passed.count("\r\n")
    if not breaks:
        return line, column + len(passed)
    return line + breaks, len(passed) - max(passed.rfind("\n"), passed.rfind("\r"))
