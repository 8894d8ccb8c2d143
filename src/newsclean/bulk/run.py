"""All of a run: shards to workers, what comes back under its final name and into the account, in their order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple

from newsclean.bulk.cleaning import Cleaned, Work, clean_batch, reject_batch
from newsclean.bulk.manifest import Manifest
from newsclean.bulk.plan import Plan, Shard, versions
from newsclean.bulk.rows import Batch
from newsclean.bulk.shards import (
    Finished,
    Progress,
    ShardWriter,
    batches,
    clean_shard,
    identity_of,
    located,
    remove_parts,
)
from newsclean.errors import InputError
from newsclean.workers import Death, Workers, number_of


class Step(Enum):
    """What is to be done with a shard, other than to clean some rows of it."""

    WHOLE = "clean all of it"
    END = "all its rows are done; identify the file"


class Task(NamedTuple):
    """What a worker gets."""

    shard: Shard
    work: Work
    rows: int
    what: Step | Batch | InputError
    """An error is handed on in its turn: the shard cannot be read any further."""


class Summary(NamedTuple):
    """What came of a run."""

    tally: dict[str, Any]
    """Counts of all shards that are done, in this run or in earlier ones of the same folder."""
    shards: int
    before: int
    """How many of the shards were done when it began."""
    failed: tuple[InputError, ...]
    """Why some shards are not done."""
    text_bytes: int
    """Cleaned in this run."""
    seconds: float
    configuration: str

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "shards": self.shards,
            "shards_done_before": self.before,
            "shards_failed": [str(error) for error in self.failed],
            **self.tally,
            "seconds": round(self.seconds, 3),
            "megabytes_per_second": round(self.text_bytes / 1e6 / self.seconds, 3),
            "configuration": self.configuration,
            **versions(),
        }


def do(task: Task) -> Any:
    """Do a task; this is what workers run."""
    shard, work, rows, what = task
    if what is Step.WHOLE:
        return clean_shard(shard, work, rows)
    if what is Step.END:
        return _identity(shard)
    return what if isinstance(what, InputError) else clean_batch(what, work, shard.name)


def _rows(task: Task) -> list[Task]:
    """Take the rows of a batch apart."""
    if isinstance(task.what, (Step, InputError)):
        return []
    return [task._replace(what=row) for row in task.what.singly()]


def _identity(shard: Shard) -> dict[str, Any] | InputError:
    try:
        return identity_of(shard.path)
    except InputError as error:
        return error


def run(
    plan: Plan,
    jobs: int = 1,
    *,
    is_resumed: bool = False,
    heard: Callable[[Progress | Finished], None] = lambda said: None,
    function: Callable[[Task], Any] = do,
) -> Summary:
    """
    Clean a corpus.

    Args:
        plan: What is to be done.
        jobs: Worker processes; 0 for one a processor. The output is the same whatever it is.
        is_resumed: Go on where an earlier run of the same configuration ended.
        heard: Gets word of how far it is.
        function: What workers run.

    Raises:
        ConfigError: If the folder holds other things, or a run of another configuration.
        InputError: If an input was changed since an earlier run cleaned it.
        OutputError: If something cannot be written. What has its final name by then is whole, and may be resumed.
    """
    jobs = number_of(jobs)
    began = time.perf_counter()
    failed: list[InputError] = []
    with Manifest(plan, is_resumed) as manifest:
        before, bytes_before = len(manifest.done), manifest.tally.text_bytes
        remove_parts(plan.folders())
        todo = [shard for shard in plan.shards if shard.name not in manifest.done]
        try:
            for answer in _Cleaning(plan, todo, jobs, function, heard, _most(todo, jobs)).answers():
                if isinstance(answer, InputError):
                    failed.append(answer)
                else:
                    manifest.add(answer)
                    heard(answer)
        finally:
            remove_parts(plan.folders())
        seconds = time.perf_counter() - began
        text_bytes = manifest.tally.text_bytes - bytes_before
        shards = len(plan.shards)
        return Summary(
            manifest.tally.as_dict(), shards, before, tuple(failed), text_bytes, seconds, manifest.configuration
        )


def _most(shards: Sequence[Shard], jobs: int) -> float:
    """Return how large a shard may be for one worker: half its share, so that none is left alone at the end."""
    return sum(shard.size for shard in shards) / (2 * jobs) if jobs > 1 else float("inf")


class _Cleaning:
    """
    Shards on their way through workers.

    A shard of `most` bytes or fewer is read and written by one worker. A larger one is read and written here, and its
    batches go to all of them.
    """

    def __init__(
        self,
        plan: Plan,
        shards: Sequence[Shard],
        jobs: int,
        function: Callable[[Task], Any],
        heard: Callable[[Any], None],
        most: float,
    ) -> None:
        self._plan, self._shards, self._jobs, self._function, self._heard = plan, shards, jobs, function, heard
        self._most = most
        self._writer: ShardWriter | None = None
        self._refused: InputError | None = None
        self._read = 0

    def answers(self) -> Iterator[Finished | InputError]:
        """Yield what becomes of each shard, in order."""
        try:
            with Workers(self._jobs, self._function) as workers:
                for task, answer in workers.answers_in_parts(self._tasks(), _rows, self._heard):
                    yield from self._taken(task, answer)
        finally:
            self._abandon()

    def _tasks(self) -> Iterator[Task]:
        for shard in self._shards:
            if shard.size <= self._most:
                yield self._task(shard, Step.WHOLE)
            else:
                yield from self._in_batches(shard)

    def _in_batches(self, shard: Shard) -> Iterator[Task]:
        try:
            work = self._plan.work
            for batch, read in batches(shard, self._plan.rows, work.columns, work.names):
                self._read = read
                yield self._task(shard, batch)
        except InputError as error:
            yield self._task(shard, error)
        else:
            yield self._task(shard, Step.END)

    def _task(self, shard: Shard, what: Step | Batch | InputError) -> Task:
        return Task(shard, self._plan.work, self._plan.rows, what)

    def _taken(self, task: Task, answer: Any) -> Iterator[Finished | InputError]:
        """Take an answer; yield the shard that is done by it, if one is."""
        if task.what is Step.WHOLE:
            yield from self._again(task.shard) if isinstance(answer, Death) else (answer,)
        elif isinstance(task.what, InputError):
            self._abandon()
            self._refused = None
            yield task.what
        elif task.what is Step.END:
            yield self._ended(task.shard, answer)
        else:
            assert not isinstance(task.what, Step)
            if isinstance(answer, Death):
                answer = reject_batch(task.what, task.work, task.shard.name, f"worker died: {answer.why}")
            self._add(task.shard, answer)

    def _again(self, shard: Shard) -> Iterator[Finished | InputError]:
        """Clean a shard that workers died of in batches, to find the one at fault."""
        yield from _Cleaning(self._plan, [shard], self._jobs, self._function, self._heard, most=-1).answers()

    def _add(self, shard: Shard, cleaned: Cleaned) -> None:
        """Write a batch; the rest of a shard that the output format cannot hold is passed over."""
        if self._refused:
            return
        try:
            if self._writer is None:
                self._writer = ShardWriter(shard)
            self._writer.add(cleaned)
        except InputError as error:
            self._refused = located(error, shard.path)
            return
        tally = self._writer.tally
        self._heard(Progress(shard.name, tally.rows, tally.text_bytes, self._read))

    def _ended(self, shard: Shard, identity: dict[str, Any] | Death | InputError) -> Finished | InputError:
        if self._refused:
            identity, self._refused = self._refused, None
        if isinstance(identity, Death):
            identity = _identity(shard)
        if isinstance(identity, InputError):
            self._abandon()
            return identity
        writer, self._writer = self._writer or ShardWriter(shard), None
        return writer.finish(identity)

    def _abandon(self) -> None:
        if self._writer:
            self._writer.abandon()
            self._writer = None
