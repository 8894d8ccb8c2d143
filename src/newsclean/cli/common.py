"""What the commands share: the options of a chain, and the reading of one document after another."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from newsclean.chain import Result
from newsclean.cleaner import Cleaner
from newsclean.cli.counting import Count
from newsclean.decoding import Decoded, decode
from newsclean.errors import ConfigError, InputError, NewscleanError, PatternError
from newsclean.files import explain_decoded, read, walk
from newsclean.formats import visible
from newsclean.options import STAGES, Options, Settings, chain_for, with_words
from newsclean.syntax.prose import SUFFIXES, SYNTAXES, syntax_of
from newsclean.workers import number_of

if TYPE_CHECKING:
    from newsclean.config import Config

FAILED = 2
STDIN = "-"
MEGABYTE = 1_000_000
TEXT_SUFFIXES = (*SUFFIXES, ".txt")
"""Which files of a folder are read."""
BATCH = 16
"""Files that a worker gets at a time."""
FILES_A_WORKER = 250
"""A worker takes 0.3 s of a processor to start, as 130 files of content of 8 kB do to be read; twice as many pay."""
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


ReadOne: TypeAlias = Callable[[argparse.Namespace, str], Document | str | None]
"""What reads one input: the document, or what is wrong with it, or nothing where it is to be passed over."""


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


def options_for(options: argparse.Namespace, base: Options = Options()) -> Options:
    """Lay what the command line asks for over other options."""
    only, skip, off = options.only or base.only, (*base.skip, *options.skip), (*base.off, *options.off)
    laid = base._replace(only=only, skip=skip, off=off)
    return with_words(laid, (word for file in options.words for word in _words_of(file))) if options.words else laid


def is_usable(options: argparse.Namespace) -> bool:
    """Tell whether the options of the command line can be; say on standard error why not."""
    try:
        chain_for(options_for(options))
        if options.jobs < 0:
            raise ConfigError(f"jobs is {options.jobs}; it must be a number of processes, or 0 for one a processor")
        if options.config:
            _config(options.config).settings("x", "text")
    except NewscleanError as error:
        complain(str(error))
        return False
    return True


def documents(options: argparse.Namespace) -> Iterator[Document | None]:
    """Yield each input, cleaned; None in place of one that fails, after telling why on standard error."""
    chosen = list(paths(options))
    count = options.jobs or min(len(chosen) // FILES_A_WORKER, number_of(0))
    answers: Iterator[Document | str | None] = map(partial(_document, options), chosen)
    if count > 1 and STDIN not in chosen:  # which only this process can read
        answers = _by_workers(options, count, chosen)
    with Count(len(chosen), getattr(options, "quiet", False)) as progress:
        for document in _told(progress.watched(answers)):
            if document and document.result.edits:
                progress.hide()
            yield document


def _by_workers(
    options: argparse.Namespace, count: int, chosen: list[str], read_one: ReadOne | None = None
) -> Iterator[Document | str | None]:
    """Yield what other processes make of the inputs, in order; of one that ends them, what it did."""
    from newsclean.workers import Death, Workers

    work = partial(_documents, options, read_one or _document)
    batches = [chosen[at : at + BATCH] for at in range(0, len(chosen), BATCH)]
    with Workers(count, work) as workers:
        for batch, answer in workers.answers(batches):
            if not isinstance(answer, Death):
                yield from answer
                continue
            with Workers(1, work) as alone:
                for (path,), said in alone.answers([path] for path in batch):
                    yield from [f"{path}: the process that read it was {said.why}"] if isinstance(said, Death) else said


def _documents(options: argparse.Namespace, read_one: ReadOne, batch: list[str]) -> list[Document | str | None]:
    return [read_one(options, path) for path in batch]


def paths(options: argparse.Namespace) -> Iterator[str]:
    """Yield the files that the command line names, those of folders among them; each once."""
    seen: set[str] = set()
    for path in options.files or [STDIN]:
        inside = walk(path, TEXT_SUFFIXES, not options.no_ignore) if path != STDIN and os.path.isdir(path) else [path]
        is_named = inside == [path]
        for each in inside:
            if each not in seen and (is_named or not _is_excluded(options, each)):
                seen.add(each)
                yield each


def _is_excluded(options: argparse.Namespace, path: str) -> bool:
    try:
        return settings_for(options, path).is_excluded
    except NewscleanError:
        return False  # it is told when the file is read


def _told(answers: Iterator[Document | str | None]) -> Iterator[Document | None]:
    told: set[str] = set()
    for answer in answers:
        if isinstance(answer, str):
            if answer not in told:  # a configuration may be wrong for a thousand files
                complain(answer)
                told.add(answer)
            yield None
        elif answer is not None:
            yield answer


def _document(options: argparse.Namespace, path: str) -> Document | str | None:
    """Return an input, cleaned; or what is wrong with it; or None where it is to be passed over."""
    shown = (options.stdin_filename or STDIN) if path == STDIN else path
    name = "standard input" if shown == STDIN else visible(shown)
    try:
        settings = settings_for(options, path)
        if options.force_exclude and settings.is_excluded:
            return None
        data = _read(path, name, int(options.max_size * MEGABYTE))
        decoded = decode(data, options.encoding, name)
        return Document(shown, name, data, decoded, _explained(options, path, name, settings, decoded))
    except PatternError as error:
        return f"{name}: {error}"
    except NewscleanError as error:
        return str(error)


def _explained(options: argparse.Namespace, path: str, name: str, settings: Settings, decoded: Decoded) -> Result:
    syntax = syntax_for(options, path)
    is_switched = path != STDIN and "newsclean:" in decoded.text
    if syntax == "text" and not is_switched:
        return explain_decoded(_cleaner(settings.options).explain, decoded)
    if "\0" in decoded.text:
        raise InputError(f"{name}: is binary, not {syntax}: it has a NUL at {decoded.text.index(chr(0))}; left alone")
    from newsclean.syntax.content import Content

    content = Content(syntax, settings.options, settings.front_matter)
    try:
        return explain_decoded(content.explain, decoded, keep_breaks=True)
    except ConfigError as error:  # of the words that the text itself names
        raise ConfigError(f"{name}: {error}") from None


@lru_cache(maxsize=16)
def _cleaner(options: Options) -> Cleaner:
    return Cleaner(options)


def settings_for(options: argparse.Namespace, path: str) -> Settings:
    """
    Return what holds for an input: its configuration, and over it the command line.

    Standard input has none unless it is named.

    Raises:
        ConfigError: If the configuration cannot be.
    """
    name = options.stdin_filename if path == STDIN else path
    syntax = syntax_for(options, path)
    if options.config:
        settings = _config(options.config).settings(name or "x", syntax)
    elif options.no_config or not name:
        settings = Settings(Options() if syntax == "text" else _content_options())
    else:
        settings = _find(os.path.dirname(os.path.abspath(name))).settings(name, syntax)
    return settings._replace(options=options_for(options, settings.options))


@lru_cache(maxsize=1)
def _config(path: str) -> Config:
    from newsclean.config import load

    return load(path)


def _find(folder: str) -> Config:
    from newsclean.config import find

    return find(folder)


def _words_of(path: str) -> tuple[str, ...]:
    from newsclean.config import words_of

    return words_of(path)


def _content_options() -> Options:
    from newsclean.syntax.content import CONTENT

    return CONTENT


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
        if sys.stdin is None:
            raise InputError(f"{name}: is closed; name a file, or send text")
        data = sys.stdin.buffer.read(most + 1)
        size = len(data)
    if size > most:
        raise InputError(
            f"{name}: more than {most / MEGABYTE:g} MB, and a document is read whole: for a corpus use newsclean "
            "bulk, which takes one article at a time, or raise --max-size"
        )
    return data


def no_input(files: list[str]) -> bool:
    """Tell whether the command would wait for somebody to type an article unasked, and say so."""
    if files or (sys.stdin is not None and not sys.stdin.isatty()):
        return False
    complain("nothing to read: name a file, or send text, as in: newsclean < article.txt (or - to type it)")
    return True


def has_colour(wanted: str) -> bool:
    """Tell whether to colour: as asked, else on a terminal that NO_COLOR does not speak against."""
    if wanted != "auto":
        return wanted == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if forced := os.environ.get("FORCE_COLOR"):
        return forced != "0"
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


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
