"""
Configuration: what a repository asks for.

The nearest `newsclean.toml`, or `pyproject.toml` with a table `[tool.newsclean]`, from the folder of a file up to the
root of its repository. The keys are those of `Options`, and besides:

    include, exclude    patterns as in .gitignore: what a folder gives, and what is passed over;
                        without `include` it gives all but licences and what programs read, such as robots.txt
    front_matter        keys of the front matter whose values are prose, such as title and description
    words               files of words, counted from here: those of `newsclean-allowed.txt` are always read
    per-path."a/**"     a table for the files that match; its keys go before the others

A file of words has one a line: it is left alone; or a correction, as in "wrong -> right". Behind "#" is a comment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from newsclean.errors import ConfigError, NewscleanError
from newsclean.files import read
from newsclean.options import Options, Settings, chain_for, nearest, with_words
from newsclean.syntax.content import CONTENT

NAMES = ("newsclean.toml", ".newsclean.toml", "pyproject.toml")
ALLOWED = "newsclean-allowed.txt"
FOR_MACHINES = re.compile(
    r"[A-Z-]*LICEN[CS]ES?(?![a-z]).*|(?:COPYING|COPYRIGHT|NOTICE|PATENTS)(?![a-z]).*"
    r"|(?:un|mit-)?licen[cs]e\.\w+|CMakeLists\.txt|(?:[\w.]+-)?(?:requirements|constraints)(?:-\w+)?\.txt"
    r"|(?:robots|humans|ads|app-ads|security|llms|llms-full)\.txt|.+\.(?:rst|adoc|asciidoc|md|org|tex)\.txt"
)  # matches "LICENSE-MIT.txt", "requirements-dev.txt", "robots.txt" and "index.rst.txt"
"""Files that are no articles, by name: texts of the law, and what programs read. They need to be in `include`."""

OWN = ("include", "exclude", "front_matter", "words", "per-path")


class Config(NamedTuple):
    """A configuration as it was read."""

    path: str = ""
    """The file it was read from; empty where there is none."""
    root: str = ""
    """The folder that its patterns count from."""
    table: Mapping[str, Any] = {}
    words: tuple[str, ...] = ()
    """The entries of the file of words beside it."""

    def settings(self, path: str, syntax: str) -> Settings:
        """
        Return what holds for a file.

        Raises:
            ConfigError: If a key is unknown or a value of the wrong kind; the message names the file.
        """
        inside = self._inside(path)
        table: dict[str, Any] = {key: value for key, value in self.table.items() if key != "per-path"}
        try:
            for each in _tables(self.table).values():
                Options.from_table(_of_options(each))
            for _, each in self.tables_for(path):
                table = _joined(table, each)
            options = Options.from_table(_of_options(table), defaults_for(syntax))
            files = [os.path.join(self.root, name) for name in _strings(table, "words")]
            options = with_words(options, (*self.words, *(word for file in files for word in words_of(file))))
            chain_for(options)  # which knows the names of stages and rules
            front_matter = _strings(table, "front_matter")
            exclude, include = _strings(table, "exclude"), _strings(table, "include")
        except NewscleanError as error:
            raise ConfigError(f"{self.path or self.root}: {error}") from None
        is_given = matches(include, inside) if include else not FOR_MACHINES.fullmatch(os.path.basename(path))
        return Settings(options, front_matter, matches(exclude, inside) or not is_given)

    def tables_for(self, path: str) -> list[tuple[str, Mapping[str, Any]]]:
        """
        Return the tables `per-path` that hold for a file, each with its pattern; a later one goes before an earlier.

        Raises:
            ConfigError: If there is something else in their place.
        """
        inside = self._inside(path)
        return [(pattern, table) for pattern, table in _tables(self.table).items() if matches([pattern], inside)]

    def _inside(self, path: str) -> str:
        """Return a path as the patterns have it."""
        return os.path.relpath(os.path.abspath(path), self.root) if self.root else path


def defaults_for(syntax: str) -> Options:
    """Return the options that hold where nothing is configured."""
    return Options() if syntax == "text" else CONTENT


def find(folder: str) -> Config:
    """
    Return the configuration that holds in a folder: the nearest one, no farther than the root of the repository.

    Where there is neither, the nearest file of words holds.

    Raises:
        ConfigError: If it is not TOML.
    """
    return _find(os.path.abspath(folder))


@cache
def _find(folder: str) -> Config:
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            found = load(path)
            if found.table or name != "pyproject.toml":
                return found
    above = os.path.dirname(folder)
    if above == folder or os.path.exists(os.path.join(folder, ".git")):
        return Config("", folder, {}, _beside(folder)) if above != folder else Config()
    found = _find(above)
    return found if found.root or not (words := _beside(folder)) else Config("", folder, {}, words)


def load(path: str) -> Config:
    """
    Read one configuration file.

    Raises:
        ConfigError: If it is not TOML.
        InputError: If it cannot be read.
    """
    from tomllib import TOMLDecodeError, loads

    try:
        table = loads(read(path).decode("utf-8-sig"))
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    for name in ("tool", "newsclean") if os.path.basename(path) == "pyproject.toml" else ():
        table = table.get(name, {})
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: {name} is {table!r}; it must be a table, [tool.newsclean]")
    root = os.path.dirname(os.path.abspath(path))
    return Config(path, root, table, _beside(root))


def matches(patterns: Iterable[str], path: str) -> bool:
    """
    Tell whether a path matches patterns of the kind that .gitignore has.

    >>> matches(["content/de/**", "*.tmp"], "content/de/a/b.md"), matches(["/a"], "b/a")
    (True, False)
    """
    patterns = tuple(patterns)
    return bool(patterns) and bool(_spec(patterns).match_file(path))


@cache
def _spec(patterns: tuple[str, ...]) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


@cache
def words_of(path: str) -> tuple[str, ...]:
    """
    Return the entries of a file of words.

    Raises:
        ConfigError: If a line is neither a word nor a correction; the message tells which.
        InputError: If the file cannot be read.
    """
    found = []
    for number, line in enumerate(read(path).decode("utf-8-sig", "replace").splitlines(), 1):
        if entry := line.partition("#")[0].strip():
            try:
                with_words(Options(), (entry,))
            except ConfigError as error:
                raise ConfigError(f"{path}:{number}: {error}") from None
            found.append(entry)
    return tuple(found)


def _beside(folder: str) -> tuple[str, ...]:
    path = os.path.join(folder, ALLOWED)
    return words_of(path) if os.path.isfile(path) else ()


def _tables(table: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    value = table.get("per-path", {})
    if not isinstance(value, Mapping) or not all(isinstance(each, Mapping) for each in value.values()):
        raise ConfigError('per-path must hold a table for each pattern, as in [per-path."content/de/**"]')
    return value


def _of_options(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys that are options of the chain; an unknown one is told with the nearest of all."""
    known = (*Options._fields, *OWN)
    for key in table:
        if key not in known:
            raise ConfigError(f"there is no option {key!r}; {nearest(key, list(known))}")
    return {key: value for key, value in table.items() if key not in OWN}


def _strings(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ConfigError(f"{key} is {value!r}; it must be a list of strings")
    return tuple(value)


def _joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one table over another, tables in them joined likewise."""
    out = dict(first)
    for key, value in second.items():
        old = out.get(key)
        out[key] = _joined(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return out
