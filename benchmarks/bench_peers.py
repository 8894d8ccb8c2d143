"""That the comparison with other tools and the scaling run still run; the modules themselves give the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import peers, scaling
from benchmarks.texts import articles


@pytest.mark.filterwarnings("ignore")
def test_every_peer_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each tool has a rate, a row and a bar."""
    monkeypatch.setattr(peers, "ROUNDS", 1)
    monkeypatch.setattr(peers, "BUDGET", 0.2)
    found = peers.rates(articles(0.2, dirt=0.02))
    assert {peer.name for peer in peers.PEERS} == {rate.peer.name for rate in found}
    assert min(rate.megabytes_per_second for rate in found) > 0
    assert len(peers.PEERS) == peers.chart(found).count("<rect") == len(list(peers.table(found))) - 2


def test_a_scaling_run_is_measured(tmp_path: Path) -> None:
    """A small corpus in two processes gives time and memory of each."""
    scaling.make_corpus(tmp_path / "corpus", articles(0.5), 1, 4)
    run = scaling.measured(tmp_path / "corpus", tmp_path / "out", 1, 2)
    assert len(run.processes) >= 3  # multiprocessing has one of its own
    assert all(each.peak > 10 for each in run.processes)
    assert 3 == len(list(scaling.table([run])))
