"""
Parquet: read and written a piece at a time, so that a row group of any size fits in memory.

The schema, the metadata and the compression of each column stay; so do all columns that are not cleaned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import IO, Any, NamedTuple

from newsclean.bulk.compression import extra
from newsclean.bulk.rows import MISSING, NONE, NULL, Changes, Place
from newsclean.errors import InputError
from newsclean.options import nearest

pa = extra("pyarrow", "Parquet")
pq = extra("pyarrow.parquet", "Parquet")

from newsclean.arrow import TEXT, texts_of, with_texts  # noqa: E402 -- which needs it too

BATCH_BYTES = 4_000_000
"""A batch has no more rows than make so much on average, however many are asked for."""

GROUP_BYTES = 64_000_000
"""A row group is written with no more rows than make so much on average: a group has to be kept until it is whole."""

READ_BYTES = 1 << 20
"""How much of a column is read at a time."""


class Rows(NamedTuple):
    """Some rows of a shard."""

    first: int
    batch: Any
    """A `RecordBatch`."""

    def __len__(self) -> int:
        return int(self.batch.num_rows)

    def values(self, columns: Sequence[str], spellings: Mapping[Place, Any] = NONE) -> list[list[Any]]:
        """Return the values of each row."""
        found = [_values(_column(self.batch, path_of(self.batch.schema, name))) for name in columns]
        rows = range(len(self))
        return [[MISSING if column is None else column[row] for column in found] for row in rows]

    def replaced(
        self, columns: Sequence[str], changes: Changes, spellings: Mapping[Place, Any] = NONE
    ) -> tuple[Rows, dict[Place, Any]]:
        """Return the rows with some texts replaced; nothing has to be known to put the old ones back."""
        arrays = list(self.batch.columns)
        for column in sorted({column for _, column in changes}):
            texts = [changes.get((row, column)) for row in range(len(self))]
            path = path_of(self.batch.schema, columns[column])
            assert path
            arrays[path[0]] = _with_texts(arrays[path[0]], path[1:], texts)
        return Rows(self.first, pa.RecordBatch.from_arrays(arrays, schema=self.batch.schema)), {}

    def singly(self) -> Iterator[Rows]:
        """Yield each row as a batch."""
        for row in range(len(self)):
            yield Rows(self.first + row, self.batch.slice(row, 1))


def path_of(schema: Any, column: str) -> list[int] | None:
    """
    Return the way to a column: the number of the field, then of the fields within it; None where there is none.

    A dot leads into a struct, or is part of a name.
    """
    for names in ([column], column.split(".")):
        path, fields = [], schema
        for name in names:
            at = fields.get_field_index(name)
            if at < 0:
                break
            path.append(at)
            fields = fields.field(at).type
            if not pa.types.is_struct(fields):
                fields = pa.struct([])
        else:
            return path
    return None


def _column(batch: Any, path: list[int] | None) -> Any:
    """Return the array at the end of a way; a value in a struct that is null is null."""
    if path is None:
        return None
    array = batch.column(path[0])
    for at in path[1:]:
        array = array.flatten()[at]
    return array


def _values(array: Any) -> list[Any] | None:
    if array is None:
        return None
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    values = list(texts_of(array)) if kind in TEXT else array.to_pylist()
    return [NULL if value is None else value for value in values]


def _with_texts(array: Any, path: list[int], texts: list[str | None]) -> Any:
    """Return an array with other texts in some rows, at the end of a way into structs."""
    if not path:
        return with_texts(array, texts)
    fields = [array.type.field(at) for at in range(array.type.num_fields)]
    arrays = array.flatten()
    arrays[path[0]] = _with_texts(arrays[path[0]], path[1:], texts)
    return pa.StructArray.from_arrays(arrays, fields=fields, mask=array.is_null())


class ParquetSource:
    """
    A Parquet file, open for reading.

    Raises:
        InputError: If it has no such columns, or those of texts are not of strings.
    """

    def __init__(self, path: str, texts: tuple[str, ...], names: tuple[str, ...] = ()) -> None:
        self._file = pq.ParquetFile(path, buffer_size=READ_BYTES)
        self._rows_read = 0
        schema = self._file.schema_arrow
        for column in texts:
            _check_text(_type_of(schema, column), column)
        for column in names:
            _type_of(schema, column)

    def batches(self, rows: int) -> Iterator[Rows]:
        """Yield the rows, row group by row group."""
        for group in range(self._file.num_row_groups):
            some = min(rows, _rows_within(self._file.metadata.row_group(group), BATCH_BYTES))
            for batch in self._file.iter_batches(some, row_groups=[group], use_threads=False):
                first = self._rows_read
                self._rows_read += batch.num_rows
                yield Rows(first, batch)

    def position(self) -> int:
        """Return which share of the rows has been read, in bytes of the file."""
        metadata = self._file.metadata
        size = sum(metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups))
        return int(size * self._rows_read / metadata.num_rows) if metadata.num_rows else 0

    def close(self) -> None:
        """Close it."""
        self._file.close()


def _type_of(schema: Any, column: str) -> Any:
    path = path_of(schema, column)
    if path is None:
        raise InputError(f"there is no column {column!r}; {nearest(column, schema.names)}")
    kind = schema.field(path[0]).type
    for at in path[1:]:
        kind = kind.field(at).type
    return kind


def _check_text(kind: Any, column: str) -> None:
    held = kind.value_type if pa.types.is_dictionary(kind) else kind
    if held not in TEXT and not pa.types.is_null(kind):
        raise InputError(f"column {column!r} is of type {kind}; it must be of strings: name another, or cast it")


def _rows_within(group: Any, size: int) -> int:
    """Return how many rows of a group make so many bytes."""
    return max(1, int(size * group.num_rows / max(group.total_byte_size, 1)))


class Layout(NamedTuple):
    """How a Parquet file is written."""

    schema: Any
    compression: dict[str, str] | str
    group_rows: int


def layout_of(path: str) -> Layout:
    """Return the schema, metadata and compression of a file, and how many rows its groups have, within bounds."""
    with pq.ParquetFile(path) as source:
        schema, metadata = source.schema_arrow, source.metadata
    if not metadata.num_row_groups:
        return Layout(schema, "snappy", 1)
    group = metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    names = {"UNCOMPRESSED": "NONE"}
    compression = {column.path_in_schema: names.get(column.compression, column.compression) for column in columns}
    return Layout(schema, compression, min(group.num_rows, _rows_within(group, GROUP_BYTES)))


class _Valve:
    """A file that can be told to let nothing through."""

    closed = is_shut = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        return len(data) if self.is_shut else self._file.write(data)

    def flush(self) -> None:
        if not self.is_shut:
            self._file.flush()

    def tell(self) -> int:
        return 0 if self.is_shut else self._file.tell()


class ParquetSink:
    """A Parquet file that is written."""

    def __init__(self, file: IO[bytes], layout: Layout) -> None:
        self._schema, compression, self._most = layout
        self._file = _Valve(file)
        self._writer = pq.ParquetWriter(self._file, self._schema, compression=compression)
        self._batches: list[Any] = []
        self._rows = 0

    def write(self, batch: Any) -> None:
        """Keep some rows until there are enough for a group."""
        self._batches.append(batch.batch)
        self._rows += len(batch)
        while self._rows >= self._most:
            self._write(self._most)

    def close(self) -> None:
        """Write what is left, and the footer."""
        if self._rows:
            self._write(self._rows)
        self._writer.close()

    def abandon(self) -> None:
        """Write nothing any more, not even when pyarrow's writer is collected, which would write a footer."""
        self._file.is_shut = True
        with suppress(Exception):
            self._writer.close()

    def _write(self, rows: int) -> None:
        table = pa.Table.from_batches(self._batches, schema=self._schema)
        self._writer.write_table(table.slice(0, rows), row_group_size=rows)
        self._batches, self._rows = table.slice(rows).to_batches(), self._rows - rows
