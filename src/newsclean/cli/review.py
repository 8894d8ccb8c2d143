"""`newsclean review`: a page of HTML that shows what changed, and makes a configuration of what a reader says to it."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newsclean.chain import Result
from newsclean.cli.common import (
    FAILED,
    MEGABYTE,
    STDIN,
    TEXT_SUFFIXES,
    Document,
    complain,
    documents,
    is_usable,
    names,
    no_input,
    parser,
    put,
)
from newsclean.errors import InputError, NewscleanError
from newsclean.files import lines, walk, write_anew
from newsclean.report import fields_of
from newsclean.reviewing.articles import Articles
from newsclean.reviewing.groups import Groups
from newsclean.reviewing.page import GENERATOR, Subject, environment, render

DESCRIPTION = """\
Write a page that shows what newsclean changed or would change, to be opened in a browser; no text is changed.

  newsclean review articles/ -o report.html       what it would change in these files, with the articles
  newsclean review corpus.jsonl -o report.html    the same for the rows of a corpus, as `newsclean bulk` reads it
  newsclean review edits/ -o report.html          what a run changed, by the edit log that it wrote (bulk --edits)

On the page, reject what is wrong and accept what was only suggested, and download the newsclean.toml that says so.
"""
LOG = ".edits.jsonl"
JSON_LINES = ".jsonl"
NEEDED = frozenset({"rule", "start", "end", "before", "after"})


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    made = parser("newsclean review", DESCRIPTION)
    made.add_argument("-o", "--output", metavar="FILE", required=True, help="the page; - is standard output")
    made.add_argument(
        "--text-column", metavar="NAME", type=names, default=("text",), help="of a corpus (default: text)"
    )
    made.add_argument("--id-column", metavar="NAME", default="", help="of a corpus: what names a row")
    options = made.parse_args(arguments)
    if not is_usable(options) or no_input(options.files):
        return FAILED
    try:
        review = Review(options, options.files)
        logs, corpora, rest = sorted_out(options.files)
        review.read_logs(logs)
        review.read_corpora(corpora, options)
        status = 0
        options.files = rest
        for document in documents(options) if rest or not (logs or corpora) else ():
            status = FAILED if document is None else status
            review.add(document)
        review.write(options.output)
    except NewscleanError as error:
        complain(str(error))
        return FAILED
    return status


class Review:
    """
    What a page is made of, gathered as documents, corpora or logs come by.

    Args:
        options: What the command was given: where its configuration is.
        inputs: What the page is about.

    Raises:
        ConfigError: If the configuration cannot be read.
        NewscleanError: If jinja2 is missing, which is told before any work is done.
    """

    def __init__(self, options: argparse.Namespace, inputs: Sequence[str]) -> None:
        environment()
        self._groups, self._articles = Groups(), Articles()
        self._config = configured(options)
        self._name = _name(inputs)

    def add(self, document: Document | None) -> None:
        """Take in a document that was cleaned; nothing where it failed."""
        if document is not None:
            self._add(document.name, document.original, document.result)

    def _add(self, place: str, original: str, result: Result) -> None:
        self._articles.add(place, original, result)
        for edit in result.edits:
            self._groups.add(fields_of(edit, original), place)
        for edit in result.suggestions:
            self._groups.add(fields_of(edit, original) | {"suggested": True}, place)

    def read_logs(self, paths: Sequence[str], texts: int = 0) -> None:
        """
        Take in edit logs.

        Args:
            paths: The files.
            texts: How many texts they are the log of, if that is known.

        Raises:
            InputError: If one of them is none.
        """
        self._articles.texts += texts
        for path in paths:
            shard = os.path.basename(path).removesuffix(LOG) + " " if len(paths) > 1 else ""
            for number, row in rows(path):
                try:
                    self._groups.add(row, shard + place_of(row))
                except (AttributeError, KeyError, TypeError, ValueError):
                    raise InputError(_no_log(path, number)) from None

    def read_corpora(self, paths: Sequence[str], options: argparse.Namespace) -> None:
        """
        Clean the rows of corpora and take in what would change; what cannot be cleaned is passed over.

        Raises:
            ConfigError: If the configuration cannot be.
            InputError: If one of them cannot be read.
        """
        if not paths:
            return
        from newsclean.bulk.cleaning import explained
        from newsclean.bulk.plan import shards
        from newsclean.bulk.shards import rows_of
        from newsclean.cleaner import Cleaner, Refused
        from newsclean.cli.bulk import chain_options

        cleaner, most = Cleaner(chain_options(options)), int(options.max_size * MEGABYTE)
        asked = (*options.text_column, *([options.id_column] if options.id_column else ()))
        for shard in shards(paths):
            for row, values in rows_of(shard, asked):
                name = values[-1] if options.id_column else row
                for column, value in zip(options.text_column, values, strict=False):
                    answer = explained(cleaner, value, most)
                    if not isinstance(answer, Refused):
                        place = [shard.name if len(paths) > 1 else "", name, column if options.text_column[1:] else ""]
                        self._add(" ".join(str(each) for each in place if each != ""), answer[1], answer[0])

    def write(self, path: str) -> None:
        """
        Write the page.

        Raises:
            InputError: If something other than a page stands there, or it cannot be written.
        """
        page = render(Subject(self._name, self._groups, self._articles, self._config))
        if path == STDIN:
            put(page)
            return
        write_anew(path, page, is_ours=lambda data: GENERATOR.encode() in data[:2000])


def sorted_out(paths: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """
    Tell edit logs, corpora and other files apart.

    A folder with files named as logs is a folder of logs, and one without documents a corpus; JSON lines are a log if
    the first line is one of a log.

    Raises:
        InputError: If a file cannot be read.
    """
    logs: list[str] = []
    corpora: list[str] = []
    rest: list[str] = []
    for path in paths:
        if path != STDIN and os.path.isdir(path):
            found = list(walk(path, (LOG,), is_ignored=False))
            logs += found
            if not found:
                (rest if any(walk(path, TEXT_SUFFIXES)) else corpora).append(path)
        elif path.endswith(LOG) or (path.endswith(JSON_LINES) and _begins_as_log(path)):
            logs.append(path)
        else:
            (corpora if _is_corpus(path) else rest).append(path)
    return logs, corpora, rest


def _is_corpus(path: str) -> bool:
    from newsclean.bulk.formats import format_of

    form = format_of(path)
    return form is not None and form.kind != "text"


def _begins_as_log(path: str) -> bool:
    try:
        first = json.loads(next(iter(lines(path)), b"null"))
    except ValueError:
        return False
    return isinstance(first, dict) and first.keys() >= NEEDED


def rows(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """
    Yield the lines of an edit log with their numbers, from 1.

    Raises:
        InputError: If a line is none of an edit log; the message says which.
    """
    for number, line in enumerate(lines(path), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{path}:{number}: is not JSON: {error}") from None
        if not isinstance(row, dict) or not row.keys() >= NEEDED:
            raise InputError(_no_log(path, number))
        yield number, row


def _no_log(path: str, number: int) -> str:
    needed = ", ".join(sorted(NEEDED))
    return f"{path}:{number}: is no line of an edit log, which has {needed}: give the log as newsclean wrote it"


def place_of(row: Mapping[str, Any]) -> str:
    """
    Return what a line of the log says of where its text stands: the fields in front of the rule.

    >>> place_of({"id": "a7", "row": 3, "rule": "typos/slip", "start": 4})
    'a7 3'
    """
    fields = list(row)
    return " ".join(str(row[name]) for name in fields[: fields.index("rule")])


def configured(options: argparse.Namespace) -> Mapping[str, Any]:
    """Return the configuration that holds where the command runs, or that it names; the page adds to it."""
    from newsclean.config import find, load

    if options.no_config:
        return {}
    return load(options.config).table if options.config else find(os.getcwd()).table


def _name(inputs: Sequence[str]) -> str:
    """Say in a few words what the page is about."""
    all_names = ["standard input" if path == STDIN else path for path in inputs or [STDIN]]
    return all_names[0] if len(all_names) == 1 else f"{all_names[0]} and {len(all_names) - 1} more"
