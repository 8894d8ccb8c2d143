"""`newsclean config`: what is configured and where, and the completion of shells."""

from __future__ import annotations

import os

from newsclean.cli.console import FAILED, complain, say
from newsclean.cli.parsers import bare_parser
from newsclean.errors import NewscleanError
from newsclean.options import Options
from newsclean.syntax.prose import SYNTAXES, syntax_of

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
    from newsclean.config import find

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
    for line in _differing("", settings.options, Options(), found.table):
        say(line)
    if settings.front_matter:
        say(f"front_matter = {list(settings.front_matter)!r}")
    return 0


def _differing(where: str, value: object, default: object, table: object) -> list[str]:
    lines = []
    for key, old in zip(getattr(default, "_fields", ()), default, strict=True):  # type: ignore[call-overload]
        new = getattr(value, key)
        inside = table.get(key) if isinstance(table, dict) else None
        if hasattr(old, "_fields"):
            lines += _differing(f"{where}{key}.", new, old, inside)
        elif new != old:
            origin = "configured" if inside is not None else "default for this syntax, or a per-path table"
            lines.append(f"{_told(where + key, new)}  # {origin}")
    return lines


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
