"""What the text itself says about one of its words: where it stands, what stands around it, what else occurs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import compress, count, islice
from string import ascii_letters

from newsclean import resources
from newsclean.spelling.candidates import Candidate, Frequency, is_slip, listed, slip
from newsclean.spelling.pieces import bare, core, pieces_of, words_in
from newsclean.spelling.signs import is_sign
from newsclean.spelling.vocabulary import LONGEST, PROPER, WORD, vocabulary

WINDOW = 300
"""Characters to either side that count as surroundings: a long sentence or two. Keeps one long line linear."""

MOST_UNKNOWN = 3_000
"""Distinct unknown words. A text with more is no article, and judging them would take seconds."""

SHORTEST_NAME = 6
"""Letters of a name that may be a slip for another of the text. Of short ones too many are one letter apart."""

MOST_NAMES = 50
"""Unknown names with one first letter that a name is compared with. A text with more is a list of names."""

FEW_UNKNOWN = 8
"""Distinct unknown words. A text with fewer is English, or too short to tell."""

LONGEST_SYLLABLE = 4
"""Letters of the second part of a Korean or Chinese given name."""

MOST_PLACES = 20
"""Places of one name at which its neighbours are looked at."""

SHORTEST_LISTED = 6
"""Letters of a listed misspelling that tells nothing of dialect or another language ("jist")."""

MOST_QUOTED = 3
"""Pieces round a word that is quoted alone: its quotation marks, and two other words at most."""

APOSTROPHES = ("'", "\N{RIGHT SINGLE QUOTATION MARK}", "\N{LEFT SINGLE QUOTATION MARK}")
QUOTES = (*APOSTROPHES, '"', "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}")
LETTERS = f"{ascii_letters}'\N{RIGHT SINGLE QUOTATION MARK}"
DAMAGE = frozenset('?"\N{REPLACEMENT CHARACTER}')
"""What stands within a word where a letter or an apostrophe has been lost: "Universit?t", 'isn"t'."""

CUT = "])\N{SOFT HYPHEN}"
"""What stands before the rest of a word: "[E]nough", and a hyphen that shows only at the end of a line."""

LETTER_BEFORE = re.compile(r"(?<![\w'’])[b-hj-z] \Z")  # matches "r " of "r eleased"
HYPHENS = ("-", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "\N{EN DASH}")

OPENED = re.compile(r"""(?<!\w)["'“‘](?:[\w$-]+ ){0,2}\Z""")  # matches '"Happy '
CLOSED = re.compile(r"""(?:[.,]|(?: [\w$-]+){1,2})?["'”’](?!\w)""")  # matches '"' and ' completely"'
WORDS = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*")  # matches "don't" and "naïve"
AFTER = re.compile(r" ([A-Za-z]+)")  # matches " of" in " of France"
NAME_BEFORE = re.compile(r"\b([A-Z][a-z.]+) \Z")  # matches "Brent " in "Mr Brent "
TIED_NAME = re.compile(r"\b[A-Z][a-z]+-\Z")  # matches "Kyo-" in "Hwang Kyo-"
DOUBLE_NAME = re.compile(r"\b([A-Z][a-z]+) [A-Z][a-z]+-\Z")  # matches "Tara Palmer-"
NAME_BEHIND = re.compile(r" [A-Z][a-z]")  # matches " Mi" of " Minister"
GIVEN_BEFORE = re.compile(
    r"\b([A-Z][a-z]+)(?:[ -](?:[AaEe]l|[Aa]bdel|[Bb]in|[Ii]bn|[Aa]bu))?[ -]\Z"
)  # matches "Tariq al-"
PARTICLE = re.compile(r"(?:\b[AaEe]l|\b[Aa]bd[eu]l)-\Z|\b(?:al|el|bin|ibn|abu|Abdel|Abdul) \Z")  # matches "al-"
TIED_BEFORE = re.compile(r"([A-Za-z]{2,})-\Z")  # matches "bain-" before "marie"
TIED_BEHIND = re.compile(r"-([A-Za-z]{2,})")  # matches "-marie" behind "bain"
SPELT = re.compile(r"(?:[Mm]is-?|\b)spel(?:t|led)\b[^.\n]*\Z")  # matches "misspelled his surname as "
EXPLAINED = re.compile(r"""["'”’]? [(\[]""")  # matches '" (' behind a foreign word that is explained
SIC = re.compile(r".{0,12}[\[(] ?sic\b", re.IGNORECASE)  # matches ' cat" [sic]'
CODE = re.compile(r"[@#/\\_=<>{}|~^*+$%&]|\w\.\w|\w:\w|\d")  # matches "@", "a/b", "example.com" and "covid19"
SENTENCE_END = re.compile(r"""(?:^|[.!?:;\n\N{BULLET}\N{EM DASH}\N{EN DASH}|>*]|[.,!?]["'”’)])[\s"'“‘(\[-]*\Z""")


