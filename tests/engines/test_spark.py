"""Spark with two executors, each a Java process with a Python worker of its own."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from newsclean import ConfigError, Options
from tests.engines import engine
from tests.engines.witness import Witness, check_shared, witnessed
from tests.faults import Faulty

engine("spark", "pyspark")

import pyarrow.parquet as pq

from newsclean.engines import spark as newsclean_spark
from tests.engines.corpus import ARTICLES, MOST, corpus, expected, rows

pytestmark = [  # their own business
    pytest.mark.filterwarnings("ignore::Warning:pyspark.*"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def spark(environment: None) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
        .getOrCreate()
    )
    yield session
    session.stop()
    monkeypatch.undo()


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of Parquet files."""
    folder = tmp_path_factory.mktemp("shards")
    step = ARTICLES // 8
    for shard in range(8):
        pq.write_table(corpus().slice(shard * step, step), folder / f"{shard}.parquet")
    return folder


def test_two_executors_give_what_one_process_gives(spark: Any, shards: Path, tmp_path: Path) -> None:
    """Every row, edit and error is the same; both executors worked, and read the dictionaries once."""
    counter = newsclean_spark.edit_counter(spark)
    df = spark.read.parquet(str(shards))
    witness = Witness(folder=str(tmp_path))
    clean = newsclean_spark.clean(df, options=witness, edits=True, most=MOST, counter=counter)
    assert df.schema.fields == clean.schema.fields[:3]
    assert rows(expected()) == rows(clean.toArrow())
    told = witnessed(tmp_path)
    check_shared(told)
    assert 2 == len(told.places)
    rules = [edit["rule"].split(" + ") for row in expected()["text_edits"].to_pylist() for edit in row or ()]
    assert Counter(chain.from_iterable(rules)) == counter.value
    shorter = newsclean_spark.clean(df, options=witness, most=MOST)
    assert rows(expected().drop_columns("text_edits")) == rows(shorter.toArrow())
    assert told.reads == witnessed(tmp_path).reads  # the workers are used again, and so is what they loaded


def test_a_killed_executor_is_survived(spark: Any, shards: Path, tmp_path: Path) -> None:
    """The rows of an executor that is killed amid its work are cleaned by another."""
    df = spark.read.parquet(str(shards)).replace(texts_of([12_345]), "This  one is deadly.", "text")
    plain = newsclean_spark.clean(df, options=Witness(folder=str(tmp_path), deadly="java"), edits=True, most=MOST)
    found = rows(plain.toArrow())
    assert (tmp_path / "killed").exists()
    assert {"This one is deadly."} == {found[12_345].pop("text")}
    wanted = rows(expected())
    assert [row for row in wanted if row["id"] != 12_345] == [row for row in found if row["id"] != 12_345]


def texts_of(ids: list[int]) -> list[str]:
    return [corpus()["text"][row].as_py() for row in ids]


@pytest.mark.parametrize("large", ["true", "false"])
def test_strings_may_be_large(spark: Any, large: str) -> None:
    """Spark's own choice of Arrow types makes no difference."""
    spark.conf.set("spark.sql.execution.arrow.useLargeVarTypes", large)
    try:
        df = spark.createDataFrame([("a  b",), (None,)], "body string")
        clean = newsclean_spark.clean(df, "body", Options(only=("whitespace",)), edits=True).collect()
        assert [("a b", None), (None, None)] == [(row.body, row.body_error) for row in clean]
        assert ("whitespace/run", 1, 3, "  ", " ", 1.0, "") == tuple(clean[0].body_edits[0])
    finally:
        spark.conf.unset("spark.sql.execution.arrow.useLargeVarTypes")


def test_without_errors_a_fault_ends_the_job(spark: Any) -> None:
    """A text that was not cleaned does not pass for one that was."""
    from pyspark.errors import PythonException

    df = spark.createDataFrame([("This  one raises.",)], "text string")
    with pytest.raises(PythonException, match="row 0 of its batch: cleaning raised ZeroDivisionError"):
        newsclean_spark.clean(df, options=Faulty(), errors=False).collect()


def test_a_column_that_will_not_do_is_an_error_at_once(spark: Any) -> None:
    """What cannot be is said before a job starts."""
    with pytest.raises(ConfigError, match="there is no column 'txt'; did you mean 'text'"):
        newsclean_spark.clean(spark.createDataFrame([("a",)], "text string"), "txt")
