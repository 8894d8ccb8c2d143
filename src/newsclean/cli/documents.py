"""One document after another: read, cleaned, and what is wrong with one told."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias

from newsclean.chain import Result
from newsclean.cleaner import Cleaner
from newsclean.cli.console import complain, numbered
from newsclean.cli.counting import Count
from newsclean.cli.parsers import MEGABYTE, STDIN
from newsclean.cli.settings import settings_for, syntax_for
from newsclean.decoding import Decoded, decode
from newsclean.errors import ConfigError, InputError, NewscleanError, PatternError
from newsclean.files import explain_decoded, read, walk
from newsclean.formats import visible
from newsclean.options import Options, Settings
from newsclean.syntax.prose import SUFFIXES, foreign
from newsclean.workers import number_of

TEXT_SUFFIXES = (*SUFFIXES, ".txt")
"""Which files of a folder are read."""
BATCH = 16
"""Files that a worker gets at a time."""
FILES_A_WORKER = 250
"""A worker takes 0.3 s of a processor to start, as 130 files of content of 8 kB do to be read; twice as many pay."""


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


def no_input(files: list[str]) -> bool:
    """Tell whether the command would wait for somebody to type an article unasked, and say so."""
    if files or (sys.stdin is not None and not sys.stdin.isatty()):
        return False
    complain("nothing to read: name a file, or send text, as in: newsclean < article.txt (or - to type it)")
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

    batches = [chosen[at : at + BATCH] for at in range(0, len(chosen), BATCH)]
    with Workers(count, partial(_documents, options, read_one or _document)) as workers:
        for batch, answers in workers.answers_in_parts(batches, lambda batch: [[path] for path in batch]):
            if isinstance(answers, Death):
                answers = [f"{batch[0]}: the process that read it was {answers.why}"]
            yield from answers


def _documents(options: argparse.Namespace, read_one: ReadOne, batch: list[str]) -> list[Document | str | None]:
    return [read_one(options, path) for path in batch]


def paths(options: argparse.Namespace) -> Iterator[str]:
    """Yield the files that the command line names, those of folders among them; each once."""
    seen: set[str] = set()
    for path in options.files or [STDIN]:
        inside = _inside(options, path) if path != STDIN and os.path.isdir(path) else [path]
        yield from (each for each in inside if each not in seen)
        seen.update(inside)


def _inside(options: argparse.Namespace, folder: str) -> list[str]:
    """Return the files of a folder that are to be read; say so where there is none."""
    found = list(walk(folder, TEXT_SUFFIXES, not options.no_ignore))
    wanted = [path for path in found if not _is_excluded(options, path)]
    if not found:
        kinds = ", ".join(TEXT_SUFFIXES)
        complain(f"{folder}: nothing to read: no file, or none that .gitignore leaves, ends with one of {kinds}")
    elif not wanted:
        complain(f"{folder}: nothing to read: the configuration excludes {numbered(len(found), 'file')}, all there are")
    return wanted


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
        if options.syntax == "auto" and (ending := foreign(shown)):
            return f"{name}: {_not_read(shown, ending)}"
        data = _read(path, name, int(options.max_size * MEGABYTE))
        decoded = decode(data, options.encoding, name)
        return Document(shown, name, data, decoded, _explained(options, path, name, settings, decoded))
    except PatternError as error:
        return f"{name}: {error}"
    except NewscleanError as error:
        return str(error)


def _not_read(path: str, ending: str) -> str:
    from newsclean.bulk.formats import format_of

    if format_of(path):
        return "is a corpus by its name, not an article: newsclean bulk cleans the texts in it"
    return (
        f"is no plain text by its name ({ending}), and its syntax is not known: what is no prose would be changed, "
        "too; if it is plain text, say --syntax text"
    )


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
