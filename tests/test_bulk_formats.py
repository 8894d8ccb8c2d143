"""Each format of corpora: what is not text stays, what is odd passes through, and the way back is exact."""

from __future__ import annotations

import csv
import io
import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean.bulk.cleaning import Work, clean_batch
from newsclean.bulk.delimited import Delimited, cells, read
from newsclean.bulk.jsonlines import JsonLines
from newsclean.bulk.parquet import Rows, path_of
from newsclean.bulk.plan import plan
from newsclean.bulk.run import Summary
from newsclean.bulk.run import run as run_plan
from newsclean.bulk.textfiles import TextFile
from newsclean.bulk.undo import Restored, restored_batch, texts_by_row, undo
from tests.conftest import Run
from tests.corpora import Outcome, clean_here
from tests.texts import texts

DIRTY = "Rain  fell on the town.\n\n\n\nAdvertisement\n\nThe sun came out\N{NO-BREAK SPACE}again."
CLEAN = newsclean.clean(DIRTY)


def cleaned(
    tmp_path: Path, files: dict[str, bytes], columns: tuple[str, ...] = ("text",), jobs: int = 0
) -> Outcome | Summary:
    """Clean some files into `out`, with logs in `logs`; in this process if there are to be no jobs."""
    for name, data in files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    made = plan([str(tmp_path / "in")], str(tmp_path / "out"), Work(columns=columns), str(tmp_path / "logs"), 3)
    return run_plan(made, jobs) if jobs else clean_here(made)


def undone(tmp_path: Path) -> list[Restored]:
    return list(undo(str(tmp_path / "out"), str(tmp_path / "logs"), str(tmp_path / "back")))


CSV = {
    "plain": (f'id,text\n1,"{DIRTY}"\n2,a  b\n', f'id,text\n1,"{CLEAN}"\n2,a b\n'),
    "odd cells": (
        '\ufeffid;x,"text",n\r\n "1" , a  b ,""\r\n\r\n2,"a; ""b""  c",1.50\r\n3,,\r\n4\r\n5,"a  b"c,\r\n6,"a  b',
        '\ufeffid;x,"text",n\r\n "1" ,a b,""\r\n\r\n2,"a; ""b"" c",1.50\r\n3,,\r\n4\r\n5,"a  b"c,\r\n6,"a  b',
    ),
    "quotes that need not be": ('"text"\n"a  b"\n"clean"\n', '"text"\n"a b"\n"clean"\n'),
    "quotes that are lost": ("text\n&quot;a  b&quot;\n", 'text\n"""a b"""\n'),
    "a comma that comes": ("text\na&#44;  b\n", 'text\n"a, b"\n'),
    "nothing but a header": ("id,text\n", "id,text\n"),
    "nothing": ("", ""),
    "no newline at the end": ("text\na  b", "text\na b"),
}


@pytest.mark.parametrize("name", CSV)
@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_cells_are_replaced_and_nothing_else(tmp_path: Path, name: str, suffix: str, delimiter: str) -> None:
    """Every cell that is not cleaned keeps its bytes, quotes included, and undo gives the file back."""
    before, after = (text.replace(",", delimiter) for text in CSV[name])
    if name == "a comma that comes" and suffix == "tsv":
        after = "text\na, b\n"
    cleaned(tmp_path, {f"a.{suffix}": before.encode()})
    assert after == (tmp_path / "out" / f"a.{suffix}").read_bytes().decode()
    assert [True] == [each.is_verified for each in undone(tmp_path)]


def test_cells_that_cannot_be_cleaned_are_listed(tmp_path: Path) -> None:
    """Records that are too short, ill quoted or not UTF-8 pass through, with their number and the reason."""
    cleaned(tmp_path, {"a.csv": CSV["odd cells"][0].encode() + b'"\n7,caf\xe9  au lait\n'})
    lines = (tmp_path / "out" / "rejects.jsonl").read_bytes().splitlines()
    found = [(row["row"], row["reason"].split(":")[0]) for row in map(json.loads, lines)]
    assert [(4, "no such column"), (5, "ill quoted"), (7, "not UTF-8 at byte 5")] == found


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"id,body\n1,a\n", "a.csv: there is no column 'text'"),
        (b"id;text\n1;a\n", "a.csv: there is no column 'text'; its cells are parted by ';', not by ','"),
        (b"text,text\na,b\n", "a.csv: there is 2 columns 'text'"),
        (b"text\r1\r2\r", "a.csv: its lines end with carriage returns alone"),
        (b"caf\xe9,text\n", "a.csv: the header is not UTF-8 at byte 3"),
    ],
)
def test_a_header_that_cannot_be_is_told(tmp_path: Path, data: bytes, message: str) -> None:
    """A table without the column is refused as a whole, before a row of it is written."""
    summary = cleaned(tmp_path, {"a.csv": data, "b.csv": b"text\na  b\n"})
    assert message in str(summary.failed[0])
    assert ["b.csv"] == [path.name for path in (tmp_path / "out").glob("*.csv")]


