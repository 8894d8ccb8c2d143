"""One batch of rows: the same rows with clean texts, the edit log, and a list of what could not be cleaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from newsclean.bulk.rows import Batch, Blank, Place, name_of
from newsclean.chain import Result
from newsclean.cleaner import MOST, Cleaner, Refused, attempt
from newsclean.decoding import Decoded
from newsclean.editlog import as_line, log_lines
from newsclean.errors import InputError
from newsclean.files import explain_decoded
from newsclean.options import Options
from newsclean.report import Counts

Explained: TypeAlias = tuple[Result, str]
"""What became of a text, and the text it was."""


class Work(NamedTuple):
    """What is done to each row, whatever its format."""

    options: Options = Options()
    columns: tuple[str, ...] = ("text",)
    id_column: str = ""
    """What names a row in the log; without it rows are named by their number."""
    most: int = MOST
    """Bytes of UTF-8. A longer text is left as it is."""
    to: str = ""
    """The suffix of another format to write; empty for that of the input."""
    logged: bool = False
    """Whether the edit log is wanted."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that name a row."""
        return (self.id_column,) if self.id_column else ()


class Tally:
    """Counts of a shard, or of some of it; they add up."""

    def __init__(self) -> None:
        self.rows = self.changed = self.text_bytes = 0
        self.counts = Counts()
        self.rejects: Counter[str] = Counter()

    def add(self, answers: Sequence[Explained | Refused]) -> None:
        """Count a row: what became of its texts."""
        results = [answer for answer in answers if not isinstance(answer, Refused)]
        self.rows += 1
        self.changed += any(result.edits for result, _ in results)
        self.rejects.update(_kind(answer.reason) for answer in answers if isinstance(answer, Refused))
        for result, original in results:
            self.counts.add(result)
            self.text_bytes += _size(original)

    def merge(self, other: Mapping[str, Any]) -> None:
        """Add what `as_dict` of another gave."""
        self.rows += other["rows"]
        self.changed += other["rows_changed"]
        self.text_bytes += other["text_bytes"]
        self.counts.merge(other)
        self.rejects.update(other["rejects"])

    def as_dict(self) -> dict[str, Any]:
        """Return the counts for JSON."""
        return {
            "rows": self.rows,
            "rows_changed": self.changed,
            "text_bytes": self.text_bytes,
            **self.counts.as_dict(),
            "rejects": dict(sorted(self.rejects.items())),
        }


class Cleaned(NamedTuple):
    """What became of a batch."""

    batch: Batch
    log: bytes
    """Lines of the edit log."""
    rejects: bytes
    """Lines of `rejects.jsonl`."""
    tally: dict[str, Any]


def clean_batch(batch: Batch, work: Work, shard: str) -> Cleaned:
    """
    Clean the texts of a batch.

    No row is ever lost and none fails the batch: what cannot be cleaned stays as it is and is listed with the reason.

    Args:
        batch: Some rows.
        work: What is done to them.
        shard: What the list of rejects calls the shard they are of.
    """
    cleaner = Cleaner(work.options)
    asked = (*work.columns, *work.names)
    tally = Tally()
    rejects: list[bytes] = []
    places: dict[Place, dict[str, Any]] = {}
    results: dict[Place, Explained] = {}
    for row, values in enumerate(batch.values(asked)):
        if isinstance(values[0], Blank):
            continue
        answers = [explained(cleaner, value, work.most) for value in values[: len(work.columns)]]
        tally.add(answers)
        name = _name(values[-1] if work.id_column else None, batch.first + row)
        for column, answer in enumerate(answers):
            place = name | {"column": work.columns[column]}
            if isinstance(answer, Refused):
                rejects.append(as_line({"shard": shard, **place, "reason": answer.reason}))
            elif answer[0].edits or (work.logged and answer[0].suggestions):
                places[row, column], results[row, column] = place, answer
    changes = {place: result.text for place, (result, _) in results.items() if result.edits}
    made, spellings = batch.replaced(asked, changes) if changes else (batch, {})
    spellings = {} if work.to else spellings  # which are of the format of the input
    log = [_logged(*results[at], places[at], spellings.get(at)) for at in results] if work.logged else []
    return Cleaned(made, b"".join(log), b"".join(rejects), tally.as_dict())


def reject_batch(batch: Batch, work: Work, shard: str, reason: str) -> Cleaned:
    """Pass a batch through as it is, every text of it listed with a reason."""
    tally = Tally()
    tally.add([Refused(reason)] * len(work.columns))
    lines = [
        as_line({"shard": shard, **_name(None, batch.first + row), "column": column, "reason": reason})
        for row in range(len(batch))
        for column in work.columns
    ]
    return Cleaned(batch, b"", b"".join(lines), tally.as_dict())


def explained(cleaner: Cleaner, value: Any, most: int) -> Explained | Refused:
    """
    Return what became of a value and the text it was, or why nothing could.

    Args:
        cleaner: What cleans it.
        value: A str, `Decoded`, or what else a row has in the column of the text.
        most: Bytes from which a text is not cleaned.
    """
    if isinstance(value, Refused):
        return value
    text = value.text if isinstance(value, Decoded) else value
    if not isinstance(text, str):
        return Refused(f"not a string: {type(value).__name__}")
    answer = attempt(cleaner, text, most)
    if isinstance(answer, Refused):
        return answer
    if isinstance(value, Decoded):
        return _of_file(answer, value)
    if answer.edits and _is_unicode(text) and not _is_unicode(answer.text):
        return Refused("cleaning left half a character")
    return answer, text


def _of_file(answer: Result, decoded: Decoded) -> Explained | Refused:
    """Return what became of the text of a file, its style of line breaks put back and its foreign bytes on record."""
    result = explain_decoded(lambda _: answer, decoded)
    try:
        decoded.encode(result.text)
    except InputError as error:
        return Refused(str(error))
    return result, result.undo()


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _name(name: Any, row: int) -> dict[str, Any]:
    """Return what names a row in the account: its id, if it has one that JSON can hold, and its number."""
    return {"id": name_of(name, str(row)), "row": row}


def _logged(result: Result, original: str, place: dict[str, Any], spelling: Any) -> bytes:
    """Return the lines of the log for one text; the first tells how the original was spelled, if that needs telling."""
    if spelling is None:
        return b"".join(log_lines(result, original, **place))
    first = result._replace(edits=result.edits[:1], suggestions=())
    rest = result._replace(edits=result.edits[1:])
    return b"".join((*log_lines(first, original, **place, spelling=spelling), *log_lines(rest, original, **place)))


def _kind(reason: str) -> str:
    """Return what reasons of one kind have in common, for counting."""
    return reason.split(":")[0].split(" at ")[0]


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
