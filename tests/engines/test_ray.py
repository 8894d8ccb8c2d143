"""Ray with two nodes, each with one processor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engines import engine
from tests.engines.witness import Witness, check_shared, witnessed
from tests.faults import Faulty

engine("ray", "ray.data")

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import ray
from ray.cluster_utils import Cluster

from newsclean.engines import ray as newsclean_ray
from tests.engines.corpus import MOST, corpus, expected, rows

pytestmark = [  # their own business
    pytest.mark.filterwarnings("ignore::Warning:ray.*"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def nodes(environment: None) -> Iterator[None]:
    """Start two nodes."""
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield
    ray.shutdown()
    cluster.shutdown()


@pytest.fixture
def dataset(tmp_path: Path) -> Any:
    """Return the corpus, read from a single file."""
    pq.write_table(corpus(), tmp_path / "corpus.parquet")
    return ray.data.read_parquet(str(tmp_path / "corpus.parquet"))


def taken(dataset: Any) -> list[dict[str, Any]]:
    """Return the rows of a dataset in the order of the corpus."""
    return rows(pa.concat_tables(ray.get(dataset.to_arrow_refs())))


def test_two_nodes_give_what_one_process_gives(dataset: Any, tmp_path: Path) -> None:
    """Every row, edit and error is the same; both nodes worked on one file, and read the dictionaries once."""
    (tmp_path / "seen").mkdir()
    witness = Witness(folder=str(tmp_path / "seen"))
    clean = newsclean_ray.clean(dataset, options=witness, edits=True, most=MOST, rows_per_task=1_000)
    assert rows(expected()) == taken(clean)
    told = witnessed(tmp_path / "seen")
    check_shared(told)
    assert 2 == len(told.places)


def test_a_killed_worker_is_survived(dataset: Any, tmp_path: Path) -> None:
    """The rows of a worker that is killed amid its work are cleaned by another."""

    def deadly(table: pa.Table) -> pa.Table:
        marked = pc.equal(table["id"], 12_345)
        return table.set_column(1, "text", pc.if_else(marked, "This  one is deadly.", table["text"]))

    (tmp_path / "seen").mkdir()
    witness = Witness(folder=str(tmp_path / "seen"), deadly="itself")
    marked = dataset.map_batches(deadly, batch_format="pyarrow")
    found = taken(newsclean_ray.clean(marked, options=witness, edits=True, most=MOST, rows_per_task=1_000))
    assert (tmp_path / "seen" / "killed").exists()
    assert "This one is deadly." == found[12_345]["text"]
    assert [row for row in rows(expected()) if row["id"] != 12_345] == [row for row in found if row["id"] != 12_345]


def test_without_errors_a_fault_ends_the_job() -> None:
    """A text that was not cleaned does not pass for one that was."""
    dataset = ray.data.from_items([{"text": "This  one raises."}])
    with pytest.raises(ray.exceptions.RayTaskError, match="row 0 of its batch: cleaning raised ZeroDivisionError"):
        newsclean_ray.clean(dataset, options=Faulty(), errors=False).materialize()