class Document:
    """A text, seen from its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = pieces_of(text)
        self._distinct = set(self.pieces)
        self._loud = vocabulary().loud(self._distinct)
        self.unknown = vocabulary().unknown(self._loud)
        self._counts: dict[str, int] = {}

    @cached_property
    def signs(self) -> list[int]:
        """The places of the signs among the pieces of the text."""
        found = set(filter(is_sign, self._loud))
        return list(compress(count(), map(found.__contains__, self.pieces))) if found else []

    def beside(self, at: int) -> tuple[bytes, bytes]:
        """
        Return the pieces before and behind a piece, without marks beside them.

        >>> Document("The prime minster’s").beside(1)
        (b'The', b'minster')
        """
        before, behind = self.pieces[at - 1] if at else b"", self.pieces[at + 1] if at + 1 < len(self.pieces) else b""
        return core(before), core(behind)

    @cached_property
    def words(self) -> set[bytes]:
        """The distinct words of the text, as `words_in` has them: most texts are done before anybody asks for them."""
        return words_in(self._distinct)

    @cached_property
    def size(self) -> int:
        """Return about how many running words the text has."""
        return len(self.text) // 6 + 1

    @property
    def is_article(self) -> bool:
        """Tell whether a text is English, and not so full of unknown words that it is no article."""
        return len(self.unknown) <= MOST_UNKNOWN and not self.is_foreign

    @cached_property
    def strangeness(self) -> float:
        """Return about which share of its distinct words is unknown; less for a short text, which tells little."""
        return len(self.unknown) / (len(self.words) + 50)

    def places(self, word: str) -> Iterator[int]:
        """
        Yield where a word stands by itself.

        >>> list(Document("ab cab ab's ab-c abc 7ab ab").places("ab"))
        [0, 7, 12, 25]
        """
        text, at, length = self.text, -1, len(word)
        while (at := text.find(word, at + 1)) >= 0:
            before, after = text[at - 1 : at] if at else "", text[at + length : at + length + 1]
            if not (before.isalnum() or after.isalnum() or before == "_" or after == "_"):
                yield at

    def count(self, word: str) -> int:
        """Return how often a word stands in the text in exactly this case, up to twenty."""
        count = self._counts.get(word)
        if count is None:
            raw = word.encode()
            is_there = raw in self.words or raw + b"'s" in self.words
            count = self._counts[word] = sum(1 for _ in islice(self.places(word), 20)) if is_there else 0
        return count

    def alike(self, name: str) -> list[Candidate]:
        """
        Return the unknown names of the text that are one slip away from one that occurs once, and occur more often.

        >>> [c.word for c in Document("Ostrovar and Ostrovar met Ostrvoar.").alike("Ostrvoar")]
        ['ostrovar']
        """
        if len(name) < SHORTEST_NAME or not name.istitle():
            return []
        lower = name.lower()
        others = (n.lower() for n in self._names.get(name[0], ())[:MOST_NAMES] if abs(len(n) - len(name)) < 2)
        near = [n for n in others if n != lower and is_slip(n, lower) and not listed(n)]
        if not near or self.count(name) > 1:
            return []
        return [Candidate(n, *slip(n, lower), Frequency(0, 0)) for n in near if self.count(n.title()) > 1]

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Return the unknown names of the text by their first letter."""
        names: dict[str, list[str]] = {}
        for word in self.unknown:
            if word.istitle() and word.isascii() and word.isalpha():
                names.setdefault(word[0], []).append(word)
        return names

    @cached_property
    def is_foreign(self) -> bool:
        """
        Whether a text with many unknown words lacks the small ones that hold English together.

        A cheap answer for whole texts. In a mixed one each place is looked at by itself.

        >>> Document("O ministro disse que o governo vai apresentar uma proposta nova ao congresso este ano").is_foreign
        True
        """
        holding = _function_pieces()
        if len(self.unknown) < FEW_UNKNOWN:
            return False
        return len(self.unknown) >= len(self.words) / 4 and len(holding & self.words) < len(self.words) / 12

    def starts_sentence(self, at: int) -> bool:
        """Tell whether a capital at a place may be there because a sentence, a heading or a quotation begins."""
        return SENTENCE_END.search(self.text[max(0, at - 12) : at]) is not None

    def neighbours(self, at: int, word: str) -> tuple[str, str]:
        """
        Return the words before and after a place, in lower case, where nothing but a space stands between.

        >>> Document("The foreign minster of France, who").neighbours(12, "minster")
        ('foreign', 'of')
        """
        text, end = self.text, at + len(word)
        head = text[max(0, at - LONGEST) : at - 1] if text[at - 1 : at] == " " else ""
        before = head[len(head.rstrip(LETTERS)) :]
        after = AFTER.match(text, end, end + LONGEST)
        return bare(before.lower()), after[1].lower() if after else ""

    def is_beside_names(self, at: int, word: str) -> tuple[bool, bool]:
        """
        Tell whether a word with a capital stands before a place, and whether one stands behind.

        >>> Document("Mr Brent Lawlee said").is_beside_names(9, "Lawlee")
        (True, False)
        """
        end = at + len(word)
        head = self.text[max(0, at - LONGEST) : at]
        before = NAME_BEFORE.search(head) if head.endswith(" ") else None
        is_name = before is not None and before[1].lower() not in function_words()
        return is_name, NAME_BEHIND.match(self.text[end : end + 3]) is not None

    def is_beside_particle(self, at: int, word: str) -> bool:
        """
        Tell whether a small word of another language stands beside a place; with a capital it is part of a name.

        >>> Document("the Forum voor Democratie won").is_beside_particle(15, "Democratie")
        True
        """
        before, after = self.neighbours(at, word)
        end = at + len(word) + 1
        is_small = self.text[at - 1 - len(before) : at - 1] == before, self.text[end : end + len(after)] == after
        return (before in particles() and is_small[0]) or (after in particles() and is_small[1])

    def is_explained(self, at: int, word: str) -> bool:
        """
        Tell whether a bracket opens behind a word, or behind the quotation mark that ends with it.

        >>> Document('the show "Perspektive" (outlook) ends').is_explained(10, "Perspektive")
        True
        """
        return EXPLAINED.match(self.text, at + len(word)) is not None

    def is_cut(self, at: int, word: str) -> bool:
        """
        Tell whether a word is part of a larger one or was cut.

        So in "gettin'", "[E]nough", "Universit?t", "econo...", "r eleased" and behind a hyphen that shows only at the
        end of a line.

        >>> Document("We're gettin' there").is_cut(6, "gettin"), Document("'a goverment'").is_cut(3, "goverment")
        (True, False)
        """
        before = f"  {self.text[max(0, at - 2) : at]}"[-2:]
        after = f"{self.text[at + len(word) : at + len(word) + 2]}  "
        if before[1] in CUT or after[0] in "[(…" or after == "..":
            return True
        if before[1] == " " and LETTER_BEFORE.search(self.text[max(0, at - 3) : at]):
            return True
        if (before[1] in DAMAGE and before[0].isalpha()) or (after[0] in DAMAGE and after[1].isalpha()):
            return True
        if before[1] in APOSTROPHES:
            return before[0].isalpha() or len(word) < 5
        return after[0] in APOSTROPHES and (word.endswith("in") or (after[1].isalpha() and after[1] not in "sS"))

    def is_quoted_alone(self, at: int, word: str) -> bool:
        """
        Tell whether a word has quotation marks to itself or with one other, as a joke, a coinage or a title has.

        >>> Document("the great 'Texodus' of 2019").is_quoted_alone(11, "Texodus")
        True
        >>> Document('a cake that said "Happy Brithday" in blue').is_quoted_alone(24, "Brithday")
        True
        """
        before = OPENED.search(self.text[max(0, at - LONGEST) : at])
        after = CLOSED.match(self.text[at + len(word) : at + len(word) + LONGEST])
        if not before or not after:
            return False
        return len(before[0].split() + after[0].split()) <= MOST_QUOTED

    def is_compounded(self, at: int, word: str) -> bool:
        """Tell whether a word is tied to another by a hyphen."""
        end = at + len(word)
        return self.text[max(0, at - 1) : at] in HYPHENS or self.text[end : end + 1] in HYPHENS

    def is_in_name(self, at: int, word: str) -> bool:
        """
        Tell whether a word is part of a name of several, of which hyphens tell: "Hwang Kyo-ahn", "Anna Bell-Marlow".

        >>> Document("met Hwang Kyo-ahn").is_in_name(14, "ahn"), Document("a Beirut-bsaed firm").is_in_name(9, "bsaed")
        (True, False)
        """
        before, end = self.text[max(0, at - 2 * LONGEST) : at], at + len(word)
        if word.islower():
            return len(word) <= LONGEST_SYLLABLE and TIED_NAME.search(before) is not None
        if self.text[end : end + 1] in HYPHENS and self.text[end + 1 : end + 2].islower():
            return self.is_beside_names(at, word)[0]
        double = DOUBLE_NAME.search(before)
        return double is not None and double[1].lower() not in function_words()

    def is_tied_to_strange(self, at: int, word: str) -> bool:
        """
        Tell whether a hyphen ties a word to another unknown one, as in foreign compounds.

        >>> Document("Bake it in a bain-marie.").is_tied_to_strange(13, "bain")
        True
        """
        end = at + len(word)
        before, after = TIED_BEFORE.search(self.text[max(0, at - LONGEST) : at]), TIED_BEHIND.match(self.text, end)
        return any(tied and not vocabulary().knows(tied[1]) for tied in (before, after))

    def is_code(self, at: int, word: str) -> bool:
        """Tell whether a word is part of an address, a handle, a hashtag, a code or a number."""
        end = at + len(word)
        before = f" {self.text[max(0, at - WINDOW) : at]}|".rsplit(None, 1)[-1][:-1]
        after = f"|{self.text[end : end + WINDOW]}".split(None, 1)[0][1:]
        chunk = before + word + after.rstrip(".,;:!?*")
        return CODE.search(chunk.lstrip("*")) is not None

    def is_quoted_as_is(self, at: int, word: str) -> bool:
        """
        Tell whether somebody says that the spelling is not theirs: "a grate [sic] man", "misspelt his name as Karats".

        >>> Document("We misspelled his surname as Karatas.").is_quoted_as_is(29, "Karatas")
        True
        """
        if SPELT.search(self.text[max(0, at - 60) : at]):
            return True
        return SIC.match(self.text[at + len(word) : at + len(word) + 40]) is not None

    def is_english(self, at: int, word: str) -> bool:
        """
        Tell whether the words around a place are English.

        Most must be known words, and where there are enough of them some must be words that hold sentences together.
        """
        start = max(self.text.rfind("\n", 0, at) + 1, at - WINDOW)
        end = self.text.find("\n", at)
        around = self.text[start : min(end if end >= 0 else len(self.text), at + len(word) + WINDOW)]
        words = [bare(found) if "'" in found else found for found in WORDS.findall(around.replace("’", "'"))]
        small = [w for w in words if w.islower()] or [w.lower() for w in words]
        held = sum(map(function_words().__contains__, small))
        strange = sum(not _is_plain(w) and not _is_plain_misspelling(w) for w in small)
        if len(small) < 8:
            return strange <= max(1, len(small) // 2)
        return held >= len(small) / 10 and strange <= len(small) / 4

    def is_another(self, at: int, name: str, meant: str) -> bool:
        """
        Tell whether a name is that of somebody else than one that it is a slip away from, as far as the text shows.

        The other name has another given name wherever it has one, or the Arabic article of this one nowhere.

        >>> text = "Police held Wang Shujin. A court had tried Nie Shubin."
        >>> Document(text).is_another(text.index("Shujin"), "Shujin", "Shubin")
        True
        """
        if name.islower():
            return False
        before = self.text[max(0, at - LONGEST) : at]
        others = [self.text[max(0, place - LONGEST) : place] for place in islice(self.places(meant), MOST_PLACES)]
        if PARTICLE.search(before) and not any(map(PARTICLE.search, others)):
            return True
        given = _given_name(before)
        names = {found for found in map(_given_name, others) if found}
        return bool(given and names and given not in names)

    def is_among_strangers(self, at: int, word: str) -> bool:
        """
        Tell whether other unknown words in lower case stand near: a foreign phrase, dialect, or a code.

        A plain misspelling is no stranger: some sentences have several.
        """
        around = self.text[max(0, at - 45) : at], self.text[at + len(word) : at + len(word) + 45]
        near = WORDS.findall(around[0])[1:][-4:] + WORDS.findall(around[1])[:-1][:4]
        small = (bare(w.replace("’", "'")) for w in near if w[0].islower() and len(w) > 1)
        return sum(not (vocabulary().knows(w) or _is_plain_misspelling(w)) for w in small) >= 2


def _is_plain(word: str) -> bool:
    """Tell whether a word in lower case is one of the language, or a well-known name."""
    kinds = vocabulary().kinds(word)
    return WORD in kinds or PROPER in kinds


def _is_plain_misspelling(word: str) -> bool:
    """Tell whether a list has a word as a misspelling, and it is long enough not to be dialect or another language."""
    return len(word) >= SHORTEST_LISTED and bool(listed(word))


def _given_name(before: str) -> str:
    """Return the given name that a passage ends with; nothing for a title, a role or another word of the language."""
    found = GIVEN_BEFORE.search(before)
    return found[1] if found and WORD not in vocabulary().kinds(found[1]) else ""


@cache
def function_words() -> frozenset[str]:
    """Return the small words that tell English from its neighbours."""
    return frozenset(resources.entries("en/function_words.txt"))


@cache
def particles() -> frozenset[str]:
    """Return the small words of other languages that stand in names and titles."""
    return frozenset(resources.entries("en/particles.txt"))


@cache
def _function_pieces() -> frozenset[bytes]:
    return frozenset(word.encode() for word in function_words())
