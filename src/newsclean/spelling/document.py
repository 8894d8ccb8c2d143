"""
What the text itself says about one of its words: where it stands, what stands around it, what else occurs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from newsclean import resources
from newsclean.spelling.vocabulary import PROPER, WORD, bare, vocabulary, words_of

WINDOW = 300
"""Characters to either side that count as surroundings: a long sentence or two. Keeps one long line linear."""

CHUNK = re.compile(r"\S*\Z")  # matches "https://exam" at the end of "see https://exam"
WORDS = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*")  # matches "don't" and "naïve"
SIC = re.compile(r".{0,12}[\[(] ?sic\b", re.IGNORECASE)  # matches ' cat" [sic]'
CODE = re.compile(r"[@#/\\_=<>{}|~^*+$%&]|\w\.\w|\w:\w|\d")  # matches "@", "a/b", "example.com" and "covid19"
SENTENCE_END = re.compile(r"""(?:^|[.!?:;\n\N{BULLET}\N{EM DASH}\N{EN DASH}|>*]|[.,!?]["'”’)])[\s"'“‘(\[-]*\Z""")


class Document:
    """A text, seen from its words."""

    def __init__(self, text: str, words: set[bytes]) -> None:
        self.text = text
        self._words = words

    @cached_property
    def size(self) -> int:
        """Return about how many running words the text has."""
        return len(self.text) // 6 + 1

    def places(self, word: str) -> Iterator[int]:
        """
        Yield where a word stands by itself.

        >>> list(Document("ab cab ab's ab-c abc 7ab ab", set()).places("ab"))
        [0, 7, 12, 25]
        """
        text, at, length = self.text, -1, len(word)
        while (at := text.find(word, at + 1)) >= 0:
            before, after = text[at - 1 : at] if at else "", text[at + length : at + length + 1]
            if not (before.isalnum() or after.isalnum() or before == "_" or after == "_"):
                yield at

    def count(self, word: str) -> int:
        """Return how often a word stands in the text in exactly this case, up to twenty."""
        if word.encode("utf-8", "surrogatepass") not in self._words and word not in self.text:
            return 0
        return sum(1 for _, _ in zip(range(20), self.places(word), strict=False))

    def starts_sentence(self, at: int) -> bool:
        """Tell whether a capital at a place may be there because a sentence, a heading or a quotation begins."""
        return SENTENCE_END.search(self.text[max(0, at - 12) : at]) is not None

    def is_code(self, at: int, word: str) -> bool:
        """Tell whether a word is part of an address, a handle, a hashtag, a code or a number."""
        before = CHUNK.search(self.text[max(0, at - WINDOW) : at])
        end = at + len(word)
        after = re.match(r"\S*", self.text[end : end + WINDOW])
        assert before
        assert after
        chunk = before.group() + word + after.group().rstrip(".,;:!?*")
        return CODE.search(chunk.lstrip("*")) is not None

    def is_quoted_as_is(self, at: int, word: str) -> bool:
        """Tell whether somebody says that the spelling is not theirs: "a grate [sic] man"."""
        return SIC.match(self.text[at + len(word) : at + len(word) + 40]) is not None

    def is_english(self, at: int, word: str) -> bool:
        """
        Tell whether the words around a place are English.

        Most must be known words, and where there are enough of them some must be words that hold sentences together.
        """
        start = max(self.text.rfind("\n", 0, at) + 1, at - WINDOW)
        end = self.text.find("\n", at)
        around = self.text[start : min(end if end >= 0 else len(self.text), at + len(word) + WINDOW)]
        words = [found.replace("’", "'").lower() for found in WORDS.findall(around)]
        if start:
            words = words[1:]
        known = vocabulary()
        held = sum(w in function_words() for w in words)
        strange = sum(not (WORD in kinds or PROPER in kinds) for kinds in map(known.kinds, map(bare, words)))
        if len(words) < 8:
            return strange <= max(1, len(words) // 2)
        return held >= len(words) / 12 and strange <= len(words) / 3

    def is_among_strangers(self, at: int, word: str) -> bool:
        """Tell whether other unknown words in lower case stand near: a foreign phrase, dialect, or a code."""
        around = self.text[max(0, at - 45) : at], self.text[at + len(word) : at + len(word) + 45]
        near = WORDS.findall(around[0])[1:][-4:] + WORDS.findall(around[1])[:-1][:4]
        known = vocabulary()
        return sum(1 for w in near if w[0].islower() and len(w) > 1 and not known.knows(bare(w.replace("’", "'")))) >= 2


def function_words() -> frozenset[str]:
    """Return the small words that tell English from its neighbours."""
    return frozenset(resources.entries("en/function_words.txt"))


def document(text: str) -> Document:
    """Return a text as a document."""
    return Document(text, words_of(text))
