"""Spark: a column of a DataFrame, cleaned by the Python workers of the executors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.accumulators import Accumulator, AccumulatorParam
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from newsclean.arrow import clean_record_batch, clean_schema
from newsclean.cleaner import MOST, Cleaner
from newsclean.options import Options


def clean(
    df: DataFrame,
    column: str = "text",
    options: Options | Cleaner = Options(),
    *,
    edits: bool = False,
    errors: bool = True,
    most: int = MOST,
    counter: Accumulator[Counter[str]] | None = None,
) -> DataFrame:
    """
    Return a DataFrame with the texts of one column clean and all other columns as they are.

    A narrow transformation by `mapInArrow`: nothing is shuffled, and nothing happens before an action asks for it.

    Args:
        df: Any DataFrame with a column of strings.
        column: Its name.
        options: Or a cleaner made of them.
        edits: Add a column, such as `text_edits`: an array of structs, one for each edit.
        errors: Add a column, such as `text_error`: why a text was left as it is. Without it such a text fails the job.
        most: Bytes of UTF-8. A longer text is not cleaned.
        counter: Gets the number of edits by rule; see `edit_counter`.

    Raises:
        ConfigError: At once, if the column or an option cannot be.
    """
    cleaner = Cleaner.of(options)
    schema = from_arrow_schema(clean_schema(to_arrow_schema(df.schema), column, edits=edits, errors=errors))
    for number, field in enumerate(df.schema.fields):
        schema.fields[number] = field

    def clean_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            wanted = edits or counter is not None
            done = clean_record_batch(batch, column, cleaner, edits=wanted, errors=errors, most=most)
            if counter is not None:
                counter.add(_rules(done.column(f"{column}_edits")))
            yield done if edits == wanted else done.drop_columns([f"{column}_edits"])

    return df.mapInArrow(clean_batches, schema)


def edit_counter(spark: SparkSession) -> Accumulator[Counter[str]]:
    """
    Return an accumulator that counts edits by rule.

    It has the count once an action has run. As Spark's accumulators do, it counts again what is computed again: by a
    second action on a DataFrame that is not cached, or by a task that is repeated.
    """
    return spark.sparkContext.accumulator(Counter(), _Counts())


class _Counts(AccumulatorParam[Counter[str]]):
    def zero(self, value: Counter[str]) -> Counter[str]:
        return Counter()

    def addInPlace(self, value1: Counter[str], value2: Counter[str]) -> Counter[str]:  # noqa: N802  (Spark's name)
        value1.update(value2)
        return value1


def _rules(edits: pa.Array) -> Counter[str]:
    """Count edits by rule; one of several rules counts for each of them."""
    rules: Counter[str] = Counter()
    for value in pc.value_counts(pc.struct_field(pc.list_flatten(edits), "rule")):
        for rule in value["values"].as_py().split(" + "):
            rules[rule] += value["counts"].as_py()
    return rules
