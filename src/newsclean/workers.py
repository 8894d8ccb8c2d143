"""
Worker processes: tasks out, answers back, and word of a worker that died.

Each worker has a pipe of its own and gets one task at a time, so nothing queues up, and when a worker dies it is known
on which task. A worker whose parent has gone reads the end of its pipe and ends too.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from newsclean.errors import ConfigError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

TRIES = 2
"""How often a task is given to a worker before its death is laid to the task."""

AHEAD = 3
"""Tasks a worker may have answered or begun while the oldest of all is still under way."""

RAISED = "ended with status 1"
"""Of what a Python process dies that an error has ended."""

NO_START = (
    "no worker process can start here: each imports the script that asks for it, and that fails, as told above. Put "
    'what the script does under `if __name__ == "__main__":`, keep it in a file instead of standard input, or use '
    "one process (jobs=1)"
)

Task = TypeVar("Task")


class Death(NamedTuple):
    """In place of an answer: the workers that had this task died of it."""

    why: str


class Workers(Generic[Task]):
    """
    Processes that all run one function.

    They are spawned, whatever the usual start method: the program may have threads, whose locks a fork would copy.
    So the function must be importable, and a script that uses them needs the usual `if __name__ == "__main__":`.

    Args:
        count: Processes; 0 for one a processor.
        function: Takes a task and returns or raises the answer. If it is a generator it yields what it has to say,
            and returns the answer.

    Raises:
        ConfigError: If the count is negative.
    """

    def __init__(self, count: int, function: Callable[[Task], Any]) -> None:
        self.count = number_of(count)
        self._function = function
        self._processes: dict[Connection, BaseProcess] = {}
        self._busy: dict[Connection, _Job[Task]] = {}
        self._ready: set[Connection] = set()

    def __enter__(self) -> Workers[Task]:
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers, at once: what they were at is of no use to anybody any more."""
        for connection, process in self._processes.items():
            process.terminate()
            connection.close()
        for process in self._processes.values():
            process.join()
        self._processes.clear()
        self._busy.clear()
        self._ready.clear()

    def answers(
        self, tasks: Iterable[Task], heard: Callable[[Any], None] = lambda said: None
    ) -> Iterator[tuple[Task, Any]]:
        """
        Yield each task with its answer, or with a `Death`, in order.

        Tasks are taken as workers become free, and no further ahead of the oldest answer than `AHEAD` a worker.
        A task whose worker died is given to another once.

        Args:
            tasks: Anything that pickles.
            heard: Gets what workers say while they work.

        Raises:
            Exception: What the function raised for a task, in place of its answer; what reading the tasks raised,
                behind the answers to those before.
            ConfigError: If a worker cannot start.
        """
        from multiprocessing.connection import (
            Connection,
            wait,
        )  # here, for most programs that import this never start any

        queue = _Queue(tasks, AHEAD * self.count)
        while True:
            while len(self._busy) < self.count and (job := queue.next()):
                self._send(job)
            if not self._busy:
                queue.end()
                return
            for connection in wait(list(self._busy)):
                assert isinstance(connection, Connection)
                said = self._received(connection)
                if isinstance(said, _Ready):
                    self._ready.add(connection)
                elif isinstance(said, _Word):
                    heard(said.said)
                else:
                    queue.answer(self._busy.pop(connection), said)
            yield from queue.ready()

    def answers_in_parts(
        self,
        tasks: Iterable[Task],
        parts: Callable[[Task], Iterable[Task]],
        heard: Callable[[Any], None] = lambda said: None,
    ) -> Iterator[tuple[Task, Any]]:
        """
        Yield as `answers` does, and in place of a task that workers died of its parts, one by one.

        So of many things in a task none but the one at fault goes without an answer.

        Args:
            tasks: Anything that pickles.
            parts: Takes a task apart; what is one already gives none, or itself.
            heard: Gets what workers say while they work.

        Raises:
            Exception: What the function raised for a task, in place of its answer.
        """
        for task, answer in self.answers(tasks, heard):
            pieces = list(parts(task)) if isinstance(answer, Death) else []
            if len(pieces) < 2:
                yield task, answer
                continue
            with Workers(1, self._function) as alone:
                yield from alone.answers(pieces, heard)

    def _send(self, job: _Job[Task]) -> None:
        """Give a task to a worker that has none, started if need be."""
        idle = next((connection for connection in self._processes if connection not in self._busy), None)
        if idle is None:
            idle = self._started()
        try:
            idle.send(job.task)
        except OSError:  # it died while it was idle
            self._bury(idle)
            idle = self._started()
            idle.send(job.task)
        self._busy[idle] = job

    def _started(self) -> Connection:
        from multiprocessing import get_context

        context = get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self._function), daemon=True, name="newsclean worker")
        process.start()
        there.close()  # or the end of the worker would not be the end of the pipe
        self._processes[here] = process
        return here

    def _received(self, connection: Connection) -> Any:
        try:
            return connection.recv()
        except (EOFError, OSError):
            has_started = connection in self._ready
            why = self._bury(connection)
            if why == RAISED and not has_started:
                raise ConfigError(NO_START) from None
            return Death(why)

    def _bury(self, connection: Connection) -> str:
        """Return of what a worker died."""
        process = self._processes.pop(connection)
        self._ready.discard(connection)
        process.join()
        connection.close()
        code = process.exitcode or 0
        return f"killed by signal {-code}" if code < 0 else f"ended with status {code}"