tables = st.lists(st.lists(st.text(st.sampled_from('ab "\n\r,é'), max_size=6), min_size=2, max_size=2), max_size=4)


manners = st.sampled_from([(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_ALL, "\n")])


@given(tables, manners)
def test_cells_are_read_as_the_standard_library_reads_them(table: list[list[str]], manner: tuple[Any, str]) -> None:
    """Records and cells are those of `csv`, and each comes back from its log."""
    file = io.StringIO(newline="")
    csv.writer(file, quoting=manner[0], lineterminator=manner[1]).writerows([["id", "text"], *table])
    data = file.getvalue().encode()
    batches = list(read(io.BytesIO(data), 2, ("text",), ","))
    assert data == b"".join(line for batch in batches for line in batch.lines)
    found = [values[0] for batch in batches[1:] for values in batch.values(("text",))]
    assert [row[1] for row in table] == found
    for batch in batches:
        made = clean_batch(batch, Work(logged=True), "x")
        logged = {
            (row - batch.first, column): said
            for row, of_row in texts_by_row(map(json.loads, made.log.split(b"\n")[:-1]), ("text",))
            for column, said in of_row.items()
        }
        assert isinstance(made.batch, Delimited)
        assert batch == restored_batch(made.batch, ("text",), logged, "x")


def test_a_cell_of_many_lines_takes_linear_time() -> None:
    """A quoted article of 200,000 lines is one record, and found at once."""
    data = b'text\n"' + b"a line\n" * 200_000 + b'"\n'
    assert 2 == sum(len(batch) for batch in read(io.BytesIO(data), 256, ("text",), ","))
    assert 1 == len(cells(data[5:].decode(), ","))


SCHEMA = pa.schema(
    [
        pa.field("id", pa.int32(), nullable=False, metadata={"unit": "none"}),
        pa.field("text", pa.string()),
        pa.field("meta", pa.struct([pa.field("title", pa.large_string()), pa.field("ранг", pa.decimal128(9, 2))])),
        pa.field("tags", pa.list_(pa.string())),
        pa.field("at", pa.timestamp("us", "Europe/Berlin")),
        pa.field("kind", pa.dictionary(pa.int8(), pa.string())),
        pa.field("a.b", pa.string_view()),
    ],
    metadata={"origin": "invented"},
)


def table_of(rows: int) -> pa.Table:
    """Return a table of all kinds of columns, with nulls in each that may have them."""
    made: list[dict[str, Any]] = [
        {
            "id": n,
            "text": None if n % 5 == 4 else DIRTY,
            "meta": None if n % 7 == 6 else {"title": None if n % 3 == 2 else "a  b", "ранг": Decimal("1.50")},
            "tags": None if n % 2 else ["a  b", None],
            "at": n,
            "kind": "x  y" if n % 2 else None,
            "a.b": "c  d",
        }
        for n in range(rows)
    ]
    return pa.Table.from_pylist(made, schema=SCHEMA)


