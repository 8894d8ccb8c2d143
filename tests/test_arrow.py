"""Rows in Arrow: the column asked for is clean, everything else is as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean import Cleaner, ConfigError, Edit, InputError, Options
from newsclean.edits import apply, invert
from tests.faults import Faulty
from tests.texts import CASES, texts

pa = pytest.importorskip("pyarrow", reason="newsclean[bulk] is not installed")
arrow = pytest.importorskip("newsclean.arrow")

TYPES = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.uint32(), pa.large_string(), ordered=True),
]
every_type = pytest.mark.parametrize("kind", TYPES, ids=str)

rows = st.lists(st.none() | texts.map(lambda text: text.encode("utf-8", "replace").decode()), max_size=6)


def one_by_one(texts: Sequence[str | None]) -> list[str | None]:
    return [text and newsclean.clean(text) for text in texts]


def edits_of(row: list[dict[str, Any]]) -> list[Edit]:
    return [Edit(edit["start"], edit["end"], edit["before"], edit["after"], ()) for edit in row]


@every_type
@given(rows)
def test_a_column_is_clean_as_one_text_at_a_time(kind: Any, texts: list[str | None]) -> None:
    """Each row has what clean gives for it, nulls stay, and the type of the column is kept."""
    batch = pa.record_batch({"text": pa.array(texts, pa.string()).cast(kind)})
    found = newsclean.clean_record_batch(batch)
    assert batch.schema == found.schema
    assert one_by_one(texts) == found.column("text").to_pylist()


@given(rows, st.integers(0, 3), st.integers(0, 3))
def test_a_slice_is_clean_alone(texts: list[str | None], skipped: int, dropped: int) -> None:
    """What stands in the buffers outside a slice has no bearing on it."""
    batch = pa.record_batch({"text": pa.array(texts, pa.string())}).slice(skipped, max(len(texts) - dropped, 0))
    assert one_by_one(batch.column("text").to_pylist()) == newsclean.clean_record_batch(batch)["text"].to_pylist()


@given(rows)
def test_edits_lead_there_and_back(texts: list[str | None]) -> None:
    """The edits of a row make the clean text of the original, and the original of the clean text."""
    found = arrow.clean_record_batch(pa.record_batch({"text": pa.array(texts, pa.string())}), edits=True)
    assert found.schema.field("text_edits").type == pa.list_(arrow.EDIT)
    for original, row in zip(texts, found.to_pylist(), strict=True):
        if original is None:
            assert {"text": None, "text_edits": None} == row
        else:
            edits = edits_of(row["text_edits"])
            assert apply(original, edits) == row["text"]
            assert apply(row["text"], invert(edits)) == original


@pytest.mark.parametrize("pieces", [1, 2, 3, len(CASES)])
def test_a_table_is_clean_however_it_is_cut(pieces: int) -> None:
    """The rows of a table are the same, whatever batches it is made of."""
    encodable = [text for text in CASES if text == text.encode("utf-8", "replace").decode()]
    table = pa.table({"text": encodable, "row": range(len(encodable))})
    step = -(-len(table) // pieces)
    cut = pa.concat_tables([table.slice(start, step) for start in range(0, len(table), step)])
    found = newsclean.clean_table(cut, edits=True, errors=True)
    assert one_by_one(encodable) == found["text"].to_pylist()
    assert table["row"] == found["row"]
    assert len(table) == found["text_error"].null_count


def test_an_empty_table_gets_its_columns() -> None:
    """No rows, no batches: the schema is that of any other table."""
    table = pa.schema({"text": pa.string()}).empty_table()
    assert ["text", "text_edits", "text_error"] == arrow.clean_table(table, edits=True, errors=True).column_names


def test_everything_else_is_as_it_was() -> None:
    """Other columns, their order, types, nullability and metadata are kept, and the metadata of all."""
    kept = pa.field("at", pa.timestamp("ms", "UTC"), nullable=False, metadata={"unit": "publication"})
    nested = pa.field("nested", pa.struct({"tags": pa.list_(pa.dictionary(pa.int8(), pa.string()))}))
    text = pa.field("body", pa.large_string(), nullable=False, metadata={"language": "en"})
    schema = pa.schema([kept, text, nested], {"pandas": "{}", "source": "invented"})
    rows = [{"at": 0, "body": "Rain  fell.", "nested": {"tags": ["a  b", None]}}]
    batch = pa.RecordBatch.from_pylist(rows, schema)
    found = arrow.clean_record_batch(batch, "body")
    assert schema.equals(found.schema, check_metadata=True)
    assert ["Rain fell."] == found["body"].to_pylist()
    assert [batch["at"], batch["nested"]] == [found["at"], found["nested"]]
    longer = arrow.clean_record_batch(batch, "body", edits=True).schema
    assert schema.equals(longer.remove(3), check_metadata=True)


def test_a_column_that_needs_nothing_is_not_copied() -> None:
    """Clean texts stay in the very buffers they came in."""
    batch = pa.record_batch({"text": ["Rain fell.", None]})
    found = arrow.clean_record_batch(batch, errors=True)
    assert [b and b.address for b in batch["text"].buffers()] == [b and b.address for b in found["text"].buffers()]


def test_nulls_alone_have_no_type() -> None:
    """A column that is nothing but null, as readers of JSON give it, comes out so."""
    batch = pa.record_batch({"text": pa.nulls(2)})
    assert {"text": [None, None], "text_error": [None, None]} == arrow.clean_record_batch(
        batch, errors=True
    ).to_pydict()


FAULTS = [
    ("Rain  " + "fell. " * 100, "longer than 400 bytes: 606"),
    ("€  " * 100, "longer than 400 bytes: 500"),
    ("Rain  raises.", "cleaning raised ZeroDivisionError: division by zero"),
    ("Rain  halves.", "cleaning left what UTF-8 cannot hold: 'utf-8' codec can't encode"),
]


@every_type
@pytest.mark.parametrize(("text", "reason"), FAULTS)
def test_a_fault_stays_in_its_row(kind: Any, text: str, reason: str) -> None:
    """A text that cannot be cleaned is as it was, with the reason, and its neighbours are clean."""
    batch = pa.record_batch({"text": pa.array(["a  b", text, None], pa.string()).cast(kind)})
    found = arrow.clean_record_batch(batch, options=Faulty(), edits=True, errors=True, most=400).to_pydict()
    assert ["a b", text, None] == found["text"]
    assert [1, None, None] == [edits and len(edits) for edits in found["text_edits"]]
    assert [None, None] == found["text_error"][::2]
    assert found["text_error"][1].startswith(reason)


def test_bytes_that_are_no_text_stay() -> None:
    """Arrow does not check that a string is UTF-8: what is not keeps its bytes."""
    data = b"\xff\xfe  ba  b"
    ends = pa.array([0, 4, 5, 9], pa.int32()).buffers()[1]
    batch = pa.record_batch({"text": pa.Array.from_buffers(pa.string(), 3, [None, ends, pa.py_buffer(data)])})
    found = arrow.clean_record_batch(batch, errors=True)
    assert [b"\xff\xfe  ", b"b", b"a b"] == found["text"].cast(pa.binary()).to_pylist()
    assert ["not UTF-8: 'utf-8' codec", None, None] == [why and why[:24] for why in found["text_error"].to_pylist()]


def test_a_fault_without_a_place_for_it_raises() -> None:
    """Without the column of errors a text that was not cleaned must not pass for one that was."""
    batch = pa.record_batch({"text": ["a  b", "Rain fell."]})
    with pytest.raises(InputError, match="column 'text', row 1 of its batch: longer than 5 bytes: 10; ask for the err"):
        arrow.clean_record_batch(batch, most=5)


@pytest.mark.parametrize(
    ("function", "rows", "message"),
    [
        (
            newsclean.clean_table,
            {"text": ["a  b"]},
            "newsclean.clean_table got dict, and takes pyarrow.Table: pa.table",
        ),
        (newsclean.clean_record_batch, pa.table({"text": ["a  b"]}), "got Table, .*: a table goes to clean_table"),
    ],
)
def test_rows_of_another_kind_are_told(function: Callable[[Any], Any], rows: Any, message: str) -> None:
    """What is no batch, or no table, raises and says what makes one."""
    with pytest.raises(TypeError, match=message):
        function(rows)


@pytest.mark.parametrize(
    ("schema", "column", "message"),
    [
        (pa.schema({"text": pa.string()}), "txt", "there is no column 'txt'; did you mean 'text'"),
        (pa.schema({"text": pa.int64()}), "text", "column 'text' is of type int64; it must be of strings"),
        (pa.schema({"text": pa.binary()}), "text", "column 'text' is of type binary"),
        (pa.schema({"text": pa.dictionary(pa.int8(), pa.int8())}), "text", "is of type dictionary<values=int8"),
        (pa.schema({"text": pa.dictionary(pa.int8(), pa.string_view())}), "text", "is of type dictionary<values=str"),
        (pa.schema([("text", pa.string()), ("text", pa.string())]), "text", "there are 2 columns 'text'"),
        (pa.schema({"text": pa.string(), "text_error": pa.int8()}), "text", "a column 'text_error' already"),
        (pa.schema({"text": pa.string(), "text_edits": pa.int8()}), "text", "a column 'text_edits' already"),
    ],
)
def test_a_schema_that_will_not_do_is_an_error(schema: Any, column: str, message: str) -> None:
    """What cannot be is said before any row is read."""
    with pytest.raises(ConfigError, match=message):
        arrow.clean_schema(schema, column, edits=True, errors=True)


def test_options_and_cleaners_do_alike() -> None:
    """Options, or a cleaner made of them."""
    batch = pa.record_batch({"text": ["teh  cat"]})
    for options in (Options(only=("whitespace",)), Cleaner(Options(only=("whitespace",)))):
        assert ["teh cat"] == arrow.clean_record_batch(batch, options=options)["text"].to_pylist()
