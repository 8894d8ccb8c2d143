"""Ray Data: a column of a dataset, cleaned by plain tasks."""

from __future__ import annotations

from typing import Any

from ray.data import Dataset

from newsclean.arrow import clean_table
from newsclean.cleaner import MOST, Cleaner
from newsclean.options import Options

ROWS = 4_000
"""Rows a task: some 15 MB of news, a few seconds of work, so that a task costs little and many can share a file."""


def clean(
    dataset: Dataset,
    column: str = "text",
    options: Options | Cleaner = Options(),
    *,
    edits: bool = False,
    errors: bool = True,
    most: int = MOST,
    rows_per_task: int | None = ROWS,
    **map_options: Any,
) -> Dataset:
    """
    Return a dataset with the texts of one column clean and all other columns as they are.

    The work is done by tasks, not by actors: those would hold processors that reading needs, and each task finds the
    dictionaries that the one before it has loaded into its process.

    Args:
        dataset: Any dataset with a column of strings.
        column: Its name.
        options: Or a cleaner made of them, of an importable class.
        edits: Add a column, such as `text_edits`: a list of structs, one for each edit.
        errors: Add a column, such as `text_error`: why a text was left as it is. Without it such a text fails the job.
        most: Bytes of UTF-8. A longer text is not cleaned.
        rows_per_task: Cut the dataset into blocks of so many rows, as they come. Without it (None) Ray joins reading
            and cleaning into one task, and a single file is cleaned by a single worker.
        map_options: Go to `Dataset.map_batches`: num_cpus, memory, max_retries and so on.

    Raises:
        ConfigError: At once, if an option cannot be; as the cause of Ray's error, if the column cannot.
    """
    if rows_per_task is not None:
        dataset = dataset.repartition(target_num_rows_per_block=rows_per_task)
    how = {"column": column, "options": Cleaner.of(options), "edits": edits, "errors": errors, "most": most}
    return dataset.map_batches(
        clean_table,
        batch_format="pyarrow",
        batch_size=None,  # a block as it is
        fn_kwargs=how,
        **map_options,
    )