def parquet(table: pa.Table, **options: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


ALL = ("text", "meta.title", "kind", "a.b")


@pytest.mark.parametrize("jobs", [0, 2])
def test_tables_keep_all_but_the_texts(tmp_path: Path, jobs: int) -> None:
    """Columns, types, order, nulls, metadata and compression stay; texts become what `clean` makes of them."""
    data = parquet(table_of(50), row_group_size=20, compression={"text": "zstd", "id": "none"})
    before = pq.read_table(io.BytesIO(data))
    summary = cleaned(tmp_path, {"a.parquet": data, "empty.parquet": parquet(before.slice(0, 0))}, ALL, jobs)
    after = pq.read_table(tmp_path / "out" / "a.parquet")
    assert before.schema.equals(after.schema, check_metadata=True)
    for name in ("id", "tags", "at"):
        assert before[name].equals(after[name])
    rows = before.to_pylist()
    for row in rows:
        row["text"] = row["text"] and CLEAN
        if row["meta"]:
            row["meta"]["title"] = row["meta"]["title"] and "a b"
        row["kind"] = row["kind"] and "x y"
        row["a.b"] = "c d"
    assert rows == after.to_pylist()
    assert summary.tally["rejects"] == {"null": 10 + 7 + 14 + 25}
    metadata = pq.read_metadata(tmp_path / "out" / "a.parquet")
    assert [20, 20, 10] == [metadata.row_group(at).num_rows for at in range(3)]
    found = {metadata.row_group(0).column(at).compression for at in (0, 1)}
    assert {"UNCOMPRESSED", "ZSTD"} == found
    undone(tmp_path)
    assert before.equals(pq.read_table(tmp_path / "back" / "a.parquet"))
    assert pq.read_table(tmp_path / "back" / "empty.parquet").schema.equals(before.schema, check_metadata=True)


@pytest.mark.parametrize(
    ("column", "message"),
    [("txt", "there is no column 'txt'; did you mean 'text'?"), ("tags", "is of type list<"), ("meta.x", "no column")],
)
def test_a_table_without_the_column_is_refused(tmp_path: Path, column: str, message: str) -> None:
    """What the schema tells is told at once."""
    assert message in str(cleaned(tmp_path, {"a.parquet": parquet(table_of(3))}, (column,)).failed[0])


@pytest.mark.parametrize(("name", "data"), [("a.parquet", parquet(table_of(3))), ("a.csv", b"id,text\n0,a  b\n")])
def test_what_names_a_row_must_be_there(tmp_path: Path, run: Run, name: str, data: bytes) -> None:
    """A column that names rows may be of numbers, for every command; one that is missing is told."""
    corpus, page, logs = tmp_path / name, tmp_path / "page.html", tmp_path / "logs"
    corpus.write_bytes(data)
    ran = run("bulk", corpus, "-o", tmp_path / "out", "--edits", logs, "--id-column", "id")
    assert (0, b"") == ran[:2]
    assert "0" == str(json.loads((logs / f"{name}.edits.jsonl").read_text().splitlines()[0])["id"])
    assert (0, b"") == run("review", corpus, "-o", page, "--id-column", "id")[:2]
    assert (0, b"") == run("learn", corpus, "-o", tmp_path / "learnt", "--id-column", "id", "--site-column", "id")[:2]
    ran = run("bulk", corpus, "-o", tmp_path / "none", "--id-column", "idd")
    assert 2 == ran.status
    assert f"{name}: there is no column 'idd'; did you mean 'id'?" in ran.err


def test_a_file_that_is_no_table_is_told(tmp_path: Path) -> None:
    """A shard whose bytes are not what its name says is told, with its name."""
    (error,) = cleaned(tmp_path, {"a.parquet": b"PAR1 is not enough"}).failed
    assert "a.parquet: cannot be read: ArrowInvalid" in str(error)


@pytest.mark.parametrize(
    ("column", "path"), [("text", [1]), ("meta.title", [2, 0]), ("a.b", [6]), ("meta.title.x", None), ("a", None)]
)
def test_dots_lead_into_structs(column: str, path: list[int] | None) -> None:
    """A dot leads into a struct, or is part of a name."""
    assert path == path_of(SCHEMA, column)


TEXT_FILES = {
    "a.txt": (DIRTY.encode(), CLEAN.encode()),
    "crlf.txt": (b"a  b\r\n\r\n\r\nc\r\n", b"a b\r\n\r\nc\r\n"),
    "deep/utf-16.txt": (f"{DIRTY} é".encode("utf-16"), f"{CLEAN} é".encode("utf-16")),
    "cp1252.txt": (
        "Le café  est fermé. Señor Núñez went to the café, and the naïve façade fell.".encode("cp1252"),
        "Le café est fermé. Señor Núñez went to the café, and the naïve façade fell.".encode("cp1252"),
    ),
    "foreign.txt": (
        "It’s  late.\n".encode() + b"caf\xe9  au lait\n" * 2,
        "It’s late.\n".encode() + "café au lait\n".encode() * 2,
    ),
    "empty.txt": (b"", b""),
    "clean.txt": (b"Nothing to do.", b"Nothing to do."),
    "binary.txt": (bytes(range(256)) * 3, bytes(range(256)) * 3),
}


def test_text_files_keep_their_encoding(tmp_path: Path) -> None:
    """A folder of text files is cleaned file by file as `newsclean -w` would, and comes back byte for byte."""
    cleaned(tmp_path, {name: before for name, (before, _) in TEXT_FILES.items()}, jobs=2)
    for name, (_, after) in TEXT_FILES.items():
        assert after == (tmp_path / "out" / name).read_bytes()
    restored = undone(tmp_path)
    assert [] == [each.shard for each in restored if not each.is_verified]
    assert len(TEXT_FILES) == len(restored)


@given(texts, st.sampled_from(["utf-8", "cp1252", "utf-16", "latin-1"]))
def test_a_text_file_comes_back_from_its_log(text: str, encoding: str) -> None:
    """Whatever bytes a file has, its clean form and its log give them back."""
    batch = TextFile(text.encode(encoding, "replace"))
    made = clean_batch(batch, Work(logged=True), "x")
    logged = {
        (row, column): said
        for row, of_row in texts_by_row(map(json.loads, made.log.split(b"\n")[:-1]), ("text",))
        for column, said in of_row.items()
    }
    assert batch == restored_batch(made.batch, ("text",), logged, "x")


def test_batches_pickle() -> None:
    """Each kind of batch goes to a worker and back as it is."""
    table = pa.RecordBatch.from_pylist([{"text": "a"}])
    for batch in (JsonLines(3, [b"{}\n"]), Delimited(3, [b"a\n"], ("text",), ","), TextFile(b"a"), Rows(3, table)):
        assert batch == pickle.loads(pickle.dumps(batch))
        assert len(list(batch.singly())) == len(batch) == 1
