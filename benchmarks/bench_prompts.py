"""
What the index of prompts costs: with the patterns that there are, and with ten times as many.

    pytest benchmarks/bench_prompts.py --benchmark-sort=name
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.texts import articles
from newsclean.prompting.index import Form, Index

TEXTS = [(text, text.split("\n")) for text in articles(0.5, dirt=0.02)]


def grown(times: int) -> Index:
    """Return the index with copies of all its forms under words that no article has."""
    index = Index()
    for table in (index.first, index.last, index.bracket):
        rows = [(word, seconds, form) for word, packed in table.packed.items() for seconds, form in packed]
        for copy in range(times - 1):
            for word, seconds, form in rows:
                made = Form(f"{form.rule}-{copy}", form.kind, form.shape, form.exact, form.template)
                table.add(f"{word}x{copy}={seconds}", made)
    return index


@pytest.mark.parametrize("times", [1, 10])
def test_looking_up(benchmark: Callable[..., object], times: int) -> None:
    """Look up every line of every article; the two rows should be alike."""
    index = grown(times)
    benchmark(lambda: [index.suspects(text, lines) for text, lines in TEXTS])
