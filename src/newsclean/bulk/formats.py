"""Which format a shard is in, and how one is opened for reading or writing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import IO, Any, NamedTuple

from newsclean.bulk import delimited, jsonlines
from newsclean.bulk.compression import COMPRESSIONS, compressed, decompressed
from newsclean.bulk.rows import Batch, Sink, Source
from newsclean.bulk.textfiles import TextSink, TextSource
from newsclean.errors import ConfigError, InputError

KINDS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".csv": "csv", ".tsv": "tsv",
    ".parquet": "parquet", ".pq": "parquet",
    ".txt": "text",
}  # fmt: skip
OF_LINES: dict[str, Callable[[IO[bytes], int, tuple[str, ...]], Iterator[Batch]]] = {
    "jsonl": lambda file, rows, columns: jsonlines.read(file, rows),
    "csv": lambda file, rows, columns: delimited.read(file, rows, columns, ","),
    "tsv": lambda file, rows, columns: delimited.read(file, rows, columns, "\t"),
}
"""Formats whose batches hold lines as they stand in the file; they may be compressed."""

SUFFIXES = (*KINDS, *COMPRESSIONS)
"""How the name of a shard may end."""


class Format(NamedTuple):
    """How a shard is kept."""

    kind: str
    """Of `KINDS`."""
    compression: str
    """Of `COMPRESSIONS`, or empty."""


def format_of(path: str) -> Format | None:
    """
    Return the format that the name of a file tells, None where it tells none.

    >>> format_of("a/b.jsonl.gz")
    Format(kind='jsonl', compression='gzip')
    >>> format_of("b.parquet.gz") is format_of("b.pdf") is None
    True
    """
    stem, suffix = os.path.splitext(path.lower())
    compression = COMPRESSIONS.get(suffix, "")
    kind = KINDS.get(os.path.splitext(stem)[1] if compression else suffix, "")
    return Format(kind, compression) if kind and (kind in OF_LINES or not compression) else None


def stem_of(path: str) -> str:
    """
    Return a path without the suffixes that tell its format.

    >>> stem_of("a/b.c.jsonl.gz")
    'a/b.c'
    """
    stem, suffix = os.path.splitext(path)
    return os.path.splitext(stem)[0] if suffix.lower() in COMPRESSIONS else stem


def format_named(name: str) -> Format:
    """
    Return the format that is asked for by the suffix of its files.

    Raises:
        ConfigError: If there is none, or it holds one text a file.

    >>> format_named("jsonl.zst")
    Format(kind='jsonl', compression='zstd')
    """
    form = format_of(f"x.{name.removeprefix('.')}")
    if form is None or form.kind == "text":
        raise ConfigError(
            f"there is no format {name!r} to write; there are jsonl, csv, tsv (with .gz or .zst) and parquet"
        )
    return form


def open_source(path: str, form: Format, texts: tuple[str, ...], names: tuple[str, ...] = ()) -> Source:
    """
    Open a shard for reading.

    Args:
        path: The file.
        form: Its format.
        texts: The columns that are to be cleaned. A format that names its columns must have them.
        names: Columns of any type that name its rows, likewise.

    Raises:
        InputError: If it is not what its name says, or has no such columns.
        ConfigError: If the format needs a package that is not installed.
        Exception: Whatever the reader of the format raises.
    """
    if form.kind in OF_LINES:
        return _Lines(path, form, (*texts, *names))
    if form.kind == "text":
        return TextSource(path)
    from newsclean.bulk.parquet import ParquetSource

    return ParquetSource(path, texts, names)


def open_sink(file: IO[bytes], form: Format, like: str, source: Format) -> Sink:
    """
    Begin a shard in an open file.

    Args:
        file: Open for writing; the sink leaves it open.
        form: The format.
        like: The input. Parquet takes schema, metadata, compression and row groups from it.
        source: Its format. Where only the compression differs, rows are written as they are.

    Raises:
        InputError: If the input cannot be read, or the format cannot hold it.
    """
    if form.kind != source.kind:
        from newsclean.bulk.conversion import open_converter

        return open_converter(file, *form, lambda: _batches(like, source))
    if form.kind in OF_LINES:
        return _LinesSink(file, form.compression)
    if form.kind == "text":
        return TextSink(file)
    from newsclean.bulk.parquet import ParquetSink, layout_of

    try:
        layout = layout_of(like)
    except Exception as error:  # of pyarrow, or of the system
        raise unreadable(like, error) from None
    return ParquetSink(file, layout)


def _batches(path: str, form: Format) -> Iterator[Batch]:
    with closing(open_source(path, form, ())) as source:
        yield from source.batches(256)


class _Lines:
    """A shard of lines, decompressed as it is read."""

    def __init__(self, path: str, form: Format, columns: tuple[str, ...]) -> None:
        self._file = open(path, "rb")  # noqa: SIM115 -- closed by close()
        self._lines = decompressed(self._file, form.compression)
        self._kind, self._columns = form.kind, columns

    def batches(self, rows: int) -> Iterator[Batch]:
        return OF_LINES[self._kind](self._lines, rows, self._columns)

    def position(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()


class _LinesSink:
    def __init__(self, file: IO[bytes], compression: str) -> None:
        self._file = compressed(file, compression)
        self._is_compressed = bool(compression)

    def write(self, batch: Any) -> None:
        self._file.writelines(batch.lines)

    def close(self) -> None:
        if self._is_compressed:
            self._file.close()

    def abandon(self) -> None:
        pass


def unreadable(path: str, error: Exception) -> InputError:
    """Return the error for a shard that cannot be read."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else f"{type(error).__name__}: {error}"
    return InputError(f"{path}: cannot be read: {why}; nothing was written for it")
