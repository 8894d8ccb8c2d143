"""`newsclean review`: a page of HTML that shows what changed, and makes a configuration of what a reader says to it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from newsclean.cli import pages
from newsclean.cli.console import FAILED, complain
from newsclean.cli.documents import TEXT_SUFFIXES, documents, no_input
from newsclean.cli.parsers import MEGABYTE, STDIN, names, parser
from newsclean.cli.settings import chain_options, is_usable
from newsclean.editlog import SUFFIX, is_log
from newsclean.errors import InputError, NewscleanError
from newsclean.files import walk
from newsclean.reviewing.review import Review

DESCRIPTION = """\
Write a page that shows what newsclean changed or would change, to be opened in a browser; no text is changed.

  newsclean review articles/ -o report.html       what it would change in these files, with the articles
  newsclean review corpus.jsonl -o report.html    the same for the rows of a corpus, as `newsclean bulk` reads it
  newsclean review edits/ -o report.html          what a run changed, by the edit log that it wrote (bulk --edits)

On the page, reject what is wrong and accept what was only suggested, and download the newsclean.toml that says so.
"""
EPILOG = "exit status: 0 done, 2 wrong usage, or a file that could not be read or decoded (the others are done)\n"
JSON_LINES = ".jsonl"


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    made = parser("newsclean review", DESCRIPTION, EPILOG, "[PATH ...] -o FILE [options]")
    made.add_argument("-o", "--output", metavar="FILE", required=True, help="the page; - is standard output")
    made.add_argument(
        "--text-column", metavar="NAME[,NAME]", type=names, default=("text",), help="of a corpus (default: text)"
    )
    made.add_argument("--id-column", metavar="NAME", default="", help="of a corpus: what names a row")
    options = made.parse_args(arguments)
    if not is_usable(options) or no_input(options.files):
        return FAILED
    try:
        review = pages.begun(options, options.files)
        logs, corpora, rest = sorted_out(options.files)
        review.read_logs(logs)
        _read_corpora(review, corpora, options)
        status = 0
        options.files = rest
        for document in documents(options) if rest or not (logs or corpora) else ():
            if document is None:
                status = FAILED
            else:
                review.add(document.name, document.original, document.result)
        pages.write(review, options.output)
    except NewscleanError as error:
        complain(str(error))
        return FAILED
    return status


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
            found = list(walk(path, (SUFFIX,), is_ignored=False))
            logs += found
            if not found:
                (rest if any(walk(path, TEXT_SUFFIXES)) else corpora).append(path)
        elif path.endswith(SUFFIX) or (path.endswith(JSON_LINES) and is_log(path)):
            logs.append(path)
        else:
            (corpora if _is_corpus(path) else rest).append(path)
    return logs, corpora, rest


def _is_corpus(path: str) -> bool:
    from newsclean.bulk.formats import format_of

    form = format_of(path)
    return form is not None and form.kind != "text"


def _read_corpora(review: Review, paths: Sequence[str], options: argparse.Namespace) -> None:
    """
    Clean the rows of corpora and take in what would change; what cannot be cleaned is passed over.

    Raises:
        ConfigError: If the configuration cannot be.
        InputError: If one of them cannot be read, or no row has a text.
    """
    if not paths:
        return
    from newsclean.bulk.cleaning import explained
    from newsclean.bulk.plan import shards
    from newsclean.bulk.rows import MISSING, missing, name_of
    from newsclean.bulk.shards import rows_of
    from newsclean.cleaner import Cleaner, Refused

    cleaner, most = Cleaner(chain_options(options)), int(options.max_size * MEGABYTE)
    is_found = False
    named = (options.id_column,) if options.id_column else ()
    for shard in shards(paths):
        for row, values in rows_of(shard, options.text_column, named):
            name = name_of(values[-1] if options.id_column else None, str(row))
            for column, value in zip(options.text_column, values, strict=False):
                is_found = is_found or value != MISSING
                answer = explained(cleaner, value, most)
                if not isinstance(answer, Refused):
                    place = [shard.name if len(paths) > 1 else "", name, column if options.text_column[1:] else ""]
                    review.add(" ".join(str(each) for each in place if each != ""), answer[1], answer[0])
    if not is_found:
        raise InputError(missing(options.text_column))
