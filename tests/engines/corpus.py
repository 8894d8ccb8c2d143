"""Twenty thousand short articles, some with what goes wrong, and what one process makes of them."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pyarrow as pa
from benchmarks.texts import damaged, sentence

from newsclean.arrow import clean_table
from tests.faults import Faulty

ARTICLES = 20_000

MOST = 2_000
"""Bytes: what none of the articles has, but for those that are to be refused."""

ODD = {100: None, 5_000: "This  one raises.", 10_100: "Too  long. " * 300, 15_000: "", 19_999: None}
"""Rows that are no article."""


@cache
def corpus() -> Any:
    """Return the articles as a table of three columns."""
    random = Random(8)
    texts: list[str | None] = []
    for _ in range(ARTICLES):
        paragraph = " ".join(sentence(random, curly=True) for _ in range(random.randint(2, 4)))
        texts.append(damaged(random, paragraph) if random.random() < 0.3 else paragraph)
    for row, text in ODD.items():
        texts[row] = text
    return pa.table({"id": range(ARTICLES), "text": texts, "tags": [[str(row % 7)] for row in range(ARTICLES)]})


@cache
def expected() -> Any:
    """Return what one process makes of the corpus, with edits and errors."""
    table = clean_table(corpus(), options=Faulty(), edits=True, errors=True, most=MOST)
    refused = [row for row, reason in enumerate(table["text_error"].to_pylist()) if reason]
    assert [5_000, 10_100] == refused
    assert table["text"] != corpus()["text"]
    return table


def rows(table: Any) -> list[dict[str, Any]]:
    """Return the rows of a table in the order of the corpus."""
    return sorted(table.to_pylist(), key=lambda row: row["id"])
