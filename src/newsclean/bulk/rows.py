"""What every format gives: batches of rows, whose values are read and replaced by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

from newsclean.cleaner import Refused

Place: TypeAlias = tuple[int, int]
"""A row within the batch and a column by its number among those asked for, both from 0."""

Changes: TypeAlias = Mapping[Place, str]
"""New texts, by place."""

NONE: Mapping[Place, Any] = {}


class Blank(NamedTuple):
    """In place of a value: this is no row at all, such as an empty line between others."""


NULL = Refused("null")
MISSING = Refused("no such column")
NOT_JSON, NOT_UTF_8 = "not JSON", "not UTF-8"
"""Kinds of reasons why a row has no columns at all."""


def missing(columns: Sequence[str]) -> str:
    """Return what to say where no row of a corpus has any of these columns."""
    return (
        f"no row has a column {' or '.join(columns)}: name the one that holds the text with --text-column; JSON must "
        "have one object a line, which jq -c '.[]' makes of an array"
    )


def name_of(value: Any, otherwise: str) -> str | int | float:
    """Return what names a row: the value of the column for it, or another name where that can be none."""
    return value if isinstance(value, (str, int, float)) else otherwise


class Batch(Protocol):
    """Some rows of a shard that stand together; it pickles."""

    @property
    def first(self) -> int:
        """The number of its first row in the shard, from 0. Lines that are no rows are numbered too."""

    def __len__(self) -> int: ...

    def values(self, columns: Sequence[str], spellings: Mapping[Place, Any] = NONE) -> list[list[Any]]:
        """
        Return the values of each row in these columns: a str, `Decoded` or what else there is, `Refused` or `Blank`.

        Args:
            columns: Their names.
            spellings: How old texts were spelled, when they are to be put back; see `replaced`.
        """

    def replaced(
        self, columns: Sequence[str], changes: Changes, spellings: Mapping[Place, Any] = NONE
    ) -> tuple[Batch, dict[Place, Any]]:
        """
        Return the batch with other texts in some places, all else as it was.

        With it, by place, comes what has to be known to put the old text back as it was spelled; most need nothing.
        Given as `spellings` when the old text is put back, it is what stands there then.
        """

    def singly(self) -> Iterator[Batch]:
        """Yield each row as a batch."""


class Source(Protocol):
    """An open shard."""

    def batches(self, rows: int) -> Iterator[Batch]:
        """Yield the rows, so many at a time at most."""

    def position(self) -> int:
        """Return how many bytes of the file have been read."""

    def close(self) -> None:
        """Close the file."""


class Sink(Protocol):
    """A shard that is being written."""

    def write(self, batch: Batch) -> None:
        """Write some rows."""

    def close(self) -> None:
        """Write what is left; the file itself stays open."""

    def abandon(self) -> None:
        """Write nothing any more."""
