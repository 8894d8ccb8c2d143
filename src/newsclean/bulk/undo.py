"""The way back: the original corpus from the clean one and the edit log."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from newsclean.bulk.cleaning import Cleaned, Tally
from newsclean.bulk.formats import format_of
from newsclean.bulk.manifest import entries
from newsclean.bulk.plan import Shard
from newsclean.bulk.rows import Batch, Place
from newsclean.bulk.shards import ShardWriter, batches, identity_of, writing
from newsclean.decoding import Decoded
from newsclean.editlog import SUFFIX as LOG_SUFFIX
from newsclean.editlog import edit_of, rows
from newsclean.edits import Edit, apply, invert
from newsclean.errors import ConfigError, InputError

BATCH_ROWS = 256


class Restored(NamedTuple):
    """What became of a shard."""

    shard: str
    rows_changed: int
    is_verified: bool
    """Whether the file has the checksum of the original. Compressed and Parquet files hold the same in other bytes."""


class Logged(NamedTuple):
    """What the log says of one text."""

    edits: tuple[Edit, ...]
    spelling: Any
    """How the text was spelled, where that has to be told."""


def undo(folder: str, logs: str, output: str) -> Iterator[Restored]:
    """
    Write the original of each shard that is done, and yield what became of it.

    Args:
        folder: Where `newsclean bulk` wrote the clean shards.
        logs: Where it wrote the edit logs.
        output: Where the originals go.

    Raises:
        ConfigError: If the run kept no log or wrote another format, or the output folder is not empty.
        InputError: If a shard or a log cannot be read, or they do not fit each other.
        OutputError: If something cannot be written.
    """
    if os.path.isdir(output) and os.listdir(output):
        raise ConfigError(f"{output}: is not empty: choose another folder")
    for entry in entries(folder):
        if not entry["logged"]:
            raise ConfigError(f"{folder}: was written without --edits, so nobody knows what was changed")
        if entry["converted"]:
            raise ConfigError(f"{folder}: was written in another format than it came in; keep the originals")
        yield _restored(entry, folder, logs, output)


def _restored(entry: Mapping[str, Any], folder: str, logs: str, output: str) -> Restored:
    path, log, final = (os.path.join(each, *entry["shard"].split("/")) for each in (folder, logs, output))
    form = format_of(path)
    assert form
    shard = Shard(path, entry["shard"], form, form, 0, final, "")
    if identity_of(path)["sha256"] != entry["output"]["sha256"]:
        raise InputError(f"{path}: was changed since newsclean wrote it, so its edits cannot be undone: put it back")
    columns = tuple(entry["columns"])
    found = _Log(log + LOG_SUFFIX, columns)
    is_whole = False
    writer = ShardWriter(shard)
    try:
        changed = 0
        for batch, _ in batches(shard, BATCH_ROWS, ()):
            logged = found.of(batch.first, batch.first + len(batch))
            changed += len({row for row, _ in logged})
            writer.add(Cleaned(restored_batch(batch, columns, logged, path), b"", b"", Tally().as_dict()))
        found.check_end()
        finished = writer.finish({})
        with writing(final):
            for part, name in finished.parts:
                os.replace(part, name)
        is_whole = True
    finally:
        if not is_whole:
            writer.abandon()
    return Restored(shard.name, changed, identity_of(final)["sha256"] == entry["input"]["sha256"])


def restored_batch(batch: Batch, columns: tuple[str, ...], logged: Mapping[Place, Logged], path: str) -> Batch:
    """
    Put the original texts back into some rows.

    Args:
        batch: Rows with clean texts.
        columns: Those that were cleaned.
        logged: What the log says of their texts.
        path: What an error calls the shard.

    Raises:
        InputError: If the texts are not what the edits left.
    """
    if not logged:
        return batch
    spellings = {place: said.spelling for place, said in logged.items() if said.spelling is not None}
    values = batch.values(columns, spellings)
    originals = {}
    for (row, column), (edits, _) in logged.items():
        value, inverse = values[row][column], invert(edits)
        text = value.text if isinstance(value, Decoded) else value
        if not isinstance(text, str) or any(text[edit.start : edit.end] != edit.before for edit in inverse):
            raise InputError(
                f"{path}: row {batch.first + row} is not as newsclean left it, so its edits cannot be undone: "
                "name the folder of logs that the same run wrote"
            )
        originals[row, column] = apply(text, inverse)
    return batch.replaced(columns, originals, spellings)[0]


class _Log:
    """The edit log of a shard, read along with its rows."""

    def __init__(self, path: str, columns: tuple[str, ...]) -> None:
        self._path = path
        self._rows = texts_by_row((row for _, row in rows(path)), columns)
        self._next = next(self._rows, None)

    def of(self, first: int, end: int) -> dict[Place, Logged]:
        """Return what it says of the rows from one to another; each is asked for once, in order."""
        found: dict[Place, Logged] = {}
        while self._next and self._next[0] < end:
            row, texts = self._next
            found |= {(row - first, column): logged for column, logged in texts.items()}
            self._next = next(self._rows, None)
        return found

    def check_end(self) -> None:
        """Make sure that no row is left."""
        if self._next:
            raise InputError(f"{self._path}: tells of row {self._next[0]}, which the shard does not have")


def texts_by_row(
    lines: Iterable[Mapping[str, Any]], columns: tuple[str, ...]
) -> Iterator[tuple[int, dict[int, Logged]]]:
    """Yield the number of each row with edits, and what is said of its texts, by the number of the column."""
    edits = (line for line in lines if "suggested" not in line)
    for row, of_row in groupby(edits, key=itemgetter("row")):
        texts = {}
        for column, of_text in groupby(of_row, key=itemgetter("column")):
            found = list(of_text)
            texts[columns.index(column)] = Logged(tuple(map(edit_of, found)), found[0].get("spelling"))
        yield row, texts
