"""
What the index of prompts costs: with the patterns that there are, and with ten times as many.

    pytest benchmarks/bench_prompts.py --benchmark-sort=name
"""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.texts import articles
from newsclean.prompting.index import Form, Index
from newsclean.prompting.model import model
from newsclean.prompting.screen import Screen

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
def test_looking_up(benchmark: Any, times: int) -> None:
    """Look up every line of every article, behind a screen that has seen one of them; the two rows should be alike."""
    benchmark.pedantic(look_up, setup=lambda: (opened(times), {}), rounds=20)


def opened(times: int) -> tuple[Index, Screen]:
    """Return a grown index that has sorted its words, and the screen in front of it."""
    index = grown(times)
    screen = Screen(index, model().may_open)
    screen.glance(*TEXTS[0])
    return index, screen


def look_up(index: Index, screen: Screen) -> None:
    """Look up every line of every article."""
    for text, lines in TEXTS:
        for number in screen.glance(text, lines).suspects:
            index.forms(lines[number])
