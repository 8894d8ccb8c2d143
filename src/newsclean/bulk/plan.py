"""What is to be done: which shards, what to do to each row, where it all goes; and the digest of what decides it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from newsclean import editlog
from newsclean.bulk.cleaning import Work
from newsclean.bulk.formats import KINDS, SUFFIXES, Format, format_named, format_of, stem_of
from newsclean.errors import ConfigError, InputError
from newsclean.files import walk

MANIFEST, REJECTS = "manifest.jsonl", "rejects.jsonl"

BATCH_ROWS = 256
"""Enough to hide what it costs to pass a batch to a worker; larger batches gained nothing."""


class Shard(NamedTuple):
    """One file of a corpus."""

    path: str
    name: str
    """What the account calls it, and its path in the output folder; parts are joined by `/`."""
    form: Format
    output_form: Format
    size: int
    """Bytes on disk."""
    output: str
    """Where it goes when it is clean."""
    log: str
    """Where its edit log goes; empty for none."""


class Plan(NamedTuple):
    """All of a run."""

    shards: tuple[Shard, ...]
    folder: str
    """Where the clean shards go."""
    work: Work = Work()
    rows: int = BATCH_ROWS
    """Rows of a batch; the result does not depend on it."""

    def folders(self) -> set[str]:
        """Return every folder that something is written in."""
        files = {path for shard in self.shards for path in (shard.output, shard.log) if path}
        return {self.folder, *map(os.path.dirname, files)}


def plan(inputs: Iterable[str], folder: str, work: Work, logs: str = "", rows: int = BATCH_ROWS) -> Plan:
    """
    Find the shards of the inputs and lay down what becomes of each.

    Args:
        inputs: Files, and folders, of which every file is taken whose name tells a format.
        folder: Where the clean shards go, those of a folder under the path that they have in it; empty to look alone.
        work: What is done to each row.
        logs: Where the edit logs go; empty for none.
        rows: Rows of a batch.

    Raises:
        ConfigError: If two shards would get one name, the output folder lies among the inputs, or there is no such
            format to write.
        InputError: If an input is not there or its format not known.
    """
    shards: dict[str, Shard] = {}
    for path, inside in _files(inputs, folder):
        shard = _shard(path, inside, folder, logs, work.to)
        if shard.name in (MANIFEST, REJECTS):
            raise ConfigError(f"{shard.path}: would be written as {shard.name}, which the account is; rename it")
        if shard.name in shards and not os.path.samefile(shards[shard.name].path, shard.path):
            raise ConfigError(
                f"{shards[shard.name].path} and {shard.path} would both be written as {shard.name}: "
                "give the folder that holds both, or one output folder each"
            )
        shards[shard.name] = shard
    return Plan(tuple(shards.values()), folder, work._replace(logged=bool(logs)), rows)


def shards(inputs: Iterable[str]) -> Iterator[Shard]:
    """
    Yield the shards of inputs that are to be read alone.

    Raises:
        InputError: If an input is not there or its format not known.
    """
    for path in inputs:
        if os.path.isdir(path):
            yield from (_shard(each, os.path.relpath(each, path)) for each in _inside(path))
        else:
            yield _shard(path, os.path.basename(path))


def passed_over(inputs: Iterable[str]) -> list[str]:
    """
    Return what is in folders of the inputs and no shard, for its name tells no format that is known.

    Links to folders are among that: they are not gone into.
    """
    found = (each for folder in filter(os.path.isdir, inputs) for each in walk(folder, ("",), False, links=True))
    return [each for each in found if not format_of(each)]


def _inside(folder: str) -> list[str]:
    """Return the files of a folder that are shards."""
    found = [each for each in walk(folder, SUFFIXES, is_ignored=False, links=True) if format_of(each)]
    if not found:
        raise InputError(f"{folder}: holds no file of a known format ({', '.join(KINDS)})")
    return found


def _files(inputs: Iterable[str], folder: str) -> Iterator[tuple[str, str]]:
    """Yield each file with its path in the output folder."""
    for path in inputs:
        if os.path.isdir(path):
            if folder:
                _check_apart(path, folder)
            yield from ((each, os.path.relpath(each, path)) for each in _inside(path))
        else:
            if folder:
                _check_apart(os.path.dirname(path) or ".", folder, inside=False)
            yield path, os.path.basename(path)


def _shard(path: str, inside: str, folder: str = "", logs: str = "", to: str = "") -> Shard:
    if not os.path.exists(path):
        stdin = "; standard input is none: its texts need a file that tells their format" if path == "-" else ""
        raise InputError(f"{path}: there is no such file or folder{stdin}")
    form = format_of(path)
    if form is None:
        raise InputError(f"{path}: its name tells no format that is known: {', '.join(KINDS)}, some with .gz or .zst")
    try:
        size = os.stat(path).st_size
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    output_form = format_named(to) if to else form
    if to:
        inside = f"{stem_of(inside)}.{to.removeprefix('.')}"
    log = os.path.join(logs, inside) + editlog.SUFFIX if logs else ""
    return Shard(path, inside.replace(os.sep, "/"), form, output_form, size, os.path.join(folder, inside), log)


def _check_apart(source: str, folder: str, inside: bool = True) -> None:
    """
    Make sure that the output goes elsewhere.

    Raises:
        ConfigError: If it would go over the input or, where that is a folder that is walked, among it.
    """
    here, there = os.path.realpath(source), os.path.realpath(folder)
    if there == here or (inside and os.path.commonpath((here, there)) == here):
        raise ConfigError(f"the output folder {folder} is, or lies in, that of the input, {source}: choose another")


def versions() -> dict[str, str]:
    """Return the versions of what decides the output besides the options: our code and data, and ftfy's code."""
    from importlib.metadata import version

    import newsclean

    return {"code": newsclean.__version__, "data": newsclean.data_version, "ftfy": version("ftfy")}


def digest_of(made: Plan) -> str:
    """
    Return the digest of all that decides the output for an input: options, columns, formats, versions.

    Runs with equal digests give equal output, whatever the number of processes and the size of the batches.
    """
    return sha256(f"{versions()} {made.work!r}".encode()).hexdigest()
