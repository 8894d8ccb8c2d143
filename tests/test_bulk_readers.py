"""What bulk runs write is read by pyarrow, DuckDB and pandas, and differs from the input in the texts alone."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet as pq
import pytest
import zstandard

import newsclean
from newsclean.bulk.cleaning import Work
from newsclean.bulk.plan import plan
from newsclean.bulk.run import run
from newsclean.bulk.undo import undo

pytestmark = [pytest.mark.slow, pytest.mark.system]

duckdb = pytest.importorskip("duckdb", reason="pip install duckdb, as .ci/run does")
pandas = pytest.importorskip("pandas", reason="pip install pandas, as .ci/run does")

LONG = ("Rain fell on the town, and nobody went out.\n" * 4000 + "The  end.\n") * 58
"""10 MB, with something to do here and there."""

TEXTS = ["Rain  fell.", None, "Nothing to do.", "«Кот»  и café\N{NO-BREAK SPACE}&amp; bar", LONG, "", "the  end"]
NAMES = [f"a{n}" for n in range(len(TEXTS))]
NESTED = [{"title": "a  b", "ключ": n, "tags": ["x  y"] * (n % 3)} if n % 4 else None for n in range(len(TEXTS))]
EXPECTED = [None if text is None else newsclean.clean(text) for text in TEXTS]


def json_lines() -> bytes:
    rows = zip(NAMES, TEXTS, NESTED, strict=True)
    lines = (json.dumps({"id": i, "text": t, "мета": m}, ensure_ascii=i == "a3") for i, t, m in rows)
    return "\n".join(lines).encode()  # and no newline at the end


def csv(delimiter: str = ",") -> bytes:
    table = pa.table({"id": NAMES, "text": TEXTS, "число": [n / 2 for n in range(len(TEXTS))]})
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(table, sink, pyarrow.csv.WriteOptions(delimiter=delimiter))
    return bytes(sink.getvalue().to_pybytes().removesuffix(b"\n"))


def parquet() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"id": NAMES, "text": TEXTS, "мета": NESTED}), sink, row_group_size=3)
    return bytes(sink.getvalue().to_pybytes())


FILES: dict[str, bytes] = {
    "a.jsonl": json_lines(),
    "a.jsonl.gz": gzip.compress(json_lines()),
    "a.jsonl.zst": zstandard.compress(json_lines()),
    "a.csv": csv(),
    "a.tsv": csv("\t"),
    "a.parquet": parquet(),
    "empty.jsonl": b"",
    "empty.csv": b"",
    "header.csv": b"id,text\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clean a corpus of all formats in two processes, and undo it."""
    top = tmp_path_factory.mktemp("readers")
    (top / "in").mkdir()
    for name, data in FILES.items():
        (top / "in" / name).write_bytes(data)
    run(plan([str(top / "in")], str(top / "out"), Work(id_column="id"), str(top / "logs"), 3), 2)
    list(undo(str(top / "out"), str(top / "logs"), str(top / "back")))
    return top


def by_pyarrow(path: str) -> dict[str, list[Any]]:
    if ".jsonl" in path:
        whole = pa.input_stream(path, compression="detect").read()
        options = pyarrow.json.ReadOptions(block_size=32 << 20)
        return dict(pyarrow.json.read_json(pa.BufferReader(whole), read_options=options).to_pydict())
    if path.endswith(".parquet"):
        return dict(pq.read_table(path).to_pydict())
    parse = pyarrow.csv.ParseOptions(delimiter="\t" if path.endswith("tsv") else ",", newlines_in_values=True)
    read = pyarrow.csv.ReadOptions(block_size=64 << 20)
    convert = pyarrow.csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""])
    return dict(pyarrow.csv.read_csv(path, parse_options=parse, read_options=read, convert_options=convert).to_pydict())


def by_duckdb(path: str) -> dict[str, list[Any]]:
    if ".jsonl" in path:
        query = f"read_json('{path}', format='newline_delimited', maximum_object_size=64000000)"
    elif path.endswith(".parquet"):
        query = f"read_parquet('{path}')"
    else:
        query = f"read_csv('{path}', max_line_size=64000000, buffer_size=256000000, parallel=false, header=true)"
    return dict(duckdb.sql(f"select * from {query}").to_arrow_table().to_pydict())


def by_pandas(path: str) -> dict[str, list[Any]]:
    if ".jsonl" in path:
        frame = pandas.read_json(path, lines=True)
    elif path.endswith(".parquet"):
        frame = pandas.read_parquet(path)
    else:
        frame = pandas.read_csv(path, sep="\t" if path.endswith("tsv") else ",")
    return {name: frame[name].tolist() for name in frame.columns}


READERS: dict[str, Callable[[str], dict[str, list[Any]]]] = {
    "pyarrow": by_pyarrow,
    "duckdb": by_duckdb,
    "pandas": by_pandas,
}


def plain(value: Any) -> Any:
    """Return a value without what readers differ in: what stands for nothing, and arrays for lists."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [plain(each) for each in value]
    return None if value == "" or (isinstance(value, float) and math.isnan(value)) else value


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("a.")])
def test_readers_read_it(folder: Path, name: str, reader: str) -> None:
    """Rows in equals rows out; the texts are clean, and every other column reads as that of the input."""
    before, after = (READERS[reader](str(folder / side / name)) for side in ("in", "out"))
    assert list(before) == list(after)
    assert [plain(text) for text in EXPECTED] == [plain(text) for text in after.pop("text")]
    assert [plain(text) for text in TEXTS] == [plain(text) for text in before.pop("text")]
    assert plain(before) == plain(after)


@pytest.mark.parametrize("name", FILES)
def test_everything_comes_back(folder: Path, name: str) -> None:
    """Undo gives every file back: its bytes, those inside of the compression, or the table."""
    before, after = folder / "in" / name, folder / "back" / name
    if name.endswith(".parquet"):
        assert pq.read_table(before).equals(pq.read_table(after), check_metadata=True)
        return
    streams = (pa.input_stream(str(path), compression="detect") for path in (before, after))
    contents = [stream.read() for stream in streams]
    assert contents[0] == contents[1]
