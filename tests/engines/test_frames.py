"""The recipes for pandas and Polars in docs/engines.md, run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.engines import engine

pandas = engine("frames", "pandas")
polars = engine("frames", "polars")

PAGE = Path(__file__).parents[2] / "docs" / "engines.md"


def recipe(heading: str) -> str:
    """Return the first block of code below a heading."""
    section = PAGE.read_text().split(f"\n### {heading}\n")[1].split("\n#")[0]
    found = re.search(r"((?:^    .*\n|^\n)+)", section[section.index("\n    ") + 1 :], re.MULTILINE)
    assert found
    return re.sub("^    ", "", found[0], flags=re.MULTILINE)


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write the file that the recipes read, with an index, a null and a column that is left alone."""
    monkeypatch.chdir(tmp_path)
    frame = pandas.DataFrame(
        {"id": [7, 8, 9], "text": ["Rain  fell.", None, "Rain fell."], "day": pandas.to_datetime(["2026-01-01"] * 3)},
        index=["a", "b", "c"],
    )
    frame.to_parquet("raw.parquet")
    return frame


def test_the_recipe_for_pandas(raw: Any) -> None:
    """The frame is clean; index, nulls, types and all other columns are as they were."""
    exec(recipe("pandas"), {})
    found = pandas.read_parquet("clean.parquet")
    assert ["Rain fell.", None, "Rain fell."] == found["text"].astype(object).where(
        found["text"].notna(), None
    ).tolist()
    assert raw.drop(columns="text").equals(found.drop(columns=["text", "text_edits", "text_error"]))
    assert raw.dtypes.to_dict() == found.drop(columns=["text_edits", "text_error"]).dtypes.to_dict()
    assert ["whitespace/run"] == [edit["rule"] for edit in found["text_edits"].iloc[0]]
    assert found["text_error"].isna().all()


@pytest.mark.parametrize("name", ["Polars", "Polars, lazily"])
def test_the_recipes_for_polars(raw: Any, name: str) -> None:
    """The frame is clean; nulls, types and all other columns are as they were."""
    exec(recipe(name), {})
    before, found = polars.read_parquet("raw.parquet"), polars.read_parquet("clean.parquet")
    assert ["Rain fell.", None, "Rain fell."] == found["text"].to_list()
    assert before.drop("text").equals(found.select(before.drop("text").columns))
    assert before.schema == found.select(before.columns).schema
    assert found["text_error"].is_null().all()
