"""`newsclean learn CORPUS... -o DIR`: what a corpus repeats, as proposals with their evidence; nothing is applied."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence

from newsclean.bulk.plan import shards
from newsclean.bulk.rows import missing, name_of
from newsclean.bulk.shards import rows_of
from newsclean.cli.console import FAILED, complain, numbered
from newsclean.cli.parsers import MEGABYTE, add_config, add_jobs, add_max_size, add_stages, bare_parser, names, whole
from newsclean.cli.settings import chain_options
from newsclean.decoding import Decoded
from newsclean.errors import InputError, NewscleanError
from newsclean.files import append
from newsclean.learning.learner import FEWEST, learn
from newsclean.learning.proposals import as_log, as_toml
from newsclean.learning.seen import Text

DESCRIPTION = """\
Find what a corpus repeats: prompts that its sites have of their own, names, and slips. Nothing is applied.

  newsclean learn corpus/ --site-column publisher -o proposals/

DIR/newsclean.toml has all proposals, each with its evidence, ready to be used once what is wrong is struck out.
DIR/proposals.edits.jsonl has them for the review page, where they are accepted and rejected one by one:

  newsclean review proposals/ -o proposals.html
"""
EPILOG = "exit status: 0 done, 2 wrong usage, or an input that cannot be read, or an output folder that is not empty\n"


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    options = parser_of().parse_args(arguments)
    try:
        _check_empty(options.output)
        learner = learn(_documents(options), chain_options(options), options.fewest, options.jobs)
        if not learner.texts:
            raise InputError(missing(options.text_column))
        found = list(learner.proposals())
        os.makedirs(options.output, exist_ok=True)
        append(os.path.join(options.output, "newsclean.toml"), as_toml(found, learner.texts))
        append(os.path.join(options.output, "proposals.edits.jsonl"), as_log(found))
    except NewscleanError as error:
        complain(str(error))
        return FAILED
    counts = {kind: sum(proposal.kind == kind for proposal in found) for kind in ("prompt", "name", "correction")}
    told = ", ".join(numbered(count, kind) for kind, count in counts.items())
    documents = numbered(learner.texts, "document")
    complain(f"{options.output}: {told} proposed from {documents}; see newsclean review {options.output}")
    return 0


def parser_of() -> argparse.ArgumentParser:
    """Return the parser of the command."""
    made = bare_parser("newsclean learn", DESCRIPTION, EPILOG, "CORPUS ... -o DIR [options]")
    made.add_argument(
        "inputs", nargs="+", metavar="CORPUS", help="a shard, or a folder of shards, as of newsclean bulk"
    )
    made.add_argument("-o", "--output", metavar="DIR", required=True, help="where the proposals go; a new folder")
    made.add_argument("--text-column", metavar="NAME[,NAME]", type=names, default=("text",), help="default: text")
    made.add_argument("--id-column", metavar="NAME", default="", help="what names a document")
    made.add_argument(
        "--site-column", metavar="NAME", default="", help="who published it; default: all are of one site"
    )
    made.add_argument(
        "--fewest",
        metavar="N",
        type=whole(1),
        default=FEWEST,
        help="documents that must share it (default: %(default)s)",
    )
    add_max_size(made, "pass over longer texts (default: %(default)s)")
    add_stages(made)
    add_config(made)
    add_jobs(made)
    return made


def _documents(options: argparse.Namespace) -> Iterator[Text]:
    """Yield each document; what is no text, or too long, is passed over."""
    columns = tuple(dict.fromkeys(options.text_column))
    more = tuple(name for name in (options.id_column, options.site_column) if name)
    most = int(options.max_size * MEGABYTE)
    for shard in shards(options.inputs):
        for row, values in rows_of(shard, columns, more):
            name = str(name_of(values[len(columns)] if options.id_column else None, f"{shard.name} {row}"))
            site = str(name_of(values[-1] if options.site_column else None, ""))
            for text in _texts(values[: len(columns)]):
                if len(text) <= most:
                    yield Text(site, name, text)


def _texts(values: Sequence[object]) -> Iterator[str]:
    for value in values:
        text = value.text if isinstance(value, Decoded) else value
        if isinstance(text, str):
            yield text


def _check_empty(folder: str) -> None:
    """
    Make sure that nothing is written over.

    Raises:
        InputError: If the folder has something in it.
    """
    if os.path.exists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
        raise InputError(f"{folder}: is there already and not an empty folder; name another, or remove it")
