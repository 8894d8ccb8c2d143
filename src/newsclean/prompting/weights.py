"""
The weights of the model of prompts, read as far as lines ask for them.

They lie in `dictionaries/prompts/weights.tsv`, sorted, so that all features which begin with the same word stand
together. A word's are read when a line first has it; a start pays for the words of its lines alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from newsclean.resources import SortedTable

OPENING = "^ "
"""How features begin that begin a line: so many that they are read by their second word."""

ALWAYS = (("*", "+"), ("<", "?"))
"""From where to where the rows stand that nearly every line needs: thresholds and traits."""

MOST_WORDS = 500
"""Words that are read one by one. All rows take the time of some more."""


class Weights:
    r"""
    Hundredths of a logit by feature.

    Args:
        known: Those that need not be read.
        table: Where to read the others.

    >>> from newsclean.resources import table
    >>> weights = Weights({}, table("prompts/weights.tsv"))
    >>> weights.of({"newsletter", "^ newsletter"})["newsletter"] > 0
    True
    """

    def __init__(self, known: Mapping[str, int], table: SortedTable | None = None) -> None:
        self._known = dict(known)
        self._table = table
        self._words: set[str] = set()
        if table:
            for first, last in ALWAYS:
                self._known |= parsed(table.between(first, last))

    def __getitem__(self, feature: str) -> int:
        """Return the weight of a threshold or of what every line has."""
        return self._known[feature]

    def of(self, found: Collection[str]) -> Mapping[str, int]:
        """Return weights by feature that have those of all these features."""
        if self._table:
            new = {_beginning(feature) for feature in found} - self._words
            if len(self._words) + len(new) > MOST_WORDS:
                self._known |= parsed(self._table.between())
                self._table = None
                return self._known
            for word in new:
                self._known |= parsed(self._table.between(f"{word}\t", f"{word}!"))
            self._words |= new
        return self._known


def _beginning(feature: str) -> str:
    """Return what features begin with that are read together."""
    start = len(OPENING) if feature.startswith(OPENING) else 0
    end = feature.find(" ", start)
    return feature if end < 0 else feature[:end]


def parsed(rows: str) -> dict[str, int]:
    r"""
    Return the weights that rows have.

    >>> parsed("*alone\t-210\nsign up\t95\n")
    {'*alone': -210, 'sign up': 95}
    """
    cells = rows.removesuffix("\n").replace("\n", "\t").split("\t") if rows else ()
    return dict(zip(cells[::2], map(int, cells[1::2]), strict=True))
