"""Hugging Face datasets: a column of a dataset, cleaned by `map` with its cache and its processes."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeAlias

import pyarrow as pa
from datasets import Dataset, DatasetDict, Features, IterableDataset

from newsclean import __version__
from newsclean.arrow import clean_schema, clean_table
from newsclean.cleaner import MOST, Cleaner
from newsclean.errors import ConfigError
from newsclean.options import Options

Data: TypeAlias = Dataset | DatasetDict | IterableDataset


def clean(
    dataset: Data,
    column: str = "text",
    options: Options | Cleaner = Options(),
    *,
    edits: bool = False,
    errors: bool = True,
    most: int = MOST,
    **map_options: Any,
) -> Data:
    """
    Return a dataset with the texts of one column clean and all other columns, with their features, as they are.

    The result is taken from the cache of datasets where it is there: for the same dataset, options, dictionaries and
    version of newsclean, and for no other.

    Args:
        dataset: A Dataset, a DatasetDict, or an IterableDataset whose features are known.
        column: A column of strings.
        options: Or a cleaner made of them.
        edits: Add a column, such as `text_edits`: a list of structs, one for each edit.
        errors: Add a column, such as `text_error`: why a text was left as it is. Without it such a text raises.
        most: Bytes of UTF-8. A longer text is not cleaned.
        map_options: Go to `Dataset.map`: num_proc, batch_size, cache_file_name and so on.

    Raises:
        ConfigError: At once, if the column or an option cannot be, or if nobody knows the features.
    """
    if isinstance(dataset, DatasetDict):
        how: dict[str, Any] = {"edits": edits, "errors": errors, "most": most, **map_options}
        return DatasetDict({name: clean(split, column, options, **how) for name, split in dataset.items()})
    if dataset.features is None:
        raise ConfigError("the stream does not tell its features: give them to load_dataset, as features=Features(...)")
    cleaner = BatchCleaner(column, options, edits=edits, errors=errors, most=most)
    schema = clean_schema(dataset.features.arrow_schema, column, edits=edits, errors=errors)
    added = Features.from_arrow_schema(pa.schema(list(schema)[len(dataset.features) :]))
    features = Features({**dataset.features, **added})
    done = dataset.with_format("arrow").map(cleaner, batched=True, features=features, **map_options)
    return done.with_format(None) if isinstance(dataset, IterableDataset) else done.with_format(**dataset.format)


class BatchCleaner:
    """
    What `clean` gives to `map(batched=True)`, for a dataset in the format "arrow".

    It pickles small, and its pickle, of which datasets makes the fingerprint of the result, holds the digest of the
    options and the dictionaries.
    """

    def __init__(
        self,
        column: str = "text",
        options: Options | Cleaner = Options(),
        *,
        edits: bool = False,
        errors: bool = True,
        most: int = MOST,
    ) -> None:
        cleaner = Cleaner.of(options)
        self._clean = partial(clean_table, column=column, options=cleaner, edits=edits, errors=errors, most=most)
        self.version = f"{__version__} {cleaner.options.digest()}"

    def __call__(self, table: pa.Table) -> pa.Table:
        """Return the batch, clean."""
        return self._clean(table)
