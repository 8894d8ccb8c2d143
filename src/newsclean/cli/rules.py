"""`newsclean rules`: what can fire."""

from __future__ import annotations

import argparse

from newsclean.cli.common import say
from newsclean.options import MAKERS, Options


def run(arguments: list[str]) -> int:
    """List every rule, in the order of the stages: its id, a tab, what it does."""
    argparse.ArgumentParser(
        prog="newsclean rules", description="List every rule: its id and what it does. Pass an id to --off to stop it."
    ).parse_args(arguments)
    for make in MAKERS.values():
        for rule in make(Options()).rules():
            say(f"{rule.id}\t{rule.does}")
    return 0
