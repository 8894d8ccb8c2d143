"""
Engines at work: workers and nodes of their own, twenty thousand articles, and things that go wrong.

Each engine has an environment of its own, which `.ci/engine NAME` makes. A run of all tests takes what is installed
and says what it left out; with NEWSCLEAN_ENGINE=NAME in the environment, an engine that is missing is a failure.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import pytest


def engine(name: str, module: str) -> Any:
    """Return the module of an engine; without it, leave the tests out or fail."""
    if os.environ.get("NEWSCLEAN_ENGINE") == name:
        return import_module(module)
    return pytest.importorskip(module, reason=f"newsclean[{name}] is not installed; .ci/engine {name} runs these")
