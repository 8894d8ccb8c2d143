"""
Compounds that have lost their ending: "home-grow" for "home-grown".

Both parts are words, so that only the compound tells. The list has compounds that end in a participle, and only such
as are no compounds without the ending: "two-tier" and "hand-pick" are, so "two-tiered" and "hand-picked" are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsclean import resources
from newsclean.spelling.vocabulary import LONGEST

SECOND = re.compile(r"-[a-z]+(?![\w-])")  # matches "-grow" in "home-grow"; begins with its rarest letter, to be fast
FIRST = re.compile(r"(?<![\w-])[A-Za-z]+\Z")  # matches "home" at the end of "against home"
ENDINGS = "ed", "n", "d"


def chopped(text: str) -> Iterator[tuple[int, str, str]]:
    """
    Yield where a compound without its ending stands, what stands there, and the whole compound.

    >>> list(chopped("against home-grow terror outfits"))
    [(8, 'home-grow', 'home-grown')]
    """
    for second in SECOND.finditer(text):
        first = FIRST.search(text[max(0, second.start() - LONGEST) : second.start()])
        short = first.group() + second.group() if first else ""
        if short in _whole():
            yield second.end() - len(short), short, _whole()[short]


@cache
def _whole() -> dict[str, str]:
    """Return the compounds by what remains of them without their endings."""
    compounds = resources.entries("en/compounds.txt")
    chopped = ((c.removesuffix(ending), c) for c in compounds for ending in ENDINGS if c.endswith(ending))
    return {rest: compound for rest, compound in chopped if rest not in compounds}
