"""Imports only run down: the floors of docs/architecture.md."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import newsclean

ROOT = Path(newsclean.__file__).parent

FLOORS = [
    {"errors", "log"},
    {"edits"},
    {"decoding", "diff", "resources"},
    {"chain"},
    {"prompting", "repairing", "spelling"},
    {"normalizers"},
    {"options"},
    {"report", "syntax", "workers"},
    {"cleaner", "files"},
    {"arrow", "config", "editlog", "formats"},
    {"newsclean"},
    {"bulk", "engines", "learning", "reviewing"},
    {"cli"},
]
"""From the ground up; the package's own `__init__` is the face, `cli` and `__main__` the roof."""

MAY_OPEN_FILES = {"resources", "files", "bulk"}
NEVER_IMPORTED = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "xmlrpc", "requests"}


def room(path: Path) -> str:
    """Return the room a file belongs to: its folder, or itself."""
    inside = path.relative_to(ROOT)
    name = inside.parts[0].removesuffix(".py")
    return {"__init__": "newsclean", "__main__": "cli"}.get(name, name)


def imported(path: Path) -> set[str]:
    """Return the dotted names a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


FILES = sorted(ROOT.rglob("*.py"))
every_file = pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])


@every_file
def test_imports_run_down(path: Path) -> None:
    """A file imports from its own room and from the floors below it."""
    floor = {name: level for level, names in enumerate(FLOORS) for name in names}
    here = room(path)
    assert here in floor, f"{here} has no floor: give it one in FLOORS, and say why in docs/architecture.md"
    dotted = [name.split(".") for name in imported(path) if name.startswith("newsclean.") or name == "newsclean"]
    rooms = {parts[1] if parts[1:] and parts[1] in floor else "newsclean" for parts in dotted}
    above = {other for other in rooms & set(floor) if other != here and floor[other] >= floor[here]}
    assert set() == above


@every_file
def test_no_file_of_the_package_knows_the_network(path: Path) -> None:
    """Nothing imports what opens a socket."""
    assert set() == {name.split(".")[0] for name in imported(path)} & NEVER_IMPORTED


@every_file
def test_only_three_rooms_open_files(path: Path) -> None:
    """`resources` reads the dictionaries, `files` and `bulk` those of users; nobody else calls open."""
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert room(path) in MAY_OPEN_FILES or "open" not in calls


@pytest.mark.parametrize("path", [path for path in FILES if room(path) == "normalizers"], ids=lambda path: path.stem)
def test_a_normalizer_sees_no_other(path: Path) -> None:
    """A normalizer imports no other one, and never the chain."""
    others = {p.stem for p in FILES if room(p) == "normalizers" and p != path}
    names = {name for name in imported(path) if name.startswith("newsclean.")}
    assert "newsclean.chain" not in names
    assert set() == {name.split(".")[2] for name in names if name.startswith("newsclean.normalizers.")} & others
