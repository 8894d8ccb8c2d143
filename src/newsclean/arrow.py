"""
Arrow: batches of rows in, the same batches with one column clean out. The contract of every engine.

    clean_record_batch(batch, column)     one record batch, as engines pass them
    clean_table(table, column)            a table of any number of them, as pandas and Polars give it
    clean_schema(schema, column)          the schema of what these two return

All other columns, their order, types, nullability and metadata come out as they went in. On request two columns are
added: `text_edits`, for a column `text`, with every edit, and `text_error` with the reason where a text could not be
cleaned. This needs pyarrow: `pip install 'newsclean[bulk]'`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ModuleNotFoundError:
    raise ModuleNotFoundError("newsclean.arrow needs pyarrow: pip install 'newsclean[bulk]'") from None

from newsclean.chain import Result
from newsclean.cleaner import MOST, Cleaner, Refused, attempt
from newsclean.edits import Edit
from newsclean.errors import ConfigError, InputError
from newsclean.options import Options, nearest

EDIT = pa.struct(
    [
        pa.field("rule", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("before", pa.string(), nullable=False),
        pa.field("after", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("note", pa.string(), nullable=False),
    ]
)
"""
An edit: `[start, end)` of the original, in code points, read `before` and now reads `after`.

Where several rules made one edit, `rule` names them all, joined by " + ", and the score is the least of theirs.
"""

DICTIONARY_TEXT = (pa.string(), pa.large_string())
TEXT = (*DICTIONARY_TEXT, pa.string_view())

Answer: TypeAlias = Result | Refused | None
"""What became of a row; None of a null."""


def clean_record_batch(
    batch: pa.RecordBatch,
    column: str = "text",
    options: Options | Cleaner = Options(),
    *,
    edits: bool = False,
    errors: bool = False,
    most: int = MOST,
) -> pa.RecordBatch:
    """
    Return a batch with the texts of one column clean, row by row as `Cleaner.explain` cleans them.

    A null stays null. A text that needs nothing keeps its bytes, and so does one that cannot be cleaned.

    Args:
        batch: Of any columns.
        column: A column of strings (`string`, `large_string`, `string_view`, or a dictionary of one of the first two),
            or of type `null`.
        options: Or a cleaner that is made already, such as one with a normalizer of your own. Pass it on to workers
            as it is: it pickles small, and each process loads the dictionaries once.
        edits: Add a column of all edits of a row, of type `list<EDIT>`, null where the text is null or refused.
        errors: Add a column with the reason why a text was left as it is, null for all others. Without it the first
            such text raises, so that none passes for clean.
        most: Bytes of UTF-8. A longer text is not cleaned.

    Raises:
        ConfigError: If there is no such column, it is not of strings, or a column to be added is there already.
        InputError: If a text cannot be cleaned and there is no column to say so.
        TypeError: If it is no batch.

    >>> batch = pa.record_batch({"id": [1, 2], "text": ["Rain  fell.", None]})
    >>> clean_record_batch(batch, edits=True).to_pylist()  # doctest: +NORMALIZE_WHITESPACE
    [{'id': 1, 'text': 'Rain fell.', 'text_edits': [{'rule': 'whitespace/run', 'start': 4, 'end': 6, 'before': '  ',
      'after': ' ', 'score': 1.0, 'note': ''}]}, {'id': 2, 'text': None, 'text_edits': None}]
    """
    _check_is(batch, pa.RecordBatch, "clean_record_batch", "a table goes to clean_table")
    schema = clean_schema(batch.schema, column, edits=edits, errors=errors)
    place = schema.get_field_index(column)
    cleaner = Cleaner.of(options)
    answers = [_answer(cleaner, text, most) for text in texts_of(batch.column(place))]
    if not errors:
        _raise_refused(column, answers)
    columns = batch.columns
    texts = [answer.text if isinstance(answer, Result) and answer.edits else None for answer in answers]
    columns[place] = with_texts(columns[place], texts)
    if edits:
        columns.append(pa.array([_edits_of(answer) for answer in answers], pa.list_(EDIT)))
    if errors:
        reasons = [answer.reason if isinstance(answer, Refused) else None for answer in answers]
        columns.append(pa.array(reasons, pa.string()))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def clean_table(
    table: pa.Table,
    column: str = "text",
    options: Options | Cleaner = Options(),
    *,
    edits: bool = False,
    errors: bool = False,
    most: int = MOST,
) -> pa.Table:
    """
    Return a table with the texts of one column clean; see `clean_record_batch`.

    >>> clean_table(pa.table({"text": ["a  b"]}), errors=True).to_pydict()
    {'text': ['a b'], 'text_error': [None]}
    """
    _check_is(table, pa.Table, "clean_table", "pa.table(...) and pa.Table.from_pandas(...) make one")
    schema = clean_schema(table.schema, column, edits=edits, errors=errors)
    batches = (
        clean_record_batch(batch, column, options, edits=edits, errors=errors, most=most)
        for batch in table.to_batches()
    )
    return pa.Table.from_batches(batches, schema=schema)


def clean_schema(schema: pa.Schema, column: str = "text", *, edits: bool = False, errors: bool = False) -> pa.Schema:
    """
    Return the schema that a batch of this schema has when it is clean.

    Raises:
        ConfigError: If there is no such column, it is not of strings, or a column to be added is there already.

    >>> clean_schema(pa.schema({"text": pa.string()}), errors=True).names
    ['text', 'text_error']
    """
    _check_column(schema, column)
    wanted = ((f"{column}_edits", pa.list_(EDIT), edits), (f"{column}_error", pa.string(), errors))
    for name, kind, _ in (each for each in wanted if each[2]):
        if name in schema.names:
            raise ConfigError(f"there is a column {name!r} already: rename or drop it first")
        schema = schema.append(pa.field(name, kind))
    return schema


def _check_is(value: object, kind: type, function: str, remedy: str) -> None:
    if not isinstance(value, kind):
        raise TypeError(f"newsclean.{function} got {type(value).__name__}, and takes pyarrow.{kind.__name__}: {remedy}")


def _check_column(schema: pa.Schema, column: str) -> None:
    if column not in schema.names:
        raise ConfigError(f"there is no column {column!r}; {nearest(column, schema.names)}")
    if schema.names.count(column) > 1:
        raise ConfigError(f"there are {schema.names.count(column)} columns {column!r}: rename those that are not meant")
    found = schema.field(column).type
    is_text = found.value_type in DICTIONARY_TEXT if pa.types.is_dictionary(found) else found in TEXT
    if not is_text and not pa.types.is_null(found):
        raise ConfigError(f"column {column!r} is of type {found}; it must be of strings: name another, or cast it")


def texts_of(column: pa.Array) -> Iterator[str | Refused | None]:
    """Yield the texts; in place of one that is no UTF-8, which Arrow does not check, the reason."""
    for value in column:
        try:
            yield value.as_py()
        except UnicodeDecodeError as error:
            yield Refused(f"not UTF-8: {error}")


def _answer(cleaner: Cleaner, text: str | Refused | None, most: int) -> Answer:
    if text is None or isinstance(text, Refused):
        return text
    answer = attempt(cleaner, text, most)
    if isinstance(answer, Result) and answer.edits:
        try:
            answer.text.encode()
        except UnicodeEncodeError as error:
            return Refused(f"cleaning left what UTF-8 cannot hold: {error}")
    return answer


def _raise_refused(column: str, answers: list[Answer]) -> None:
    for row, answer in enumerate(answers):
        if isinstance(answer, Refused):
            raise InputError(
                f"column {column!r}, row {row} of its batch: {answer.reason}; "
                "ask for the errors to have such texts left as they are, with the reason beside them"
            )


def with_texts(column: pa.Array, texts: list[str | None]) -> pa.Array:
    """Return a column of strings with other texts in some rows, and with its own bytes where there is None."""
    if not any(text is not None for text in texts):
        return column
    plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    changed = pa.array([text is not None for text in texts])
    if plain.type == pa.string_view():
        plain = plain.cast(pa.large_string())
    return pc.if_else(changed, pa.array(texts, plain.type), plain).cast(column.type)


def _edits_of(answer: Answer) -> list[dict[str, object]] | None:
    return [fields_of(edit) for edit in answer.edits] if isinstance(answer, Result) else None


def fields_of(edit: Edit) -> dict[str, object]:
    """Return an edit as the fields of `EDIT`."""
    return {
        "rule": " + ".join(dict.fromkeys(part.rule for part in edit.parts)),
        "start": edit.start,
        "end": edit.end,
        "before": edit.before,
        "after": edit.after,
        "score": min(part.score for part in edit.parts),
        "note": "; ".join(dict.fromkeys(part.note for part in edit.parts if part.note)),
    }
