"""Worker processes: order, words, errors and deaths."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsclean import ConfigError
from newsclean.workers import AHEAD, Death, Workers, number_of
from tests import mishaps


@pytest.mark.parametrize("jobs", [1, 3])
def test_answers_come_in_order(jobs: int) -> None:
    """Whoever is done first, the answers come in the order of the tasks."""
    with Workers(jobs, mishaps.doubled) as workers:
        assert [(n, 2 * n) for n in range(12)] == list(workers.answers(range(12)))


def test_tasks_are_taken_as_needed() -> None:
    """No task is taken that is further ahead of the oldest answer than the bound."""
    taken: list[int] = []
    with Workers(2, mishaps.doubled) as workers:
        for given, _ in workers.answers(taken.append(n) or n for n in range(40)):  # type: ignore[func-returns-value]
            assert len(taken) - given <= 2 * AHEAD + 1
    assert 40 == len(taken)


def test_what_a_task_raises_is_raised() -> None:
    """An error takes the place of the answer, after the answers before it."""
    with Workers(2, mishaps.picky) as workers:
        answers = workers.answers(range(6))
        assert [0, 1, 2] == [next(answers)[1] for _ in range(3)]
        with pytest.raises(ValueError, match="not this one"):
            next(answers)


def test_a_death_is_told_and_the_rest_is_done() -> None:
    """A task that kills each worker which has it gets a `Death`, and costs no other task its answer."""
    with Workers(2, mishaps.mortal) as workers:
        answers = [answer for _, answer in workers.answers(range(6))]
    assert [0, 1, 2, Death("killed by signal 9"), 4, 5] == answers


def test_of_a_task_that_kills_the_parts_are_done() -> None:
    """A task in parts is done again part by part, and the part at fault alone gets a `Death`."""
    with Workers(2, mishaps.mortals) as workers:
        tasks = [(0, 1), (2, 3, 4), (5,), (3,)]
        answers = list(workers.answers_in_parts(tasks, lambda task: [(each,) for each in task]))
    death = Death("killed by signal 9")
    assert [((0, 1), [0, 1]), ((2,), [2]), ((3,), death), ((4,), [4]), ((5,), [5]), ((3,), death)] == answers


def test_a_task_is_tried_again_once(tmp_path: Path) -> None:
    """A worker that dies of something else does not cost the task its answer."""
    with Workers(1, mishaps.mortal_once) as workers:
        assert ["done"] == [answer for _, answer in workers.answers([str(tmp_path / "seen")])]


def test_words_are_heard() -> None:
    """What a worker says on the way is heard before the answer comes."""
    heard: list[str] = []
    with Workers(1, mishaps.talking) as workers:
        assert [1, 2] == [answer for _, answer in workers.answers([1, 2], heard.append)]
    assert ["at 1", "at 2"] == heard


def test_a_negative_number_is_an_error() -> None:
    """There are no negative processes; 0 is one a processor."""
    with pytest.raises(ConfigError, match="jobs is -1"):
        number_of(-1)
    assert number_of(0) >= 1
