"""Documents counted by what they have, within bounds, so that memory does not grow with the corpus."""

from __future__ import annotations

from newsclean.learning.seen import Example

MOST_KEYS = 200_000
"""Things of one kind that are counted at a time; beyond it the rarest are let go."""

EXAMPLES = 3
"""Kept of each key."""


class Met:
    """How often something was met, and where."""

    __slots__ = ("documents", "examples", "inside", "score")

    def __init__(self) -> None:
        self.documents = self.inside = 0
        self.score = 1.0
        self.examples: list[Example] = []

    def add(self, example: Example, is_inside: bool = True) -> None:
        """Count a document more."""
        self.documents += 1
        self.inside += is_inside
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


class Counts(dict[tuple[str, str], Met]):
    """
    Documents by what they have, within bounds.

    When there are too many keys, those met least often are let go. A count can then be too low, by `missed` at most,
    which keeps out of the proposals what is spread thin and never what is frequent.

    >>> counts = Counts(most=2)
    >>> for key in "aabcd":
    ...     counts.met((key, "")).add(Example("", "", ""))
    >>> sorted(key for key, _ in counts), counts.missed
    (['a', 'd'], 2)
    """

    def __init__(self, most: int = MOST_KEYS) -> None:
        super().__init__()
        self.missed = 0
        self._most = most

    def met(self, key: tuple[str, str]) -> Met:
        """Return what is known of a key, which is made where it is new."""
        if key not in self and len(self) >= self._most:
            self._let_go()
        return self.setdefault(key, Met())

    def _let_go(self) -> None:
        least = sorted(met.documents for met in self.values())[(len(self) - 1) // 2]
        for key in [key for key, met in self.items() if met.documents <= least]:
            del self[key]
        self.missed += least
