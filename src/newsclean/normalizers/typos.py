from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsclean import resources
from newsclean.edits import Replacement, Rule
from newsclean.spelling.decision import Verdict, cased, weigh
from newsclean.spelling.document import Document
from newsclean.spelling.vocabulary import LONGEST, vocabulary, words_of

PAIR, SLIP, NAME = "typos/pair", "typos/slip", "typos/name"

MOST_UNKNOWN = 3_000
SURE=.95
class TyposOptions(NamedTuple):
    allowed: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


class Typos:
    name = "typos"

    def __init__(self, options: TyposOptions = TyposOptions()) -> None:
        self._options = options

    def rules(self) -> Iterator[Rule]:
        yield Rule(PAIR, "Mends a listed misspelling.")
        yield Rule(SLIP, "Mends a slip")
        yield Rule(NAME, "Mends a name")

    def propose(self, text: str) -> Iterator[Replacement]:
        words = words_of(text)
        unknown = [w for w in vocabulary().unknown(words) if w.isascii() and 3 <= len(w) <= LONGEST and (w.islower() or w.istitle())  and w.isalpha()]
        if not unknown or len(unknown) > MOST_UNKNOWN: return
        doc = Document(text, words)
        found=[]
        for w in unknown:
            for at in doc.places(w):
                r = self.judge(w, at, doc)
                if r: found.append(r)
        yield from sorted(found)

    def judge(self, w, at, doc):
        v = weigh(w, at, doc)
        if not v or v.score < SURE: return None
        rule = PAIR if v.listed else SLIP if w.islower() or doc.starts_sentence(at) else NAME
        if doc.is_code(at, w) or doc.is_quoted_as_is(at, w) or doc.is_among_strangers(at, w) or not doc.is_english(at, w): return None
        b=doc.text[max(0,at-1):at]; a=doc.text[at+len(w):at+len(w)+1]
        if '-' in (a,b) or '\u2013' in (a,b) or b==']' or a == '[' or (w.endswith('in') and a in '\'’' and a): return None
        return Replacement(at, at+len(w), v.word, rule, round(v.score,3), v.slip+str(v.support))
