"""One shard: read in batches, cleaned, and written beside its final name; it gets that name when it is whole."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import file_digest
from typing import IO, Any, NamedTuple
from uuid import uuid4

from newsclean.bulk.cleaning import Cleaned, Tally, Work, clean_batch
from newsclean.bulk.formats import open_sink, open_source, unreadable
from newsclean.bulk.plan import Shard
from newsclean.bulk.rows import Batch, Blank, Sink
from newsclean.errors import InputError, NewscleanError, OutputError

PART = ".newsclean-part-"
"""How the name of a file begins that is not whole."""

TELL_SECONDS = 0.2
"""How often a shard tells how far it is."""


class Progress(NamedTuple):
    """How far a shard is."""

    shard: str
    rows: int
    text_bytes: int
    read_bytes: int
    """Of the file, as it lies on disk."""


class Finished(NamedTuple):
    """A shard that is written, and has not got its final name yet."""

    shard: Shard
    parts: tuple[tuple[str, str], ...]
    """What has been written, and the name that each is to get."""
    rejects: str
    """The file with its lines of `rejects.jsonl`; empty where there are none."""
    tally: dict[str, Any]
    seconds: float
    identity: dict[str, Any]
    """Of the input: what tells whether it is still the same."""
    output: dict[str, Any]
    """The same of the output."""


class ShardWriter:
    """
    Writes what became of a shard: its rows, edit log and rejects.

    Raises:
        OutputError: From every method, if something cannot be written.
        InputError: If the input cannot be read to see how the output is to be written.
    """

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self.tally = Tally()
        self._began = time.perf_counter()
        self._files: dict[str, IO[bytes]] = {}
        self._sink: Sink | None = None
        file = self._file(shard.output)
        try:
            with writing(shard.output):
                self._sink = open_sink(file, shard.output_form, shard.path, shard.form)
            if shard.log:
                self._file(shard.log)
        except BaseException:
            self.abandon()
            raise

    def add(self, cleaned: Cleaned) -> None:
        """Write a batch."""
        assert self._sink
        with writing(self.shard.output):
            self._sink.write(cleaned.batch)
        if cleaned.log:
            self._put(self.shard.log, cleaned.log)
        if cleaned.rejects:
            self._put("", cleaned.rejects)
        self.tally.merge(cleaned.tally)

    def finish(self, identity: dict[str, Any]) -> Finished:
        """Write what is left, safely on disk, and return what has been written."""
        assert self._sink
        with writing(self.shard.output):
            self._sink.close()
        for name, file in self._files.items():
            with writing(name or self.shard.output):
                file.flush()
                os.fsync(file.fileno())
                file.close()
        parts = tuple((file.name, name) for name, file in self._files.items() if name)
        rejects = self._files[""].name if "" in self._files else ""
        seconds = time.perf_counter() - self._began
        output = identity_of(self._files[self.shard.output].name)
        return Finished(self.shard, parts, rejects, self.tally.as_dict(), seconds, identity, output)

    def abandon(self) -> None:
        """Remove what has been written."""
        if self._sink:
            self._sink.abandon()
        for file in self._files.values():
            with suppress(OSError):  # the disk may be full, which is why it is abandoned
                file.close()
            with suppress(FileNotFoundError):
                os.unlink(file.name)

    def _put(self, name: str, lines: bytes) -> None:
        file = self._file(name)
        with writing(name or self.shard.output):
            file.write(lines)

    def _file(self, name: str) -> IO[bytes]:
        """Return the file that is to get a name, begun if need be; rejects, which get none, lie beside the output."""
        if name not in self._files:
            path = name or self.shard.output
            with writing(path):
                self._files[name] = new_part(os.path.dirname(path))
        return self._files[name]


def clean_shard(shard: Shard, work: Work, rows: int) -> Generator[Progress, None, Finished | InputError]:
    """
    Clean a shard, all of it; yield how far it is, and return it `Finished`, or the `InputError` that it has met.

    Raises:
        OutputError: If it cannot be written; nothing is left of it.
    """
    try:
        writer = ShardWriter(shard)
    except InputError as error:
        return located(error, shard.path)
    is_whole = False
    told = time.monotonic()
    try:
        for batch, read in batches(shard, rows, work.columns, work.names):
            writer.add(clean_batch(batch, work, shard.name))
            if time.monotonic() - told > TELL_SECONDS:
                yield Progress(shard.name, writer.tally.rows, writer.tally.text_bytes, read)
                told = time.monotonic()
        finished = writer.finish(identity_of(shard.path))
        is_whole = True
    except InputError as error:
        return located(error, shard.path)
    finally:
        if not is_whole:
            writer.abandon()
    return finished


def batches(
    shard: Shard, rows: int, texts: tuple[str, ...], names: tuple[str, ...] = ()
) -> Generator[tuple[Batch, int], None, None]:
    """
    Yield the rows of a shard in batches, each with how many bytes of the file have been read by then.

    Args:
        shard: What is read.
        rows: Of a batch, at most.
        texts: Columns of texts that it must have, if its format names its columns.
        names: Columns that name its rows, likewise.

    Raises:
        InputError: If it cannot be read to its end.
    """
    try:
        with closing(open_source(shard.path, shard.form, texts, names)) as source:
            for batch in source.batches(rows):
                yield batch, source.position()
    except InputError as error:
        raise located(error, shard.path) from None
    except NewscleanError:
        raise
    except Exception as error:  # each format has errors of its own
        raise unreadable(shard.path, error) from None


def rows_of(
    shard: Shard, texts: tuple[str, ...], names: tuple[str, ...] = (), rows: int = 256
) -> Iterator[tuple[int, list[Any]]]:
    """
    Yield the number of each row of a shard, from 0, and its texts and names, as `Batch.values` gives them.

    Raises:
        InputError: If the shard cannot be read to its end.
    """
    with closing(batches(shard, rows, texts, names)) as found:
        for batch, _ in found:
            for row, values in enumerate(batch.values((*texts, *names)), batch.first):
                if not isinstance(values[0], Blank):
                    yield row, values


def located(error: InputError, path: str) -> InputError:
    """Return an error that says in which file."""
    return error if path in str(error) else InputError(f"{path}: {error}")


def identity_of(path: str) -> dict[str, Any]:
    """
    Return what tells whether a file is still the same.

    Raises:
        InputError: If it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return {**state_of(path), "sha256": file_digest(file, "sha256").hexdigest()}
    except OSError as error:
        raise unreadable(path, error) from None


