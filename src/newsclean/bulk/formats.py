"""Which format a shard is in, and how one is opened for reading or writing."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import IO, Any, NamedTuple, cast

from newsclean.bulk.rows import Batch, Sink, Source
from newsclean.errors import ConfigError, InputError

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
KINDS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
SUFFIXES = (*KINDS, *COMPRESSIONS)
"""How the name of a shard may end."""

GZIP_LEVEL = 6
ZSTD_LEVEL = 3
BUFFER = 1 << 20


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
    """
    stem, suffix = os.path.splitext(path.lower())
    compression = COMPRESSIONS.get(suffix, "")
    if compression:
        suffix = os.path.splitext(stem)[1]
    kind = KINDS.get(suffix, "")
    return Format(kind, compression) if kind else None


def open_source(path: str, form: Format) -> Source:
    """
    Open a shard for reading.

    Raises:
        InputError: If it cannot be read, or is not what its name says.
    """
    return _Lines(path, form)


def open_sink(file: IO[bytes], form: Format) -> Sink:
    """Begin a shard in an open file."""
    return _LinesSink(file, form.compression)


class _Lines:
    """A shard of lines, decompressed as it is read."""

    def __init__(self, path: str, form: Format) -> None:
        self._file = open(path, "rb")  # noqa: SIM115 -- closed by close()
        self._lines = decompressed(self._file, form.compression)

    def batches(self, rows: int) -> Iterator[Batch]:
        from newsclean.bulk import jsonlines

        return jsonlines.read(self._lines, rows)

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


def decompressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """Return a file as it reads without its compression."""
    if compression == "gzip":
        import gzip

        return cast(IO[bytes], io.BufferedReader(gzip.GzipFile(fileobj=file, mode="rb"), BUFFER))
    if compression == "zstd":
        reader = _zstandard().ZstdDecompressor().stream_reader(file, read_across_frames=True, closefd=False)
        return cast(IO[bytes], io.BufferedReader(reader, BUFFER))
    return file


def compressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """Return what compresses into a file, and leaves it open when it is closed. The same bytes give the same bytes."""
    if compression == "gzip":
        import gzip

        inner: Any = gzip.GzipFile("", "wb", GZIP_LEVEL, fileobj=file, mtime=0)
    elif compression == "zstd":
        inner = _zstandard().ZstdCompressor(ZSTD_LEVEL, write_checksum=True).stream_writer(file, closefd=False)
    else:
        return file
    return cast(IO[bytes], io.BufferedWriter(inner, BUFFER))


def _zstandard() -> Any:
    return extra("zstandard", "zstd compression")


def extra(module: str, purpose: str) -> Any:
    """
    Import a package of the extra `bulk`.

    Raises:
        ConfigError: If it is not installed; the message says how to get it.
    """
    from importlib import import_module

    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise ConfigError(f"{purpose} needs the package {module}: pip install 'newsclean[bulk]'") from None


def unreadable(path: str, error: Exception) -> InputError:
    """Return the error for a shard that cannot be read."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else f"{type(error).__name__}: {error}"
    return InputError(f"{path}: cannot be read: {why}; nothing was written for it")
