"""
Each stage and the whole chain, beside ftfy.fix_text on the same text in the same run.

    pytest benchmarks/bench_chain.py --benchmark-sort=name
"""

from __future__ import annotations

from collections.abc import Callable

import ftfy
import pytest

from benchmarks.texts import articles
from newsclean import Cleaner, Options
from newsclean.options import STAGES

TEXTS = {
    "ascii": articles(0.5, curly=False),
    "typical": articles(0.5, dirt=0.02),
    "dirty": articles(0.2, dirt=0.5),
}
CLEANERS: dict[str, Callable[[str], object]] = {
    **{stage: Cleaner(Options(only=(stage,))).explain for stage in STAGES},
    "chain": Cleaner().explain,
    "ftfy": ftfy.fix_text,
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("cleaner", CLEANERS)
def test_throughput(benchmark: Callable[..., object], cleaner: str, text: str) -> None:
    """Clean every article once; compare rows of one text only."""
    benchmark.group = text  # type: ignore[attr-defined]
    benchmark.extra_info["megabytes"] = sum(len(a.encode()) for a in TEXTS[text]) / 1e6  # type: ignore[attr-defined]
    benchmark(lambda: [CLEANERS[cleaner](article) for article in TEXTS[text]])