def state_of(path: str) -> dict[str, Any]:
    """Return what changes when a file is written to, and costs no reading."""
    found = os.stat(path)
    return {"bytes": found.st_size, "mtime_ns": found.st_mtime_ns}


def new_part(folder: str) -> IO[bytes]:
    """Begin a file under a name that nobody else has, in a folder that is made if need be."""
    os.makedirs(folder or ".", exist_ok=True)
    return open(os.path.join(folder, PART + uuid4().hex), "xb")


def write_whole(path: str, data: bytes) -> None:
    """
    Write a file, all of it or nothing.

    Raises:
        OutputError: If that fails.
    """
    with writing(path):
        file = new_part(os.path.dirname(path))
        try:
            with file:
                file.write(data)
            os.replace(file.name, path)
        except OSError:
            os.unlink(file.name)
            raise


def remove_parts(folders: set[str]) -> None:
    """Remove what runs have left that did not come to their end."""
    for folder in folders:
        with suppress(FileNotFoundError), os.scandir(folder or ".") as entries:
            for entry in [entry for entry in entries if entry.name.startswith(PART)]:
                os.unlink(entry.path)


@contextmanager
def writing(path: str) -> Iterator[None]:
    """
    Tell of what goes wrong in writing a file.

    Raises:
        OutputError: If an `OSError` comes.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written: {error.strerror or error}; what is under its final name is whole: "
            "make room or choose another folder, and go on with --resume"
        ) from None
