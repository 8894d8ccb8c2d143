"""
CSV and TSV: records of cells, the first of which names the columns.

A record is never parsed and written again: the text is spliced out of it and the clean one in, so that every other
cell keeps its quotes and its spaces, and a record that needs nothing is copied.
A cell is quoted if it begins with a quotation mark; in it a mark is doubled, and breaks and delimiters are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import IO, Any, NamedTuple

from newsclean.bulk.rows import MISSING, NONE, NOT_UTF_8, Blank, Changes, Place
from newsclean.cleaner import MOST, Refused
from newsclean.errors import InputError
from newsclean.options import nearest

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
OTHER_DELIMITERS = (",", ";", "\t", "|")
"""What parts the cells of files that are called CSV and TSV."""
BATCH_BYTES = 4_000_000
"""A batch ends here however few records it has."""

QUOTE = '"'
TO_CLOSING_QUOTE = re.compile(rb'(?:[^"]++|"")*+"')  # matches all of: it said ""no"" and left"


class Delimited(NamedTuple):
    """Some records of a shard; the header is a batch of its own, numbered -1."""

    first: int
    lines: Sequence[bytes]
    names: tuple[str, ...]
    delimiter: str

    def __len__(self) -> int:
        return len(self.lines)

    def values(self, columns: Sequence[str], spellings: Mapping[Place, Any] = NONE) -> list[list[Any]]:
        """Return the cells of each record; one that is not UTF-8 is refused in every column."""
        if self.first < 0:
            return [[Blank()] * len(columns)]
        places = [self.names.index(name) if name in self.names else -1 for name in columns]
        return [self._values(line, places) for line in self.lines]

    def replaced(
        self, columns: Sequence[str], changes: Changes, spellings: Mapping[Place, Any] = NONE
    ) -> tuple[Delimited, dict[Place, Any]]:
        """Return the records with some cells replaced; a spelling is the cell as it stood, quotes and all."""
        lines, needed = list(self.lines), {}
        for row, places in groupby(sorted(changes), key=itemgetter(0)):
            line = lines[row].decode()
            spans = cells(line, self.delimiter)
            by_place = ((self.names.index(columns[column]), column) for _, column in places)
            for place, column in sorted(by_place, reverse=True):
                start, end = spans[place]
                old = line[start:end]
                new = spellings.get((row, column)) or spelled(changes[row, column], old, self.delimiter)
                if spelled(text_of(old), new, self.delimiter) != old:
                    needed[row, column] = old
                line = line[:start] + new + line[end:]
            lines[row] = line.encode()
        return Delimited(self.first, lines, self.names, self.delimiter), needed

    def singly(self) -> Iterator[Delimited]:
        """Yield each record as a batch."""
        for row, line in enumerate(self.lines, self.first):
            yield Delimited(row, [line], self.names, self.delimiter)

    def _values(self, line: bytes, places: list[int]) -> list[Any]:
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            return [Refused(f"{NOT_UTF_8} at byte {error.start}: {error.reason}")] * len(places)
        if not text.strip("\r\n"):
            return [Blank()] * len(places)
        spans = cells(text, self.delimiter)
        return [value_of(text[slice(*spans[at])]) if 0 <= at < len(spans) else MISSING for at in places]


def read(file: IO[bytes], rows: int, columns: tuple[str, ...], delimiter: str) -> Iterator[Delimited]:
    """
    Yield the header, then the records of a file, some at a time.

    Raises:
        InputError: If the header does not name the columns, or a quotation mark is never closed.
    """
    records = _records(file, delimiter)
    header = next(records, b"")
    if not header:
        return
    names = _names(header, columns, delimiter)
    yield Delimited(-1, [header], names, delimiter)
    first, some, size = 0, [], 0
    for record in records:
        some.append(record)
        size += len(record)
        if len(some) == rows or size >= BATCH_BYTES:
            yield Delimited(first, some, names, delimiter)
            first, some, size = first + len(some), [], 0
    if some:
        yield Delimited(first, some, names, delimiter)


def _names(header: bytes, columns: tuple[str, ...], delimiter: str) -> tuple[str, ...]:
    """Return the names of the columns."""
    try:
        line = header.decode().removeprefix(BOM)
    except UnicodeDecodeError as error:
        raise InputError(f"the header is not UTF-8 at byte {error.start}: convert the file") from None
    if "\r" in line.rstrip("\r\n"):
        raise InputError("its lines end with carriage returns alone: convert them to line feeds")
    names = tuple(text_of(line[start:end]) for start, end in cells(line, delimiter))
    for column in columns:
        if names.count(column) != 1:
            how = f"{names.count(column)} columns" if column in names else "no column"
            other = next((mark for mark in OTHER_DELIMITERS if column in names[0].split(mark)), "")
            remedy = f"its cells are parted by {other!r}, not by {delimiter!r}: convert it" if other else ""
            raise InputError(f"there is {how} {column!r}; {remedy or nearest(column, list(names))}")
    return names


def _records(file: IO[bytes], delimiter: str) -> Iterator[bytes]:
    """Yield the records of a file; one is more than a line where a quoted cell holds breaks."""
    mark = delimiter.encode()
    open_lines: list[bytes] = []
    size = 0
    for line in file:
        if b'"' not in line and not open_lines:
            yield line
            continue
        open_lines.append(line)
        size += len(line)
        if not _is_open_after(line, mark, len(open_lines) > 1):
            yield b"".join(open_lines)
            open_lines, size = [], 0
        elif size > 2 * MOST:
            begin = open_lines[0][:60]
            raise InputError(f"a quotation mark is not closed within {size} bytes; the record begins {begin!r}")
    if open_lines:
        yield b"".join(open_lines)


def _is_open_after(line: bytes, delimiter: bytes, is_open: bool) -> bool:
    """Tell whether a quoted cell goes on behind a line."""
    at = 0
    while True:
        if is_open or line[at : at + 1] == b'"':
            closed = TO_CLOSING_QUOTE.match(line, at if is_open else at + 1)
            if not closed:
                return True
            at, is_open = closed.end(), False
        at = line.find(delimiter, at) + 1
        if not at:
            return False


@lru_cache(maxsize=4)
def _cell(delimiter: str) -> re.Pattern[str]:
    plain = f"[^{delimiter}\r\n]*+"
    return re.compile(f'"(?:[^"]++|"")*+"{plain}|"(?:[^"]++|"")*+\\Z|{plain}')


def cells(record: str, delimiter: str) -> list[tuple[int, int]]:
    r"""
    Return the span of each cell, quotation marks and all.

    >>> cells('a,"b, ""c"" d",\r\n', ",")
    [(0, 1), (2, 14), (15, 15)]
    """
    match = _cell(delimiter).match
    at = 1 if record.startswith(BOM) else 0
    spans = []
    while True:
        found = match(record, at)
        assert found
        spans.append(found.span())
        at = found.end()
        if record[at : at + 1] != delimiter:
            return spans
        at += 1


def value_of(cell: str) -> str | Refused:
    """Return the text of a cell. One that is quoted in part means different things to different readers."""
    if cell.startswith(QUOTE) and not (len(cell) > 1 and re.fullmatch('"(?:[^"]++|"")*+"', cell)):
        return Refused("ill quoted: a cell that begins with a quotation mark must end with one")
    return text_of(cell)


def text_of(cell: str) -> str:
    """Return the text of a cell that is quoted or not."""
    return cell[1:-1].replace('""', QUOTE) if cell.startswith(QUOTE) else cell


def spelled(text: str, like: str, delimiter: str) -> str:
    """
    Return a text as a cell: in quotation marks if the one it takes the place of was, or if it needs them.

    >>> spelled("a", '"b"', ","), spelled("a, b", "c", ",")
    ('"a"', '"a, b"')
    """
    needs = any(mark in text for mark in (QUOTE, delimiter, "\n", "\r"))
    return f'"{text.replace(QUOTE, QUOTE * 2)}"' if needs or like.startswith(QUOTE) else text
