"""
Shards in another format than they came in: rows become records, and records are written.

What the other format cannot hold is an error, never a loss: a line that is no JSON in a Parquet file, a key in CSV that
the first row does not have.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from typing import IO, Any, TypeAlias

from newsclean.bulk.compression import compressed, extra
from newsclean.bulk.delimited import Delimited, cells, spelled, value_of
from newsclean.bulk.jsonlines import JsonLines
from newsclean.bulk.rows import Batch, Sink
from newsclean.bulk.textfiles import COLUMN, TextFile
from newsclean.cleaner import Refused
from newsclean.decoding import Decoded
from newsclean.errors import InputError

Record: TypeAlias = dict[str, Any]

DELIMITERS = {"csv": ",", "tsv": "\t"}
GROUP_ROWS = 10_000
"""Of Parquet: some 40 MB of news."""


def records_of(batch: Batch) -> Iterator[Record]:
    """
    Yield the rows of a batch as records; blank lines are none.

    Raises:
        InputError: If a row is none, or has more cells than there are columns.
    """
    if isinstance(batch, JsonLines):
        lines = enumerate(batch.lines, batch.first)
        yield from (_of_json(line, row) for row, line in lines if line.strip())
    elif isinstance(batch, Delimited):
        lines = enumerate(batch.lines, batch.first) if batch.first >= 0 else enumerate(())
        yield from (_of_cells(line, row, batch) for row, line in lines if line.strip(b"\r\n"))
    elif isinstance(batch, TextFile):
        ((value,),) = batch.values((COLUMN,))
        if not isinstance(value, Decoded):
            raise InputError(f"{value.reason}: it cannot be written in another format")
        yield {COLUMN: value.text}
    else:
        yield from batch.batch.to_pylist()  # type: ignore[attr-defined]


def _of_json(line: bytes, row: int) -> Record:
    try:
        record = json.loads(line, object_pairs_hook=_object)
        if isinstance(record, dict):
            return record
        why = f"a JSON {type(record).__name__}"
    except (ValueError, RecursionError) as error:
        why = f"not JSON ({error})"
    raise InputError(f"row {row} is {why}, which cannot be written in another format: mend it, or clean without --to")


def _object(pairs: list[tuple[str, Any]]) -> Record:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key comes twice")
    return made


def _of_cells(line: bytes, row: int, batch: Delimited) -> Record:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise InputError(f"row {row} is not UTF-8 at byte {error.start}: mend it, or clean without --to") from None
    values = [value_of(text[start:end]) for start, end in cells(text, batch.delimiter)]
    for value in values:
        if isinstance(value, Refused):
            raise InputError(f"row {row} is {value.reason}: mend it, or clean without --to")
    if len(values) > len(batch.names):
        raise InputError(
            f"row {row} has {len(values)} cells and the header {len(batch.names)}: mend it, or clean without --to"
        )
    return dict.fromkeys(batch.names) | dict(zip(batch.names, values, strict=False))


def open_converter(file: IO[bytes], kind: str, compression: str, rows: Callable[[], Iterator[Batch]]) -> Sink:
    """
    Begin a shard in another format.

    Args:
        file: Open for writing.
        kind: The format to write.
        compression: Its compression.
        rows: Gives the batches of the input; Parquet must know every column before it writes the first row.
    """
    if kind == "parquet":
        return _ParquetRecords(file, _schema(rows()))
    return _Records(file, kind, compression)


class _Records:
    """Records as lines of JSON, or of cells."""

    def __init__(self, file: IO[bytes], kind: str, compression: str) -> None:
        self._file = compressed(file, compression)
        self._is_compressed = bool(compression)
        self._delimiter = DELIMITERS.get(kind, "")
        self._names: list[str] = []

    def write(self, batch: Batch) -> None:
        """Write some rows."""
        if isinstance(batch, Delimited):
            self._head(batch.names)
        for record in records_of(batch):
            self._head(record)
            self._write(self._cells(record) if self._delimiter else _as_json(record))

    def _write(self, line: str) -> None:
        try:
            self._file.write(line.encode() + b"\n")
        except UnicodeEncodeError:
            raise InputError("there is half a character, which CSV cannot hold: use JSON lines") from None

    def _head(self, names: Iterable[str]) -> None:
        """Write the names of the columns, once, where the format has them."""
        if self._delimiter and not self._names:
            self._names = list(names)
            self._write(self._joined(self._names))

    def _cells(self, record: Record) -> str:
        if not record.keys() <= set(self._names):
            more = ", ".join(sorted(record.keys() - set(self._names)))
            raise InputError(f"a row has columns that the first one lacks ({more}); CSV cannot hold them: use Parquet")
        return self._joined([_as_cell(record.get(name)) for name in self._names])

    def _joined(self, values: list[str]) -> str:
        line = self._delimiter.join(spelled(value, "", self._delimiter) for value in values)
        return line or '""'  # an empty line is no row

    def close(self) -> None:
        """Write what is left."""
        if self._is_compressed:
            self._file.close()

    def abandon(self) -> None:
        """Do nothing."""


def _as_json(value: Any) -> str:
    try:
        line = json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        raise InputError("there is a number that is none (NaN) or endless, which JSON and CSV cannot hold") from None
    try:
        line.encode()
    except UnicodeEncodeError:  # half a character, which escapes can tell of
        return json.dumps(value, default=_plain)
    return line


def _as_cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _as_json(value).strip('"')


def _plain(value: Any) -> Any:
    """Return what JSON has no form for in the form that people expect."""
    if isinstance(value, (datetime, date, clock)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise InputError(f"there is a {type(value).__name__}, which JSON and CSV cannot hold: leave Parquet as it is")


class _ParquetRecords:
    """Records as Parquet."""

    def __init__(self, file: IO[bytes], schema: Any) -> None:
        from newsclean.bulk.parquet import Layout, ParquetSink

        self._schema = schema
        self._sink = ParquetSink(file, Layout(schema, "zstd", GROUP_ROWS))

    def write(self, batch: Batch) -> None:
        """Write some rows."""
        from newsclean.bulk.parquet import Rows

        pa = extra("pyarrow", "Parquet")
        records = list(records_of(batch))
        if records:
            self._sink.write(Rows(batch.first, pa.RecordBatch.from_pylist(records, schema=self._schema)))

    def close(self) -> None:
        """Write what is left, and the footer."""
        self._sink.close()

    def abandon(self) -> None:
        """Write nothing any more."""
        self._sink.abandon()


def _schema(batches: Iterator[Batch]) -> Any:
    """
    Return the schema that every row fits.

    Raises:
        InputError: If a column holds what no one type can.
    """
    pa = extra("pyarrow", "Parquet")
    found = pa.schema([])
    for batch in batches:
        records = list(records_of(batch))
        if isinstance(batch, (Delimited, TextFile)):
            named = batch.names if isinstance(batch, Delimited) else (COLUMN,)
            return pa.schema([(name, pa.string()) for name in dict.fromkeys(named)])
        names = dict.fromkeys(name for record in records for name in record)
        try:
            one = pa.schema([(name, pa.array([record.get(name) for record in records]).type) for name in names])
            found = pa.unify_schemas([found, one], promote_options="permissive")
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeEncodeError) as error:
            rows = f"rows {batch.first} to {batch.first + len(batch) - 1}"
            raise InputError(f"{rows}: no type of Parquet holds what a column has: {error}; use JSON lines") from None
    return found
