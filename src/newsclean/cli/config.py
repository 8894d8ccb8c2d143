"""`newsclean config`: what is configured and where, and the completion of shells."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import TYPE_CHECKING, Any

from newsclean.cli.console import FAILED, complain, say
from newsclean.cli.parsers import bare_parser
from newsclean.errors import NewscleanError
from newsclean.options import Options
from newsclean.syntax.prose import SYNTAXES, syntax_of

if TYPE_CHECKING:
    from newsclean.config import Config

DESCRIPTION = """\
Tell what holds for a file: each option that differs from the defaults of the library, and the file that says so.
"""


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    made = bare_parser("newsclean config", DESCRIPTION)
    made.add_argument("path", nargs="?", metavar="PATH", default="article.md", help="default: some Markdown file here")
    made.add_argument("--syntax", choices=SYNTAXES, help="default: as the name says")
    made.add_argument("--completion", choices=("bash", "zsh", "tcsh"), help="print the completion of a shell instead")
    options = made.parse_args(arguments)
    if options.completion:
        return _completion(options.completion)
    from newsclean.config import defaults_for, find

    try:
        syntax = options.syntax or syntax_of(options.path)
        found = find(os.path.dirname(os.path.abspath(options.path)))
        settings = found.settings(options.path, syntax)
    except NewscleanError as error:
        complain(str(error))
        return FAILED
    say(f"# configuration: {found.path or 'none found'}")
    say(f"# syntax: {syntax}")
    if settings.is_excluded:
        say(f"# {options.path} is excluded")
    origin = partial(_origin, defaults_for(syntax), [("configured", found.table), *_tables_for(found, options.path)])
    for line in _differing((), settings.options, Options(), origin):
        say(line)
    if settings.front_matter:
        say(f"front_matter = {list(settings.front_matter)!r}")
    return 0


def _differing(where: tuple[str, ...], value: Any, default: Any, origin: Callable[..., str]) -> list[str]:
    """Return a line for each option that is not what it is by default, with where it comes from."""
    lines = []
    for key, old in default._asdict().items():
        here, new = (*where, key), getattr(value, key)
        if hasattr(old, "_fields"):
            lines += _differing(here, new, old, origin)
        elif new != old:
            lines.append(f"{_told('.'.join(here), new)}  # {origin(here, new)}")
    return lines


def _tables_for(found: Config, path: str) -> list[tuple[str, Mapping[str, Any]]]:
    return [(f'per-path."{pattern}"', table) for pattern, table in found.tables_for(path)]


def _origin(
    defaults: Options, tables: list[tuple[str, Mapping[str, Any]]], where: tuple[str, ...], value: object
) -> str:
    """Return which of some tables an option comes from: the last that has it, or what else there is."""
    for name, table in reversed(tables):
        given = _at(table, where)
        if given is not None:
            more = isinstance(value, tuple) and len(value) > len(given)
            return f"{name}, and files of words" if more else name
    return "default for this syntax" if reduce(getattr, where, defaults) == value else "files of words"


def _at(table: Any, where: tuple[str, ...]) -> Any:
    """Return what a table has at the end of a way; None where there is nothing."""
    for key in where:
        table = table.get(key) if isinstance(table, Mapping) else None
    return table


def _told(name: str, value: object) -> str:
    """Return an option as TOML has it; a comment for what is off, which TOML cannot say."""
    if value is None:
        return f"# {name} is off"
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}"
    return f"{name} = {list(value) if isinstance(value, tuple) else value!r}"


def _completion(shell: str) -> int:
    try:
        import shtab
    except ImportError:
        complain("completion needs shtab: pip install 'newsclean[completion]'")
        return FAILED
    from newsclean.cli.clean import parser_of

    say(shtab.complete(parser_of(), shell=shell).rstrip("\n"))
    return 0
