"""The review page of a command: with the configuration that holds, and where the command line asks for it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from newsclean.cli.console import put
from newsclean.cli.parsers import STDIN
from newsclean.cli.settings import configured
from newsclean.reviewing.review import Review


def begun(options: argparse.Namespace, inputs: Sequence[str]) -> Review:
    """
    Return a page in the making.

    Args:
        options: What the command was given: where its configuration is.
        inputs: What the page is about.

    Raises:
        ConfigError: If the configuration cannot be read.
        NewscleanError: If jinja2 is missing.
    """
    config = configured(options)
    return Review(_name(inputs), config.table if config else {})


def write(review: Review, path: str) -> None:
    """
    Write a page to a file, or to standard output where the path is "-".

    Raises:
        InputError: If something other than a page stands there, or it cannot be written.
    """
    if path == STDIN:
        put(review.page())
    else:
        review.write(path)


def _name(inputs: Sequence[str]) -> str:
    """Say in a few words what the page is about."""
    names = ["standard input" if path == STDIN else path for path in inputs or [STDIN]]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