class _Job(NamedTuple, Generic[Task]):
    """A task on its way."""

    number: int
    task: Task
    tries: int = 1


class _Queue(Generic[Task]):
    """Tasks in the order in which they are taken, and their answers in the same order."""

    def __init__(self, tasks: Iterable[Task], most: int) -> None:
        self._tasks, self._most = iter(tasks), most
        self._failed: Exception | None = None
        self._taken = self._given = 0
        self._again: deque[_Job[Task]] = deque()
        self._done: dict[int, tuple[Task, Any]] = {}

    def next(self) -> _Job[Task] | None:
        """Return what is to be done next; None where there is nothing, or too much is under way."""
        if self._again:
            return self._again.popleft()
        if self._failed is None and self._taken - self._given < self._most:
            try:
                for task in self._tasks:
                    self._taken += 1
                    return _Job(self._taken - 1, task)
            except Exception as error:  # it comes in its turn, behind the answers to the tasks before it
                self._failed = error
        return None

    def end(self) -> None:
        """Raise what the tasks have ended with, if that was an error; to be called when all answers are given."""
        if self._failed is not None:
            raise self._failed

    def answer(self, job: _Job[Task], answer: Any) -> None:
        """Keep an answer; of a death, try again first."""
        if isinstance(answer, Death) and job.tries < TRIES:
            self._again.append(job._replace(tries=job.tries + 1))
        else:
            self._done[job.number] = job.task, answer

    def ready(self) -> Iterator[tuple[Task, Any]]:
        """Yield the answers whose turn it is."""
        while self._given in self._done:
            task, answer = self._done.pop(self._given)
            self._given += 1
            if isinstance(answer, _Raised):
                raise answer.error
            yield task, answer


class _Ready(NamedTuple):
    """What a worker says first: it has started."""


class _Word(NamedTuple):
    """What a worker says while it is still at work."""

    said: Any


class _Raised(NamedTuple):
    """In place of an answer: what the function raised."""

    error: Exception


def number_of(jobs: int) -> int:
    """
    Return how many processes are meant.

    Raises:
        ConfigError: If it is no whole number, or negative.
    """
    if not isinstance(jobs, int) or jobs < 0:
        raise ConfigError(f"jobs is {jobs!r}; it must be a number of processes, or 0 for one a processor")
    return jobs or processors()


def processors() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # which macOS and Windows have not
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _serve(connection: Connection, function: Callable[[Any], Any]) -> None:
    """Answer tasks until the parent hangs up. An interrupt is for the parent alone, which ends its workers."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    connection.send(_Ready())
    while True:
        try:
            connection.send(_answer(connection.recv(), connection, function))
        except (EOFError, OSError):
            return


def _leave(*_: object) -> None:
    """End as a program does that has been told to: what is under way cleans up behind itself."""
    raise SystemExit(143)


def _answer(task: Any, connection: Connection, function: Callable[[Any], Any]) -> Any:
    """Return what the function answers, after passing on what it says."""
    try:
        answer = function(task)
        return _spoken(answer, connection) if isinstance(answer, Iterator) else answer
    except Exception as error:
        return _Raised(error)


def _spoken(work: Iterator[Any], connection: Connection) -> Any:
    """Pass on what a generator yields; return what it returns."""
    while True:
        try:
            said = next(work)
        except StopIteration as end:
            return end.value
        connection.send(_Word(said))
