"""Normalizers within content: what each of them may do to the prose of a file that people edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from newsclean.chain import Normalizer
from newsclean.edits import Replacement, Rule
from newsclean.normalizers.whitespace import BLANK_LINES, INDENT, LINE_END, RUN, SPACE, ZERO_WIDTH
from newsclean.spelling.vocabulary import vocabulary
from newsclean.syntax.listed import has_listed
from newsclean.syntax.masks import Mask

LAYOUT = frozenset((BLANK_LINES, INDENT, LINE_END, SPACE))
"""Rules about the layout of lines, which in content is syntax or its author's."""

PASTED = frozenset(("ad", "newsletter", "paywall", "scroll"))
"""Kinds of prompts that no author writes into content; the others may be a part of the page and are suggested."""

ASIDE = re.compile(
    r"\s*[(\[](?!\s*see\b)[^()\[\]]+:[^()\[\]]+[)\]]\s*", re.IGNORECASE
)  # matches " (Also read: Storm over the harbour)", and not "(see also: RFC 4291)", as authors write

GIVEN, JOIN = "typos/given", "typos/join"
CERTAIN = frozenset(("typos/listed", GIVEN))
"""Rules that hold in texts about computers, too, where words that no list has are mostly terms and not slips."""

OPTION = re.compile(r"(?:\A|[^\w\s-]|\s)--?\Z")  # matches " -" and "(--"
TYPO = re.compile(r"\btypo\b|\bmis-?spel", re.IGNORECASE)  # matches "Fix typo:" and "misspelled"
SENTENCE = re.compile(r"[.!?:;][\"'”’)\]*_]*\Z")  # matches '."' at the end of '"So be it."'
QUOTES = ("'", '"', "`", "‘", "“", "’", "”")
RUBBISH = re.compile(r" (?<=[^\s.!?:;] ) |[\u200b\ufeff]")  # matches "  " behind a word
COLUMN = frozenset("-–—:#=|→>")
"""Signs that begin a column: the gap before them may be wide in one line of many."""
BREAKS = frozenset("-–—/.,:_=&?#")
"""Signs behind which a space without width lets a line break."""
WIDE_GAP = re.compile(r"\S {3,}\S")  # matches "a    b"

LETTERS = re.compile(r"[^\W\d_]{2,}")  # matches "cut" and "through" of "cut through 2"

FEWEST = 5
"""Words. With fewer a line is an entry of a list, and an odd word in it as likely a term as a slip."""

NEAR = 200
"""Characters. A line that speaks of typos does so not farther from one."""


class Within:
    """
    A normalizer that stays within the prose.

    Args:
        member: The normalizer.
        mask: The text under its mask.
        is_given: Whether the user gave corrections of their own, which hold in texts about computers, too.
    """

    def __init__(self, member: Normalizer, mask: Mask, is_given: bool) -> None:
        self._member, self._mask, self._is_given = member, mask, is_given
        self._shown = ""
        self.name = member.name

    def rules(self) -> Iterator[Rule]:
        """Yield the rules of the member."""
        return self._member.rules()

    @cached_property
    def first(self) -> list[Replacement]:
        """What the member proposes for the text before anything is changed, the mask included."""
        return self._asked(self._mask.seen, self._mask.prose)

    def _asked(self, shown: str, prose: str) -> list[Replacement]:
        """Ask the member, unless a look tells that nothing it may propose for prose would be kept."""
        if self.name == "whitespace" and self._mask.syntax != "text" and not RUBBISH.search(prose):
            return []
        if self.name == "typos" and self._mask.has_code and not self._is_given and not has_listed(shown):
            return []
        return list(self._member.propose(shown))

    def propose(self, text: str) -> Iterator[Replacement]:
        """Yield what the member proposes for prose alone."""
        is_first = text is self._mask.text
        self._shown = self._mask.seen if is_first else self._mask.shown(text)
        proposals = self.first if is_first else self._asked(self._shown, self._mask.prose_of(text))
        if self._mask.syntax == "text":
            return (p for p in proposals if not self._mask.touches(text[p.start : p.end]))
        if self.name == "prompts":
            return _prompts(text, proposals, self._mask)
        if self.name == "whitespace":
            return _spaces(text, proposals, self._mask)
        if self.name == "typos":
            within = (p for p in proposals if not self._mask.touches(text[p.start : p.end]) and not self._is_option(p))
            return (self._weighed(p) for p in within if p.rule in CERTAIN or not self._mask.has_code)
        return (self._meant(p, text) for p in proposals if self._is_damage(p, text[p.start : p.end]))

    def _is_damage(self, proposal: Replacement, before: str) -> bool:
        """Tell whether a repair is within the prose; a lone "Â" before a plain space may be meant."""
        return not self._mask.touches(before) and (bool(proposal.text.strip()) or "\N{NO-BREAK SPACE}" in before)

    def _meant(self, proposal: Replacement, text: str) -> Replacement:
        """Doubt the repair of a letter that touches no other: a text on encodings quotes it."""
        around = text[max(0, proposal.start - 1) : proposal.start] + text[proposal.end : proposal.end + 1]
        if proposal.text.isalpha() and not any(map(str.isalnum, around)):
            return proposal._replace(safe=False, note=f"{proposal.note}; it stands alone".lstrip("; "))
        return proposal

    def _is_option(self, proposal: Replacement) -> bool:
        """Tell whether a word has a dash to itself, as the option of a command has ("-fasynchronous")."""
        before = self._shown[max(0, proposal.start - 3) : proposal.start]
        return proposal.rule != GIVEN and OPTION.search(before) is not None

    def _weighed(self, proposal: Replacement) -> Replacement:
        """
        Doubt a correction on a line that speaks of typos, or of few words; of an identifier; of a word in code.

        What a list has is sure even there.
        """
        if not proposal.safe or proposal.rule == GIVEN:
            return proposal
        before = self._shown[max(0, proposal.start - NEAR) : proposal.start].rpartition("\n")[2]
        behind = self._shown[proposal.end : proposal.end + NEAR].partition("\n")[0]
        if TYPO.search(before) or TYPO.search(behind):
            return proposal._replace(safe=False, note=proposal.note + "; the line is about typos")
        if proposal.rule in CERTAIN:
            return proposal
        if len(LETTERS.findall(before)) + len(LETTERS.findall(behind)) < FEWEST - 1:
            return proposal._replace(safe=False, note=proposal.note + "; a line of few words")
        if proposal.rule == JOIN and _is_identifier(proposal.text):
            return proposal._replace(safe=False, note=proposal.note + "; an identifier")
        if self._shown[proposal.start : proposal.end] in self._mask.words:
            return proposal._replace(safe=False, note=proposal.note + "; it stands outside the prose, too")
        return proposal


