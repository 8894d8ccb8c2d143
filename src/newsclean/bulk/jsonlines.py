r"""
JSON lines: one object a line.

A line is never parsed and written again: the text is spliced out of it and the clean one in, so that the order of keys,
the form of numbers, escapes, spaces and keys that come twice stay as they were. A line that needs nothing is copied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from json.encoder import encode_basestring, encode_basestring_ascii
from operator import itemgetter
from typing import IO, Any, NamedTuple, TypeAlias

from newsclean.bulk.rows import MISSING, NONE, NOT_JSON, NOT_UTF_8, NULL, Blank, Changes, Place
from newsclean.cleaner import Refused

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
BATCH_BYTES = 4_000_000
"""A batch ends here however few rows it has."""

Tree: TypeAlias = Mapping[str, "int | Tree"]
"""The columns by the names that lead to them: at the end of each path, the number of the column."""

Found: TypeAlias = dict[int, tuple[Any, int, int]]
"""By column: the value, and the span of the line that spells it."""

_spaces = re.compile(r"[ \t\n\r]*").match
_decoder = json.JSONDecoder(strict=False)
_value: Callable[[str, int], tuple[Any, int]] = _decoder.scan_once  # type: ignore[attr-defined]
_string: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]


class JsonLines(NamedTuple):
    """Some lines of a shard."""

    first: int
    lines: Sequence[bytes]

    def __len__(self) -> int:
        return len(self.lines)

    def values(self, columns: Sequence[str], spellings: Mapping[Place, Any] = NONE) -> list[list[Any]]:
        """Return the values of each row; a line that is not an object has a `Refused` in every column."""
        tree = paths(tuple(columns))
        return [_values_of(line, tree, len(columns)) for line in self.lines]

    def replaced(
        self, columns: Sequence[str], changes: Changes, spellings: Mapping[Place, Any] = NONE
    ) -> tuple[JsonLines, dict[Place, Any]]:
        """Return the lines with some texts replaced; a spelling is the literal itself."""
        lines, needed = list(self.lines), {}
        tree = paths(tuple(columns))
        for row, places in groupby(sorted(changes), key=itemgetter(0)):
            line = lines[row].decode()
            found = spans(line, tree)
            for column in sorted((column for _, column in places), key=lambda column: -found[column][1]):
                text, start, end = found[column]
                old = line[start:end]
                new = spellings.get((row, column)) or spelled(changes[row, column], old)
                if spelled(text, new) != old:
                    needed[row, column] = old
                line = line[:start] + new + line[end:]
            lines[row] = line.encode()
        return JsonLines(self.first, lines), needed

    def singly(self) -> Iterator[JsonLines]:
        """Yield each line as a batch."""
        for row, line in enumerate(self.lines, self.first):
            yield JsonLines(row, [line])


def read(file: IO[bytes], rows: int) -> Iterator[JsonLines]:
    """Yield the lines of a file, some at a time."""
    first = 0
    while lines := file.readlines(BATCH_BYTES):
        for at in range(0, len(lines), rows):
            yield JsonLines(first + at, lines[at : at + rows])
        first += len(lines)


def _values_of(line: bytes, tree: Tree, columns: int) -> list[Any]:
    try:
        found = spans(line.decode(), tree)
    except UnicodeDecodeError as error:
        return [Refused(f"{NOT_UTF_8} at byte {error.start}: {error.reason}")] * columns
    except (ValueError, RecursionError) as error:
        return [Blank() if line.isspace() else Refused(f"{NOT_JSON}: {error}")] * columns
    return [_value_in(found, column) for column in range(columns)]


def _value_in(found: Found, column: int) -> Any:
    value = found[column][0] if column in found else MISSING
    return NULL if value is None else value


@lru_cache(maxsize=8)
def paths(columns: tuple[str, ...]) -> Tree:
    """
    Return the tree of the columns. A dot leads into an object, or is part of a key.

    >>> paths(("text", "meta.title"))
    {'text': 0, 'meta.title': 1, 'meta': {'title': 1}}
    """
    tree: dict[str, Any] = {}
    for number, column in enumerate(columns):
        tree[column] = number
        branch, *rest = column.split(".")
        at = tree
        for name in rest:
            below = at.setdefault(branch, {})
            if not isinstance(below, dict):
                break
            at, branch = below, name
        else:
            at.setdefault(branch, number)
    return tree


def spans(line: str, tree: Tree) -> Found:
    """
    Return the values of the columns in a line, and where they are spelled.

    Of keys that come twice the last counts, as for all who read JSON.

    Raises:
        ValueError: If the line is not one whole object.

    >>> spans('{"a": {"b": "x"}, "c": 1}', {"a": {"b": 0}})
    {0: ('x', 12, 15)}
    """
    found: Found = {}
    start = 1 if line.startswith(BOM) else 0
    end = _members(line, _opened(line, _after_spaces(line, start)), tree, found)
    if _after_spaces(line, end) != len(line):
        raise ValueError(f"something stands behind the object, at character {end}")
    return found


def _members(line: str, at: int, tree: Tree, found: Found) -> int:
    """Read the members of an object from behind its brace; return where it ends."""
    at = _after_spaces(line, at)
    if line[at : at + 1] == "}":
        return at + 1
    while True:
        if line[at : at + 1] != '"':
            raise ValueError(f"a key is missing at character {at}")
        key, at = _string(line, at + 1, False)
        at = _after_spaces(line, at)
        if line[at : at + 1] != ":":
            raise ValueError(f"a colon is missing at character {at}")
        at = _member(line, _after_spaces(line, at + 1), tree.get(key), found)
        at = _after_spaces(line, at)
        mark = line[at : at + 1]
        if mark == "}":
            return at + 1
        if mark != ",":
            raise ValueError(f"a comma or brace is missing at character {at}")
        at = _after_spaces(line, at + 1)


def _member(line: str, at: int, wanted: int | Tree | None, found: Found) -> int:
    """Read a value, keep it if it is wanted, and return where it ends."""
    if line[at : at + 1] == "{" and isinstance(wanted, Mapping):
        return _members(line, at + 1, wanted, found)
    try:
        value, end = _value(line, at)
    except StopIteration:
        raise ValueError(f"a value is missing at character {at}") from None
    if isinstance(wanted, int):
        found[wanted] = value, at, end
    return end


def _opened(line: str, at: int) -> int:
    if line[at : at + 1] == "[":
        raise ValueError("an array, not an object; write one object a line")
    if line[at : at + 1] != "{":
        raise ValueError(f"no object at character {at}")
    return at + 1


def _after_spaces(line: str, at: int) -> int:
    found = _spaces(line, at)
    assert found
    return found.end()


def spelled(text: str, like: str) -> str:
    r"""
    Return a text as a JSON string: in ASCII if the literal it takes the place of was kept in ASCII by escapes.

    >>> print(spelled("caf\N{LATIN SMALL LETTER E WITH ACUTE}!", r'"caf\u00e9"'))
    "caf\u00e9!"
    """
    if like.isascii() and "\\u" in like:
        return str(encode_basestring_ascii(text))
    made = str(encode_basestring(text))
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", made) if not made.isprintable() else made
