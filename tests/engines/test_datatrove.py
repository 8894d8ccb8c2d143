"""datatrove with two workers, each a process that runs several tasks."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.engines import engine
from tests.engines.witness import Witness, check_shared, witnessed
from tests.faults import Faulty

engine("datatrove", "datatrove")

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor, SlurmPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter

from newsclean.engines.datatrove import Newsclean
from tests.engines.corpus import ARTICLES, MOST, corpus, expected, rows

TASKS = 8


class Articles(PipelineStep):
    """Gives a task its part of the corpus, nulls included, which datatrove's own readers leave out."""

    type, name = "📖 - READER", "articles"

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Any:
        """Yield documents."""
        for row in corpus().slice(rank * (ARTICLES // world_size), ARTICLES // world_size).to_pylist():
            yield Document(row["text"], str(row["id"]), metadata={"tags": row["tags"]})


class Writer(JsonlWriter):
    """Writes nulls and empty texts too, which datatrove's own writers leave out or fail to measure."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), compression=None, adapter=lambda _, document: asdict(document))

    def update_doc_stats(self, document: Any) -> None:
        """Leave out what has no length."""
        if document.text is not None:
            super().update_doc_stats(document)


def run(pipeline: list[Any], folder: Path, tasks: int = TASKS) -> Any:
    """Return the stats of the step in the middle."""
    executor = LocalPipelineExecutor(pipeline, tasks=tasks, workers=2, logging_dir=str(folder / "log"))
    return executor.run()


def written(folder: Path) -> list[dict[str, Any]]:
    """Return the documents that were written, as rows."""
    documents = [json.loads(line) for file in folder.glob("*.jsonl") for line in file.read_text().splitlines()]
    return [{"id": int(each["id"]), "text": each["text"], **each["metadata"]} for each in documents]


def test_two_workers_give_what_one_process_gives(tmp_path: Path) -> None:
    """Every document, edit and error is the same; both workers took part, and read the dictionaries once."""
    (tmp_path / "seen").mkdir()
    step = Newsclean(Witness(folder=str(tmp_path / "seen")), edits=True, most=MOST)
    writer = Writer(tmp_path / "out")
    stats = run([Articles(), step, writer], tmp_path)
    check_shared(witnessed(tmp_path / "seen"))
    found = sorted(written(tmp_path / "out"), key=lambda row: row["id"])
    wanted = [
        row | {"text_error": row["text_error"] or "", "text_edits": row["text_edits"] or []} for row in rows(expected())
    ]
    assert wanted == found
    counted = {name: stat.total for name, stat in stats.stats[1].stats.items()}
    rules = Counter(chain.from_iterable(edit["rule"].split(" + ") for row in found for edit in row["text_edits"]))
    assert {
        "total": ARTICLES,
        "refused": 2,
        "changed": sum(bool(row["text_edits"]) for row in found),
        "edits": sum(len(row["text_edits"]) for row in found),
        **rules,
    } == counted


def test_readers_and_writers_of_datatrove_keep_what_they_have(tmp_path: Path) -> None:
    """From JSON lines to Parquet; of a run that was interrupted only what is missing is done again."""
    (tmp_path / "in").mkdir()
    texts = ["Rain  fell.", "This  one raises.", "Rain fell."]
    for shard, text in enumerate(texts):
        (tmp_path / "in" / f"{shard}.jsonl").write_text(json.dumps({"id": str(shard), "text": text, "lang": "en"}))

    def again() -> list[dict[str, Any]]:
        steps = [
            JsonlReader(str(tmp_path / "in")),
            Newsclean(Witness(folder=str(tmp_path))),
            ParquetWriter(str(tmp_path / "out")),
        ]
        run(steps, tmp_path, tasks=3)
        import pyarrow.parquet as pq

        return [row for file in sorted((tmp_path / "out").glob("*.parquet")) for row in pq.read_table(file).to_pylist()]

    found = again()
    assert ["Rain fell.", "This  one raises.", "Rain fell."] == [row["text"] for row in found]
    errors = [row["metadata"]["text_error"] for row in found]
    assert ["", "cleaning raised ZeroDivisionError: division by zero", ""] == errors
    assert {"en"} == {row["metadata"]["lang"] for row in found}
    (tmp_path / "log" / "completions" / "00001").unlink()
    assert found == again()


SBATCH = r"""#!/bin/bash
# In place of Slurm: runs the tasks of an array, one after another, as a node would.
script=${@: -1}
last=$(sed -n 's/^#SBATCH --array=0-\([0-9]*\).*/\1/p' "$script")
for task in $(seq 0 "$last"); do
    SLURM_ARRAY_TASK_ID=$task SLURM_NODELIST=localhost bash "$script" >&2 || exit 1
done
echo "Submitted batch job 1"
"""


def test_slurm_runs_the_same_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step goes to the nodes in a pickle and cleans there as it does here."""
    (tmp_path / "bin").mkdir()
    for name, program in (("sbatch", SBATCH), ("scontrol", "#!/bin/sh\necho localhost\n")):
        (tmp_path / "bin" / name).write_text(program)
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{Path(sys.executable).parent}", prepend=":")
    (tmp_path / "in").mkdir()
    for shard, text in enumerate(["Rain  fell.", "This  one raises."]):
        (tmp_path / "in" / f"{shard}.jsonl").write_text(json.dumps({"id": str(shard), "text": text}))
    steps = [JsonlReader(str(tmp_path / "in")), Newsclean(Faulty(), edits=True), Writer(tmp_path / "out")]
    how = {"time": "1", "partition": "cpu", "logging_dir": str(tmp_path / "log"), "with_srun": False}
    SlurmPipelineExecutor(steps, tasks=2, **how).run()
    found = sorted(written(tmp_path / "out"), key=lambda row: row["id"])
    assert ["Rain fell.", "This  one raises."] == [row["text"] for row in found]
    assert [1, 0] == [len(row["text_edits"]) for row in found]
    stats = json.loads((tmp_path / "log" / "stats.json").read_text())
    assert 1 == next(step for step in stats if "newsclean" in step["name"])["stats"]["refused"]["total"]
