"""`newsclean review`: a page of HTML that shows what changed, and makes a configuration of what a reader says to it."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from newsclean.cli.common import FAILED, STDIN, Document, complain, documents, is_usable, no_input, parser, put
from newsclean.errors import InputError, NewscleanError
from newsclean.files import lines, write_anew
from newsclean.report import fields_of
from newsclean.reviewing.articles import Articles
from newsclean.reviewing.groups import Groups
from newsclean.reviewing.page import GENERATOR, Subject, environment, render

DESCRIPTION = """\
Write a page that shows what newsclean changed or would change, to be opened in a browser; no text is changed.

  newsclean review articles/ -o report.html       what it would change in these files, with the articles
  newsclean review edits.jsonl -o report.html     what it changed, by the edit log of a run

On the page, reject what is wrong and accept what was only suggested, and download the newsclean.toml that says so.
"""
LOG = ".jsonl"
NEEDED = frozenset({"rule", "start", "end", "before", "after"})


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    made = parser("newsclean review", DESCRIPTION)
    made.add_argument("-o", "--output", metavar="FILE", required=True, help="the page; - is standard output")
    options = made.parse_args(arguments)
    if not is_usable(options) or no_input(options.files):
        return FAILED
    logs = [path for path in options.files if path.endswith(LOG)]
    try:
        review = Review(options)
        options.files = [path for path in options.files if path not in logs]
        for path in logs:
            review.read(path)
        status = 0
        for document in documents(options) if options.files or not logs else ():
            status = FAILED if document is None else status
            review.add(document)
        review.write(options.output)
    except NewscleanError as error:
        complain(str(error))
        return FAILED
    return status


class Review:
    """
    What a page is made of, gathered as documents or logs come by.

    Raises:
        ConfigError: If the configuration cannot be read.
        NewscleanError: If jinja2 is missing, which is told before any work is done.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        environment()
        self._groups, self._articles = Groups(), Articles()
        self._config = configured(options)
        self._name = _name(options.files)

    def add(self, document: Document | None) -> None:
        """Take in a document that was cleaned; nothing where it failed."""
        if document is None:
            return
        original, result = document.original, document.result
        self._articles.add(document.name, original, result)
        for edit in result.edits:
            self._groups.add(fields_of(edit, original), document.name)
        for edit in result.suggestions:
            self._groups.add(fields_of(edit, original) | {"suggested": True}, document.name)

    def read(self, path: str) -> None:
        """
        Take in an edit log.

        Raises:
            InputError: If it is none.
        """
        for number, row in rows(path):
            try:
                self._groups.add(row, place_of(row))
            except (AttributeError, KeyError, TypeError, ValueError):
                raise InputError(_no_log(path, number)) from None

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
    return (
        f"{path}:{number}: is no line of an edit log, which has {', '.join(sorted(NEEDED))}: give the log that "
        "newsclean wrote, or the articles as files of text"
    )


def place_of(row: Mapping[str, Any]) -> str:
    """
    Return what a line of the log says of where its text stands: the fields in front of the rule.

    >>> place_of({"id": "a7", "column": "text", "rule": "typos/slip", "start": 4})
    'a7 text'
    """
    fields = list(row)
    return " ".join(str(row[name]) for name in fields[: fields.index("rule")])


def configured(options: argparse.Namespace) -> Mapping[str, Any]:
    """Return the configuration that holds where the command runs, or that it names; the page adds to it."""
    from newsclean.config import find, load

    if options.no_config:
        return {}
    return load(options.config).table if options.config else find(os.getcwd()).table


def _name(files: list[str]) -> str:
    """Say in a few words what the page is about."""
    names = ["standard input" if path == STDIN else path for path in files or [STDIN]]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
