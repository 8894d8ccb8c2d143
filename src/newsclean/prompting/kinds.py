"""
What kind of prompt a line is that only the model takes for one: by its words, whose weights are data.

The weights lie in `dictionaries/prompts/kinds.tsv`, made by `dictionaries/train_prompts.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from newsclean.resources import table

KINDS = (
    "ad",
    "appeal",
    "comment",
    "cross-reference",
    "furniture",
    "legal",
    "media",
    "newsletter",
    "paywall",
    "scroll",
    "social",
)
"""What a prompt may be. An appeal asks for money or membership; furniture is what a page shows on every article."""

ANY = "every line"
"""Stands for what all lines have in common. With a space in it, it is none of the features that `telling` leaves."""


def kind_of(found: Collection[str]) -> str:
    """
    Return the likeliest kind of a prompt with these features.

    >>> from newsclean.prompting.features import features
    >>> kind_of(features("Sign up for our newsletter")), kind_of(features("Leave a comment"))
    ('newsletter', 'comment')
    """
    rows = [_weights(feature) for feature in (ANY, *telling(found))]
    return max(KINDS, key=lambda kind: sum(row.get(kind, 0) for row in rows))


def telling(found: Collection[str]) -> set[str]:
    """Return the features that tell kinds apart: words as they stand and traits of one word."""
    return {feature for feature in found if " " not in feature and feature[-1] != "-"}


@lru_cache(maxsize=20_000)
def _weights(feature: str) -> Mapping[str, int]:
    """Return the hundredths of a logit of a feature by kind."""
    rows = table("prompts/kinds.tsv").between(f"{feature}\t", f"{feature}\n").split("\n")
    return {kind: int(weight) for _, kind, weight in (row.split("\t") for row in rows if row)}
