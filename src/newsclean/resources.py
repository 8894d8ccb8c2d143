"""
The only reader of `dictionaries/`.

Data is plain text that a person can review. Two forms are read at run time, and neither costs a parse:
a list (one entry a line) and a sorted table (key, tab, value), which is searched where it lies, mapped into memory.
"""

from __future__ import annotations

import os  # not pathlib: importing it would cost every cold start 10 ms
from functools import cache
from mmap import ACCESS_READ, mmap

from newsclean.errors import DataError

_HERE = os.path.dirname(os.path.abspath(__file__))


@cache
def root() -> str:
    """Return the folder of the data: inside the package, or beside `src/` in a checkout (docs/adr/0005)."""
    places = (os.path.join(_HERE, "dictionaries"), os.path.join(_HERE, "..", "..", "dictionaries"))
    for place in places:
        if os.path.exists(os.path.join(place, "SOURCES.toml")):
            return os.path.normpath(place)
    raise DataError(
        f"no dictionaries at {' or '.join(places)}: the installation is incomplete, install newsclean again"
    )


def read(name: str) -> bytes:
    """
    Return the bytes of a data file, named from `dictionaries/`.

    Raises:
        DataError: If there is no such file.
    """
    path = os.path.join(root(), *name.split("/"))
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; install newsclean again, or run dictionaries/build.py") from None


@cache
def entries(name: str) -> tuple[str, ...]:
    """
    Return the lines of a list, without blank ones and those that begin with `#`.

    >>> "the" in entries("en/function_words.txt")
    True
    """
    lines = read(name).decode().split("\n")
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def table(name: str) -> SortedTable:
    """Return a sorted table, mapped once a process."""
    return SortedTable(os.path.join(root(), *name.split("/")))


@cache
def mapped(name: str) -> mmap:
    """
    Return the bytes of a data file, mapped into memory once a process.

    Raises:
        DataError: If there is no such file.
    """
    return _mapped(os.path.join(root(), *name.split("/")))


@cache
def _mapped(path: str) -> mmap:
    try:
        with open(path, "rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be mapped ({error}); install newsclean again") from None


def data_version() -> str:
    """
    Return the name of the state of all data files: the day they were built and the first digits of their digest.

    >>> len(data_version().split("+"))
    2
    """
    return read("VERSION").decode().strip()


QUESTION_BYTES = 500
"""Bytes of a table that are read whole in the time of one search."""


class SortedTable:
    r"""
    A file of lines `key TAB value`, sorted by the bytes of its keys, searched without being loaded.

    Opening costs a system call; a question is a binary search over the mapped file, some 7 microseconds.
    A table that has been asked so often that reading it would have been cheaper is read: a long run pays for it once
    and then a look in a dict for each question, a short one never. The answers are the same.

    Args:
        path: UTF-8, lines end at line feeds and have one tab each, no two have the same key. A first line that begins
            with `#` and has no tab is none of them.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "ages.tsv")
    ...     _ = path.write_bytes(b"Ann\t7\nBob\t9\n")
    ...     ages = SortedTable(str(path))
    ...     ages["Bob"], ages.get("Bo"), "Ann" in ages
    ('9', None, True)
    """

    def __init__(self, path: str) -> None:
        self._bytes = _mapped(path)
        end = self._bytes.find(b"\n") if self._bytes[:1] == b"#" else -1
        self._start = end + 1 if b"\t" not in self._bytes[: end + 1] else 0
        self._left = len(self._bytes) // QUESTION_BYTES
        self._read: dict[str, str] | None = None

    def get(self, key: str) -> str | None:
        """Return the value of a key, or None where the table does not have it."""
        if self._read is not None:
            return self._read.get(key)
        if self._left > 0:
            self._left -= 1
            return self._searched(key)
        return self._whole().get(key)

    def _whole(self) -> dict[str, str]:
        if self._read is None:
            cells = self.between().removesuffix("\n").replace("\n", "\t").split("\t")
            self._read = dict(zip(cells[::2], cells[1::2], strict=True))
        return self._read

    def _searched(self, key: str) -> str | None:
        wanted = key.encode("utf-8", "surrogatepass") + b"\t"
        start = self._place(wanted)
        row = self._bytes[start : self._bytes.find(b"\n", start)]
        return row[len(wanted) :].decode() if row.startswith(wanted) else None

    def between(self, low: str = "", high: str = "") -> str:
        r"""
        Return the rows from one place to another, by default all, as they stand there.

        Args:
            low: How the first row begins, or what comes before it.
            high: What comes after the last one.

        >>> table("prompts/weights.tsv").between("*safe", "*suggested")
        '*safe\t275\n'
        """
        start = self._place(low.encode("utf-8", "surrogatepass")) if low else self._start
        end = self._place(high.encode("utf-8", "surrogatepass"), start) if high else len(self._bytes)
        return self._bytes[start:end].decode()

    def _place(self, wanted: bytes, low: int = 0) -> int:
        """Return the offset of the first row that does not come before what is wanted."""
        data = self._bytes
        low, high = max(low, self._start), len(data)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start, high)
            if data[start:end] < wanted:
                low = end + 1
            else:
                high = start
        return low

    @property
    def quickest(self) -> SortedTable | dict[str, str]:
        """Return what answers `in` and `get` most quickly: the table itself until it was read, then what was read."""
        return self if self._read is None else self._read

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value
