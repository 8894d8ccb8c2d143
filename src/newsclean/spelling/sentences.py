"""Two sentences with no space between them: "as he said.The rest"."""

from __future__ import annotations

import re
from collections.abc import Iterator

SENTENCE_END = r"\.[\"”’)]?(?=[A-Z])"  # matches ".”" in "he said.”The"
LAST = r"(?:\A|[\s\"“‘'’(—–-])([a-z]{2,})\Z"  # matches " said" at the end of "he said"
FIRST = r"[A-Z][a-z]*(?=[\s,’']|\Z)"  # matches "The" in "The rest"

STARTERS = frozenset({"a", "an", "as", "at", "he", "i", "in", "it", "my", "no", "on", "one", "so", "to", "two", "we"})


def ends_of_sentences(text: str) -> Iterator[tuple[int, str]]:
    """
    Yield where the point at the end of a sentence has no space behind it, and the point with its quotation mark.

    What begins there is a small word or a well-known name: "time.Sleep" is something that programs do.

    >>> list(ends_of_sentences("as he said.The rest is on example.com. Call time.Sleep or leave.” Trump"))
    [(10, '.')]
    """
    from newsclean.spelling.joins import is_well_known, small_words  # of no use to a text that has no such place
    from newsclean.spelling.vocabulary import LONGEST, vocabulary

    for end in re.finditer(SENTENCE_END, text):
        last = re.search(LAST, text[max(0, end.start() - LONGEST - 1) : end.start()])
        first = re.compile(FIRST).match(text, end.end())
        if last and first and vocabulary().knows(last[1]):
            word = first[0].lower()
            if word in STARTERS or word in small_words() or is_well_known(word):
                yield end.start(), end[0]
