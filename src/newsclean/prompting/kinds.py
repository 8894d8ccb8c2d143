"""
What kind of prompt a line is that only the model takes for one: by its words, whose weights are data.

The weights lie in `dictionaries/prompts/kinds.tsv`, made by `dictionaries/train_prompts.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from newsclean.resources import entries

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

ANY = "*"
"""The word that every line has."""


def kind_of(found: Collection[str]) -> str:
    """
    Return the likeliest kind of a prompt with these features.

    >>> from newsclean.prompting.features import features
    >>> kind_of(features("Sign up for our newsletter")), kind_of(features("Leave a comment"))
    ('newsletter', 'comment')
    """
    weights = _weights()
    rows = [weights[feature] for feature in (ANY, *found) if feature in weights]
    return max(KINDS, key=lambda kind: sum(row.get(kind, 0) for row in rows))


@cache
def _weights() -> Mapping[str, Mapping[str, int]]:
    """Return hundredths of a logit by feature and kind, read once a process."""
    found: dict[str, dict[str, int]] = {}
    for row in entries("prompts/kinds.tsv"):
        feature, kind, weight = row.split("\t")
        found.setdefault(feature, {})[kind] = int(weight)
    return found
