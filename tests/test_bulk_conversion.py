"""Corpora in another format than they came in: the same rows, or an error that says what cannot be."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from newsclean import ConfigError
from newsclean.bulk.cleaning import Work
from newsclean.bulk.plan import plan
from newsclean.bulk.run import Summary, run
from newsclean.bulk.undo import undo
from tests.corpora import Outcome, clean_here


def converted(tmp_path: Path, name: str, data: bytes, to: str, jobs: int = 0) -> Outcome | Summary:
    """Clean one file into `out`, in another format; in this process if there are to be no jobs."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    work = Work(to=to)
    made = plan([str(tmp_path / "in")], str(tmp_path / "out"), work, str(tmp_path / "logs"), 2)
    return run(made, jobs) if jobs else clean_here(made)


LINES = b"""{"text": "a  b", "n": 1, "meta": {"x": 1}}

{"text": null, "n": 2.5, "meta": {"y": ["c  d"]}}
{"text": "caf\\u00e9", "n": null, "meta": null}
"""
ROWS: list[dict[str, Any]] = [
    {"text": "a b", "n": 1, "meta": {"x": 1}},
    {"text": None, "n": 2.5, "meta": {"y": ["c  d"]}},
    {"text": "café", "n": None, "meta": None},
]


@pytest.mark.parametrize("jobs", [0, 2])
def test_lines_become_a_table(tmp_path: Path, jobs: int) -> None:
    """Columns and types are found in all rows, nested ones too."""
    assert () == converted(tmp_path, "a.jsonl", LINES, "parquet", jobs).failed
    table = pq.read_table(tmp_path / "out" / "a.parquet")
    assert ["string", "double", "struct<x: int64, y: list<element: string>>"] == [str(f.type) for f in table.schema]
    rows = table.to_pylist()
    assert [row["text"] for row in ROWS] == [row["text"] for row in rows]
    assert [{"x": 1, "y": None}, {"x": None, "y": ["c  d"]}, None] == [row["meta"] for row in rows]


def test_lines_become_cells(tmp_path: Path) -> None:
    """Objects are written as JSON, null as nothing, and cells in quotes where they need them."""
    converted(tmp_path, "a.jsonl", LINES, "csv.gz")
    expected = 'text,n,meta\na b,1,"{""x"": 1}"\n,2.5,"{""y"": [""c  d""]}"\ncafé,,\n'
    assert expected == gzip.decompress((tmp_path / "out" / "a.csv.gz").read_bytes()).decode()


def test_cells_become_lines(tmp_path: Path) -> None:
    """Cells are strings; one that is missing is null."""
    converted(tmp_path, "a.csv", b'id,text\n1,"a ""x""  b"\n\n2\n', "jsonl")
    lines = (tmp_path / "out" / "a.jsonl").read_bytes().splitlines()
    assert [{"id": "1", "text": 'a "x" b'}, {"id": "2", "text": None}] == [json.loads(line) for line in lines]


def test_a_row_of_nothing_is_a_row(tmp_path: Path) -> None:
    """Readers pass over empty lines, so an empty cell that stands alone is quoted."""
    converted(tmp_path, "a.jsonl", b'{"text": null}\n{"text": "a  b"}\n', "csv")
    assert b'text\n""\na b\n' == (tmp_path / "out" / "a.csv").read_bytes()


@pytest.mark.parametrize(("to", "expected"), [("tsv", b"id\ttext\n"), ("jsonl", b"")])
def test_a_header_alone_stays(tmp_path: Path, to: str, expected: bytes) -> None:
    """A table without rows is one in the other format."""
    converted(tmp_path, "a.csv", b"id,text\n", to)
    assert expected == (tmp_path / "out" / f"a.{to}").read_bytes()


