"""
What tests share: a command to run, and how many examples the laws get.

Few by default, `ci` and `deep` by --hypothesis-profile.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from newsclean.cli import main

QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=QUIET)
settings.register_profile("ci", max_examples=2000, deadline=None, derandomize=True, suppress_health_check=QUIET)
settings.register_profile("deep", max_examples=10_000, deadline=None, suppress_health_check=QUIET)
settings.load_profile("default")


class Ran(NamedTuple):
    """What a run of the command left."""

    status: int
    out: bytes
    err: str


class Run:
    """Runs the command with some standard input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[bytes]) -> None:
        self._monkeypatch, self._capture = monkeypatch, capture

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Ran:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as error:
            status = int(error.code or 0)
        out, err = self._capture.readouterr()
        return Ran(status, out, err.decode())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    return Run(monkeypatch, capsysbinary)
