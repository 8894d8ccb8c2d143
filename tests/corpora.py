"""Corpora cleaned in this process, where a test is not about workers: to start one takes longer than the test."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, NamedTuple, TypeVar

from newsclean.bulk.manifest import Manifest
from newsclean.bulk.plan import Plan
from newsclean.bulk.shards import clean_shard
from newsclean.errors import InputError

Answer = TypeVar("Answer")


class Outcome(NamedTuple):
    """What came of a run: the part of its summary that tests ask for."""

    tally: dict[str, Any]
    failed: tuple[InputError, ...]


def clean_here(plan: Plan) -> Outcome:
    """Clean each shard as a worker does, and enter it as a run does."""
    failed = []
    with Manifest(plan, False) as manifest:
        for shard in plan.shards:
            answer = returned(clean_shard(shard, plan.work, plan.rows))
            if isinstance(answer, InputError):
                failed.append(answer)
            else:
                manifest.add(answer)
        return Outcome(manifest.tally.as_dict(), tuple(failed))


def returned(work: Generator[Any, None, Answer]) -> Answer:
    """Return what a generator returns at its end."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            answer: Answer = end.value
            return answer
