"""Two sentences with no space between them: "as he said.The rest"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.resources import entries
from newsclean.spelling.vocabulary import LONGEST, vocabulary

SENTENCE_END = r"\.[\"”’)]?(?=[A-Z])"  # matches ".”" in "he said.”The"
LAST = r"(?:\A|[\s\"“‘'’(—–-])([a-z]{2,})\Z"  # matches " said" at the end of "he said"
FIRST = r"[A-Z][a-z]*(?=[\s,’']|\Z)"  # matches "The" in "The rest"


def ends_of_sentences(text: str) -> Iterator[tuple[int, str]]:
    """
    Yield where the point at the end of a sentence has no space behind it, and the point with its quotation mark.

    What begins there is a small word or a well-known name: "time.Sleep" is something that programs do.

    >>> list(ends_of_sentences("as he said.The rest is on example.com. Call time.Sleep or leave.” Trump"))
    [(10, '.')]
    """
    for end in re.finditer(SENTENCE_END, text):
        last = re.search(LAST, text[max(0, end.start() - LONGEST - 1) : end.start()])
        first = re.compile(FIRST).match(text, end.end()) if last else None
        if last and first and _run_together(last[1], first[0].lower()):
            yield end.start(), end[0]


def _run_together(last: str, first: str) -> bool:
    """Tell whether a word ends a sentence and another, in lower case, is of the kind that begins the next."""
    from newsclean.spelling.joins import is_well_known, small_words  # of no use to a text that has no such place

    if not vocabulary().knows(last):
        return False
    return first in entries("en/starters.txt") or first in small_words() or is_well_known(first)
