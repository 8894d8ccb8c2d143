"""
The cases: tables of texts and what they should become.

One file a stage (`typos.toml` is run through that stage alone) and `chain.toml` for the whole chain.

    [[case]]
    name = "what is being shown"
    text = "before"
    clean = "after"                # the same as text for a negative case
    edits = [[0, 3, "the"]]        # optional: start, end, after
    rules = ["typos/pair"]         # optional: the rules of all parts, in order
    suggestions = []               # optional: start, end, after
    options = { allowed = ["teh"] }   # optional: options of that stage; for chain.toml, options of the whole
    source = "where it was seen, or invented"
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from newsclean.options import STAGES, Options

HERE = Path(__file__).parent


class Case(NamedTuple):
    """One row of a table."""

    id: str
    text: str
    clean: str
    options: Options
    edits: list[list[Any]] | None
    rules: list[str] | None
    suggestions: list[list[Any]] | None


def cases() -> list[Case]:
    """Return every case of every table."""
    return [
        _case(path.stem, row) for path in sorted(HERE.glob("*.toml")) for row in tomllib.loads(path.read_text())["case"]
    ]


def _case(table: str, row: dict[str, Any]) -> Case:
    options = row.get("options", {})
    if table in STAGES:
        options = {"only": [table], **({table: options} if options else {})}
    return Case(
        f"{table}: {row['name']}",
        row["text"],
        row["clean"],
        Options.from_table(options),
        row.get("edits"),
        row.get("rules"),
        row.get("suggestions"),
    )
