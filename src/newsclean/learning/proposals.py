"""What is proposed: each thing with its evidence, as a configuration or as a log for the review page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsclean.editlog import as_line
from newsclean.formats import CONTROLS, toml_string
from newsclean.learning.seen import Example

RULES = {"prompt": "prompts/given", "name": "words/name", "correction": "typos/given"}


class Proposal(NamedTuple):
    """Something to tell newsclean, and why."""

    kind: str
    """`prompt`, `name` or `correction`."""
    before: str
    after: str
    """What a correction writes; else empty."""
    documents: int
    """How many documents have it, at least."""
    evidence: str
    score: float
    examples: tuple[Example, ...]


def as_toml(proposals: Iterable[Proposal], texts: int) -> str:
    """Return proposals as a configuration, each with its evidence behind it."""
    by_kind: dict[str, list[str]] = {"prompt": [], "name": [], "correction": []}
    for proposal in proposals:
        before, why = toml_string(proposal.before), " ".join(CONTROLS.sub(" ", proposal.evidence).split())
        entry = f"{before} = {toml_string(proposal.after)}" if proposal.after else f"    {before},"
        by_kind[proposal.kind].append(f"{entry}  # {why}\n")
    out = [f"# What newsclean learn proposes from {texts:,} documents. Strike out what is wrong before you use it.\n"]
    if by_kind["prompt"]:
        out += ["\n[prompts]\nremove = [\n", *by_kind["prompt"], "]\n"]
    if by_kind["name"] or by_kind["correction"]:
        out += ["\n[typos]\n"]
    if by_kind["name"]:
        out += ["allowed = [\n", *by_kind["name"], "]\n"]
    if by_kind["correction"]:
        out += ["\n[typos.corrections]\n", *by_kind["correction"]]
    return "".join(out)


def as_log(proposals: Iterable[Proposal]) -> str:
    """Return proposals as suggestions in an edit log, a line for each example, for the review page."""
    lines: list[str] = []
    for proposal in proposals:
        rest = proposal.documents - len(proposal.examples)
        for number, (left, right, document) in enumerate(proposal.examples):
            row = {"id": document, "rule": RULES[proposal.kind], "start": 0, "end": len(proposal.before)}
            row |= {"before": proposal.before, "after": proposal.after, "score": proposal.score}
            row |= {"note": proposal.evidence, "context": [left, right], "suggested": True}
            lines.append(as_line(row | {"times": 1 + (0 if number else rest)}).decode())
    return "".join(lines)
