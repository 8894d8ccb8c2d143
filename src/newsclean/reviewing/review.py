"""What a page is made of, gathered as texts and logs come by."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from newsclean import editlog
from newsclean.chain import Result
from newsclean.editlog import fields_of
from newsclean.files import write_anew
from newsclean.reviewing.articles import Articles
from newsclean.reviewing.groups import Groups
from newsclean.reviewing.page import GENERATOR, Subject, environment, render


class Review:
    """
    A page in the making.

    Args:
        name: What it is about, in a few words.
        config: The configuration that the run has; the page adds to it.

    Raises:
        NewscleanError: If jinja2 is missing, which is told before any work is done.
    """

    def __init__(self, name: str, config: Mapping[str, Any]) -> None:
        environment()
        self._groups, self._articles = Groups(), Articles()
        self._name, self._config = name, config

    def add(self, place: str, original: str, result: Result) -> None:
        """
        Take in a text that was cleaned.

        Args:
            place: Where it stands.
            original: The text before.
            result: What became of it.
        """
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
            shard = os.path.basename(path).removesuffix(editlog.SUFFIX) + " " if len(paths) > 1 else ""
            for number, row in editlog.rows(path):
                try:
                    self._groups.add(row, shard + editlog.place_of(row))
                except (AttributeError, KeyError, TypeError, ValueError):
                    raise editlog.no_row(path, number) from None

    def page(self) -> bytes:
        """Return the page as the bytes of an HTML file."""
        return render(Subject(self._name, self._groups, self._articles, self._config))

    def write(self, path: str) -> None:
        """
        Write the page.

        Raises:
            InputError: If something other than a page stands there, or it cannot be written.
        """
        write_anew(path, self.page(), is_ours=lambda data: GENERATOR.encode() in data[:2000])
