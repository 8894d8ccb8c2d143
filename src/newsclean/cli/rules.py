"""`newsclean rules`: what can fire."""

from __future__ import annotations

from newsclean.cli.console import say
from newsclean.cli.parsers import bare_parser
from newsclean.options import MAKERS, Options

DESCRIPTION = "List every rule: its id, a tab, and what it does. Pass an id to --off to stop it.\n"


def run(arguments: list[str]) -> int:
    """List every rule, in the order of the stages."""
    bare_parser("newsclean rules", DESCRIPTION).parse_args(arguments)
    for make in MAKERS.values():
        for rule in make(Options()).rules():
            say(f"{rule.id}\t{rule.does}")
    return 0
