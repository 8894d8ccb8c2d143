"""
The manifest: what is done in an output folder, a line of JSON a shard, and what may go on there.

A shard is done when its line is: before that it is cleaned again. The lines come in the order of the shards, and so do
those of `rejects.jsonl`, whose length each line of the manifest gives: what stands behind it was left by a run that
did not come to its end, and is cut off.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from newsclean.bulk.cleaning import Tally
from newsclean.bulk.plan import MANIFEST, REJECTS, Plan, Shard, digest_of, versions
from newsclean.bulk.shards import Finished, identity_of, state_of, writing
from newsclean.errors import ConfigError, InputError


class Manifest:
    """
    The account of a run, open for more.

    Args:
        plan: What is to be done.
        is_resumed: Go on where an earlier run of the same configuration ended.

    Raises:
        ConfigError: If the folder holds other things or a run of another configuration, or another run is at work.
        InputError: If an input was changed since it was cleaned.
        OutputError: If nothing can be written there.
    """

    def __init__(self, plan: Plan, is_resumed: bool) -> None:
        self.tally = Tally()
        self.done: set[str] = set()
        self.configuration = digest_of(plan)
        self._run = {
            "configuration": self.configuration,
            **versions(),
            "columns": plan.work.columns,
            "logged": plan.work.logged,
            "converted": bool(plan.work.to),
        }
        path = os.path.join(plan.folder, MANIFEST)
        _check_folder(plan.folder, is_resumed)
        with writing(path):
            os.makedirs(plan.folder, exist_ok=True)
            self._file = open(path, "a+b")  # noqa: SIM115 -- closed by __exit__
            self._rejects = open(os.path.join(plan.folder, REJECTS), "a+b")  # noqa: SIM115
        try:
            _lock(self._file, plan.folder)
            self._take_up({shard.name: shard for shard in plan.shards})
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._rejects.close()

    def add(self, finished: Finished) -> None:
        """
        Give a shard its final name and enter it.

        Raises:
            OutputError: If that fails; the shard counts as not done.
        """
        ends = self._file.seek(0, os.SEEK_END), self._rejects.seek(0, os.SEEK_END)
        try:
            self._add(finished)
        except BaseException:
            with suppress(OSError):
                self._cut(*ends)
            raise

    def _add(self, finished: Finished) -> None:
        with writing(self._rejects.name):
            if finished.rejects:
                with open(finished.rejects, "rb") as lines:
                    shutil.copyfileobj(lines, self._rejects)
                _settle(self._rejects)
                os.unlink(finished.rejects)
        for part, name in finished.parts:
            with writing(name):
                os.replace(part, name)
        line = {
            "shard": finished.shard.name,
            "input": {"path": finished.shard.path, **finished.identity},
            "output": {key: finished.output[key] for key in ("bytes", "sha256")},
            **self._run,
            **finished.tally,
            "rejects_end": self._rejects.tell(),
            "seconds": round(finished.seconds, 3),
        }
        with writing(self._file.name):
            self._file.write(json.dumps(line).encode() + b"\n")
            _settle(self._file)
        self.done.add(finished.shard.name)
        self.tally.merge(finished.tally)

    def _take_up(self, shards: dict[str, Shard]) -> None:
        """Read what is done, and cut off what is not whole."""
        self._file.seek(0)
        end = rejects_end = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            entry = json.loads(line)
            self._check(entry, shards.get(entry["shard"]))
            self.done.add(entry["shard"])
            self.tally.merge(entry)
            end += len(line)
            rejects_end = entry["rejects_end"]
        with writing(self._file.name):
            self._cut(end, rejects_end)

    def _check(self, entry: dict[str, Any], shard: Shard | None) -> None:
        if entry["configuration"] != self.configuration:
            theirs, ours = (
                f"{each['configuration']} (code {each['code']}, data {each['data']}, ftfy {each['ftfy']})"
                for each in (entry, self._run)
            )
            raise ConfigError(
                f"{self._file.name}: was begun with configuration {theirs}, and this one is {ours}. One corpus must "
                "not be cleaned in two ways: repeat the options and versions of the first run, or choose another folder"
            )
        if shard and not _is_same(shard.path, entry["input"]):
            raise InputError(
                f"{shard.path}: was changed since it was cleaned into {shard.output}: put it back as it was, or "
                "clean the corpus into another folder"
            )
        if shard and (not os.path.isfile(shard.output) or os.path.getsize(shard.output) != entry["output"]["bytes"]):
            raise InputError(
                f"{shard.output}: is gone, or was changed since newsclean wrote it: put it back, or clean the corpus "
                "into another folder"
            )

    def _cut(self, end: int, rejects_end: int) -> None:
        self._file.truncate(end)
        self._rejects.truncate(rejects_end)


def entries(folder: str) -> Iterator[dict[str, Any]]:
    """
    Yield what the manifest of a folder says of each shard.

    Raises:
        InputError: If there is none.
    """
    path = os.path.join(folder, MANIFEST)
    try:
        with open(path, "rb") as file:
            yield from (json.loads(line) for line in file if line.endswith(b"\n"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; name a folder that newsclean bulk wrote") from None


def _check_folder(folder: str, is_resumed: bool) -> None:
    """Make sure that a run may begin or go on in a folder."""
    if os.path.exists(os.path.join(folder, MANIFEST)):
        if not is_resumed:
            raise ConfigError(f"{folder}: holds a run already: go on with it by --resume, or choose another folder")
    elif os.path.isdir(folder) and os.listdir(folder):
        raise ConfigError(f"{folder}: is not empty, and holds no run to go on with: choose another folder")


def _is_same(path: str, entry: dict[str, Any]) -> bool:
    """Tell whether an input is what was cleaned; it is read only where its time or size has changed."""
    if state_of(path).items() <= entry.items():
        return True
    return bool(identity_of(path)["sha256"] == entry["sha256"])


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _lock(file: IO[bytes], folder: str) -> None:
    """Keep other runs out of a folder until the file is closed; where the system cannot, go without."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        return
    try:
        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        raise ConfigError(
            f"{folder}: another run is at work there: wait for its end, or choose another folder"
        ) from None
    except OSError:  # some network file systems have no locks
        return