def _is_identifier(parted: str) -> bool:
    """
    Tell whether what was parted is written as programs are: behind the first word an ordinary one with a capital.

    >>> _is_identifier("to String"), _is_identifier("in London"), _is_identifier("of the")
    (True, False, False)
    """
    last = parted.split()[-1]
    return last.istitle() and vocabulary().knows(last.lower())


def _prompts(text: str, proposals: list[Replacement], mask: Mask) -> Iterator[Replacement]:
    """
    Yield the removal of prompts, whole lines with a blank line below; one that holds syntax is only suggested.

    So is one whose neighbour is: a header without its headlines is no gain.
    """
    is_bound = [mask.touches(text[p.start : p.end].rstrip("\n")) for p in proposals]
    for i in range(1, len(proposals)):
        if is_bound[i] != is_bound[i - 1] and not text[proposals[i - 1].end : proposals[i].start].strip():
            is_bound[i] = is_bound[i - 1] = True
    reached = 0
    for proposal, bound in zip(proposals, is_bound, strict=True):
        removed = text[proposal.start : proposal.end]
        is_button = proposal.note != "ad" and len(removed.split()) == 1
        is_aside = ASIDE.fullmatch(removed) is not None
        if bound or is_button or not (is_aside or (proposal.note in PASTED and _stands_alone(text, proposal, mask))):
            proposal = proposal._replace(safe=False)
        elif removed.endswith("\n") and not proposal.text:
            proposal = _with_blank(text, proposal)
        start = max(proposal.start, reached)
        if start < proposal.end:
            yield proposal._replace(start=start)
            reached = proposal.end


def _stands_alone(text: str, proposal: Replacement, mask: Mask) -> bool:
    """Tell whether no sentence runs through a proposal: there the line is as its author broke it."""
    start, end = proposal.start, proposal.end
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].rstrip()
    below = text[end:].partition("\n")[0].lstrip()
    is_ended = not LETTERS.search(above) or mask.touches(above[-1:]) or SENTENCE.search(above) is not None
    return is_ended and not below[:1].islower()


def _with_blank(text: str, proposal: Replacement) -> Replacement:
    """Take the blank lines below a removed line along, where one stands above; at the end of the text, those above."""
    start, end = proposal.start, proposal.end
    if start and text[start - 2 : start] != "\n\n":
        return proposal
    while text[end : end + 1] == "\n":
        end += 1
    while end == len(text) and text[start - 2 : start] == "\n\n":
        start -= 1
    return proposal._replace(start=start, end=end)


def _spaces(text: str, proposals: Iterable[Replacement], mask: Mask) -> Iterator[Replacement]:
    """Yield what is rubbish in prose: a gap between two words, a space without width inside one."""
    paragraph, is_aligned = 0, False  # where the one that was read last ends
    for p in proposals:
        before = text[p.start : p.end]
        if p.rule in LAYOUT or mask.touches(before) or mask.touches(text[max(0, p.start - 1) : p.start]):
            continue
        if p.rule == RUN:
            is_meant = text[p.start - 1] in QUOTES and text[p.end : p.end + 1] in QUOTES
            if (
                is_meant
                or mask.syntax == "html"
                or before.strip(" ")
                or text[p.end : p.end + 1] in COLUMN
                or SENTENCE.search(text[max(0, p.start - 5) : p.start])
            ):
                continue
            if p.start >= paragraph:
                first, last = text.rfind("\n\n", paragraph, p.start), text.find("\n\n", p.end)
                paragraph = last if last >= 0 else len(text)
                is_aligned = _is_aligned(text[max(first, 0) : paragraph])
            if is_aligned:
                continue
        if p.rule == ZERO_WIDTH and not _is_stray(text, p, mask.syntax):
            continue
        yield p


def _is_stray(text: str, p: Replacement, syntax: str) -> bool:
    """Tell whether a character without width is in the way, rather than to let a line break, as behind "-"."""
    before = text[p.start : p.end]
    if before.strip("\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"):
        return False
    lets_break = syntax == "html" or text[p.start - 1 : p.start] in BREAKS
    return not (lets_break and "\N{ZERO WIDTH SPACE}" in before)


def _is_aligned(paragraph: str) -> bool:
    """Tell whether wide gaps in several lines, or several in one, make columns."""
    return len(WIDE_GAP.findall(paragraph)) > 1
