"""Hugging Face datasets with two processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsclean import ConfigError, InputError, Options
from newsclean.normalizers.typos import TyposOptions
from tests.engines import engine
from tests.engines.witness import Witness, check_shared, witnessed
from tests.faults import Faulty

engine("datasets", "datasets")

import pyarrow.parquet as pq
from datasets import ClassLabel, Dataset, DatasetDict, Features, IterableDataset, Value, load_dataset
from datasets.fingerprint import Hasher

from newsclean.engines import hf_datasets
from tests.engines.corpus import MOST, corpus, expected, rows


@pytest.fixture
def dataset(tmp_path: Path) -> Any:
    """Return the corpus, read from a file into a cache of its own."""
    pq.write_table(corpus(), tmp_path / "corpus.parquet")
    return load_dataset(
        "parquet", data_files=str(tmp_path / "corpus.parquet"), split="train", cache_dir=str(tmp_path / "cache")
    )


def test_two_processes_give_what_one_process_gives(dataset: Any, tmp_path: Path) -> None:
    """Every row, edit and error is the same; both processes took part, and read the dictionaries once."""
    (tmp_path / "seen").mkdir()
    witness = Witness(folder=str(tmp_path / "seen"))
    clean = hf_datasets.clean(dataset, options=witness, edits=True, most=MOST, num_proc=2)
    told = witnessed(tmp_path / "seen")
    check_shared(told)
    assert os.getpid() not in told.rows
    assert dataset.features == Features({name: clean.features[name] for name in dataset.features})
    assert expected().column_names == clean.column_names
    assert rows(expected()) == rows(clean.with_format("arrow")[:])
    again = hf_datasets.clean(dataset, options=witness, edits=True, most=MOST, num_proc=2)
    assert clean._fingerprint == again._fingerprint
    assert told.rows == witnessed(tmp_path / "seen").rows  # nobody cleaned anything again


def test_features_and_format_are_kept(tmp_path: Path) -> None:
    """What datasets knows of other columns, and how it shows rows, stays."""
    features = Features({"label": ClassLabel(names=["a", "b"]), "text": Value("large_string")})
    rows = {"label": [1, 0], "text": ["Rain  fell.", None]}
    dataset = Dataset.from_dict(rows, features=features).with_format("numpy", columns=["label"])
    clean = hf_datasets.clean(dataset)
    assert dataset.format == clean.format
    assert {**features, "text_error": Value("string")} == clean.features
    assert {"label": [1, 0], "text": ["Rain fell.", None], "text_error": [None, None]} == clean.with_format(None)[:]


def test_a_stream_is_clean() -> None:
    """A dataset that is read as it goes is cleaned as it goes."""
    stream = Dataset.from_dict({"text": ["Rain  fell.", "This  one raises.", None]}).to_iterable_dataset()
    clean = hf_datasets.clean(stream, options=Faulty())
    assert ["Rain fell.", "This  one raises.", None] == [row["text"] for row in clean]
    assert [False, True, False] == [bool(row["text_error"]) for row in clean]


def test_each_split_is_clean() -> None:
    """Of a dataset in splits each is cleaned, in the same way."""
    splits = DatasetDict(train=Dataset.from_dict({"text": ["a  b"]}), test=Dataset.from_dict({"text": [None]}))
    clean = hf_datasets.clean(splits, edits=True, errors=False)
    assert ["text", "text_edits"] == clean["train"].column_names
    assert ["a b", None] == [clean["train"][0]["text"], clean["test"][0]["text"]]


OPTIONS = Options(skip=("prompts",), typos=TyposOptions(allowed=("Khwaja",)))


def fingerprint(options: Any = OPTIONS, **how: Any) -> str:
    return str(Hasher.hash(hf_datasets.BatchCleaner(options=options, **how)))


def test_a_fingerprint_is_that_of_another_process() -> None:
    """The same options have the same fingerprint everywhere, or the cache would be of no use."""
    program = (
        "from newsclean import Options; from tests.engines import test_datasets as t; print(t.fingerprint("
        "Options.from_table({'skip': ['prompts'], 'typos': {'allowed': ['Khwaja']}})))"
    )
    root = str(Path(__file__).parents[2])
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": root}
        ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        assert fingerprint() == ran.stdout.decode().strip()


def test_a_fingerprint_changes_with_all_that_decides_the_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """Options, column, limit, dictionaries and code each make another fingerprint."""
    others = [
        fingerprint(),
        fingerprint(OPTIONS._replace(skip=())),
        fingerprint(Faulty(OPTIONS)),
        fingerprint(column="body"),
        fingerprint(most=5),
        fingerprint(edits=True),
        fingerprint(errors=False),
    ]
    monkeypatch.setattr("newsclean.options.data_version", lambda: "2026.11.25+0123456")
    others.append(fingerprint())
    monkeypatch.undo()
    monkeypatch.setattr(hf_datasets, "__version__", "99")
    others.append(fingerprint())
    assert len(others) == len(set(others))


def test_what_will_not_do_is_an_error() -> None:
    """A wrong column is said at once; without a place for errors a text that cannot be cleaned raises."""
    dataset = Dataset.from_dict({"text": ["This  one raises."]})
    with pytest.raises(ConfigError, match="there is no column 'txt'"):
        hf_datasets.clean(dataset, "txt")
    with pytest.raises(ConfigError, match="the stream does not tell its features"):
        hf_datasets.clean(IterableDataset.from_generator(lambda: iter([{"text": "a"}])))
    with pytest.raises(InputError, match="row 0 of its batch: cleaning raised ZeroDivisionError"):
        hf_datasets.clean(dataset, options=Faulty(), errors=False)
