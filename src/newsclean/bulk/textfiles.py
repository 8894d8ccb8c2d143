"""Text files: each is a shard of one row, in any encoding that `newsclean` itself reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

from newsclean.bulk.rows import MISSING, NONE, Changes, Place
from newsclean.cleaner import Refused
from newsclean.decoding import Decoded, decode
from newsclean.errors import InputError
from newsclean.files import read

COLUMN = "text"


class TextFile(NamedTuple):
    """The file, as its only row."""

    data: bytes
    first: int = 0

    def __len__(self) -> int:
        return 1

    def values(self, columns: Sequence[str], spellings: Mapping[Place, Any] = NONE) -> list[list[Any]]:
        """Return the text, with all that is needed to write it again, as the column `text`."""
        return [
            [self._decoded(spellings.get((0, at))) if name == COLUMN else MISSING for at, name in enumerate(columns)]
        ]

    def replaced(
        self, columns: Sequence[str], changes: Changes, spellings: Mapping[Place, Any] = NONE
    ) -> tuple[TextFile, dict[Place, Any]]:
        """Return the file with another text. Its spelling is the encoding, where the bytes do not tell it any more."""
        place = 0, list(columns).index(COLUMN)
        decoded = self._decoded(spellings.get(place))
        assert isinstance(decoded, Decoded)
        made = TextFile(decoded.encode(changes[place]))
        again = made._decoded(None)
        is_told = isinstance(again, Decoded) and again.text == changes[place] and _kind(again) == _kind(decoded)
        return made, {} if is_told else {place: _kind(decoded)}

    def singly(self) -> Iterator[TextFile]:
        """Yield the file."""
        yield self

    def _decoded(self, spelling: Any) -> Decoded | Refused:
        try:
            if spelling is None:
                return decode(self.data)
            encoding, errors, bom = spelling
            mark = bytes.fromhex(bom)
            return Decoded(self.data[len(mark) :].decode(encoding, errors), encoding, mark, "", errors)
        except InputError as error:
            return Refused(str(error))


def _kind(decoded: Decoded) -> list[str]:
    return [decoded.encoding, decoded.errors, decoded.bom.hex()]


class TextSource:
    """A text file, open for reading."""

    def __init__(self, path: str) -> None:
        self._path = path

    def batches(self, rows: int) -> Iterator[TextFile]:
        """Yield the file."""
        yield TextFile(read(self._path))

    def position(self) -> int:
        """Return its size: it is read at once."""
        return os.path.getsize(self._path)

    def close(self) -> None:
        """Do nothing: it is closed as soon as it is read."""


class TextSink:
    """A text file that is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, batch: Any) -> None:
        """Write it."""
        self._file.write(batch.data)

    def close(self) -> None:
        """Do nothing."""

    def abandon(self) -> None:
        """Do nothing."""