def test_a_table_becomes_lines(tmp_path: Path) -> None:
    """Times are written as ISO 8601 has them."""
    row: dict[str, Any] = {"text": "a  b", "at": datetime.datetime(2026, 1, 2, 3, 4), "tags": ["x"]}
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist([row]), sink)
    converted(tmp_path, "a.parquet", sink.getvalue().to_pybytes(), "jsonl.zst")
    data = pa.input_stream(str(tmp_path / "out" / "a.jsonl.zst"), compression="detect").read()
    assert {"text": "a b", "at": "2026-01-02T03:04:00", "tags": ["x"]} == json.loads(data)


def test_a_text_file_becomes_a_row(tmp_path: Path) -> None:
    """Its only column is `text`."""
    converted(tmp_path, "a.txt", b"a  b", "parquet")
    assert [{"text": "a b"}] == pq.read_table(tmp_path / "out" / "a.parquet").to_pylist()


def test_compression_alone_may_change(tmp_path: Path) -> None:
    """Lines of the same format stay as they are, bad ones among them."""
    converted(tmp_path, "a.jsonl", b'{"text" : "a  b"}\nno JSON\n', "jsonl.gz")
    assert b'{"text" : "a b"}\nno JSON\n' == gzip.decompress((tmp_path / "out" / "a.jsonl.gz").read_bytes())


def table_of(column: pa.Array) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": ["a"], "other": column}), sink)
    return bytes(sink.getvalue().to_pybytes())


@pytest.mark.parametrize("jobs", [0, pytest.param(2, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("name", "data", "to", "message"),
    [
        ("a.jsonl", b'{"text": "a"}\n' * 5 + b"no JSON\n", "parquet", "row 5 is not JSON"),
        ("a.jsonl", b'{"text": "a"}\n' * 5 + b"[1]\n", "csv", "row 5 is a JSON list"),
        ("a.jsonl", b'{"text": "a", "n": 1}\n{"text": "b", "n": "x"}\n', "parquet", "no type of Parquet holds"),
        ("a.jsonl", b'{"text": "a"}\n{"text": "b", "n": 1}\n', "csv", "columns that the first one lacks (n)"),
        ("a.csv", b"text\na\nb,c\n", "jsonl", "row 1 has 2 cells and the header 1"),
        ("a.csv", b"text\na\ncaf\xe9\n", "jsonl", "row 1 is not UTF-8 at byte 3"),
        ("a.jsonl", b'{"text": "a", "text": "b"}\n', "parquet", "a key comes twice"),
        ("a.jsonl", b'{"text": "\\ud800"}\n', "parquet", "no type of Parquet holds"),
        ("a.jsonl", b'{"text": "\\ud800"}\n', "tsv", "half a character"),
        ("a.csv", b'text\n"a"b\n', "parquet", "row 0 is ill quoted"),
        ("a.parquet", table_of(pa.array([b"\xff"])), "jsonl", "there is a bytes, which JSON and CSV cannot hold"),
        ("a.parquet", table_of(pa.array([float("nan")])), "csv", "there is a number that is none"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, name: str, data: bytes, to: str, message: str, jobs: int) -> None:
    """A shard that the format cannot hold is not written, and the error names file, row and remedy."""
    (error,) = converted(tmp_path, name, data, to, jobs).failed
    assert name in str(error)
    assert message in str(error)
    assert ["manifest.jsonl", "rejects.jsonl"] == sorted(path.name for path in (tmp_path / "out").iterdir())


def test_a_converted_run_is_not_undone(tmp_path: Path) -> None:
    """Undo says so, and writes nothing."""
    converted(tmp_path, "a.jsonl", LINES, "csv")
    with pytest.raises(ConfigError, match="was written in another format"):
        list(undo(str(tmp_path / "out"), str(tmp_path / "logs"), str(tmp_path / "back")))
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("to", ["txt", "xml", "parquet.gz"])
def test_an_unknown_format_is_an_error(tmp_path: Path, to: str) -> None:
    """Formats that cannot be written are told with those that can."""
    with pytest.raises(ConfigError, match="there is no format"):
        converted(tmp_path, "a.jsonl", LINES, to)
