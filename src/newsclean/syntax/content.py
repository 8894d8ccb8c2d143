"""
Cleaning content: the prose of a file that people edit, and nothing else of it.

The chain reads the whole text, with a mask of equal length over all that is not prose, so normalizers run unchanged and
offsets stay true. A proposal that touches the mask is dropped. What came out is parsed again: where anything but prose
changed, the edit at fault is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain

from newsclean.chain import Chain, Normalizer, Result
from newsclean.edits import Edit, Edits, Offsets, Replacement, Rule, apply, compose, record
from newsclean.log import warn
from newsclean.normalizers.encoding import EncodingOptions
from newsclean.normalizers.line_breaks import LineBreaks
from newsclean.normalizers.prompts import PromptsOptions
from newsclean.normalizers.whitespace import BLANK_LINES, INDENT, LINE_END, RUN, SPACE, ZERO_WIDTH, WhitespaceOptions
from newsclean.options import Options, chain_for, with_words
from newsclean.syntax.listed import has_listed
from newsclean.syntax.prose import Prose, Spans, merged, prose, without, words_in

CONTENT = Options(
    encoding=EncodingOptions(
        unescape_html=False,
        remove_terminal_escapes=False,
        restore_byte_a0=False,
        fix_latin_ligatures=False,
        fix_line_breaks=False,
        normalization=None,
    ),
    prompts=PromptsOptions(strength="listed"),
    whitespace=WhitespaceOptions(keep_no_break_spaces=True),
)
"""
What is safe in text that people wrote and will read the difference of: damage is mended, typography is theirs.

The model of prompts knows pages of news; headings and entries of lists it takes for prompts.
"""

LAYOUT = frozenset((BLANK_LINES, INDENT, LINE_END, SPACE))
"""Rules about the layout of lines, which in content is syntax or its author's."""

TRIES = 8
"""How many edits may be found to be at fault before the whole text is left alone."""

MORE = "left out: it would change more than prose"

BLANK = "_"
"""What the normalizers see in place of code, addresses and the like: neither a word nor the end of a sentence."""

VEILS = {sign: bytes(c if c in b" \t\n" else ord(sign) for c in range(256)) for sign in "()_"}
"""How the bytes of lines that hold no prose are shown: white space as it is, all else as one sign."""

PASTED = frozenset(("ad", "newsletter", "paywall", "scroll"))
"""Kinds of prompts that no author writes into content; the others may be a part of the page and are suggested."""

ASIDE = re.compile(r"\s*[(\[][^()\[\]]+:[^()\[\]]+[)\]]\s*")  # matches " (Also read: Storm over the harbour)"

GIVEN = "typos/given"
CERTAIN = frozenset(("typos/listed", GIVEN))
"""Rules that hold in texts about computers, too, where words that no list has are mostly terms and not slips."""

FRAME = re.compile(r"[\s#>*+|:=~_\d.)\[\]xX!-]*")  # matches "## " and "- [ ] **"
OPENING = str.maketrans({"_": "*", "~": "*", "[": "(", "!": "("})
OPTION = re.compile(r"(?:\A|[^\w\s-]|\s)--?\Z")  # matches " -" and "(--"
TYPO = re.compile(r"\btypo\b|\bmis-?spel", re.IGNORECASE)  # matches "Fix typo:" and "misspelled"
SENTENCE = re.compile(r"[.!?:;][\"'”’)\]*_]*\Z")  # matches '."' at the end of '"So be it."'
QUOTES = ("'", '"', "`", "‘", "“", "’", "”")
CODE = ("`", "~~~", "<code", "<pre", "<kbd", "<samp", "<tt", "<var")
"""Signs of code outside the prose."""
INDENTED = re.compile(r"^    \S", re.MULTILINE)  # matches "    code"
RUBBISH = re.compile(r" (?<=[^\s.!?:;] ) |[\u200b\ufeff]")  # matches "  " behind a word
COLUMN = frozenset("-–—:#=|→>")
"""Signs that begin a column: the gap before them may be wide in one line of many."""
BREAKS = frozenset("-–—/.,:_=&?#")
"""Signs behind which a space without width lets a line break."""
WIDE_GAP = re.compile(r"\S {3,}\S")  # matches "a    b"


NEAR = 200
"""Characters. A line that speaks of typos does so not farther from one."""

SHORT = 40
"""Characters. Shorter pieces between prose are the same few again and again: marks of lists, of emphasis, of links."""


class Content:
    """
    Cleans the prose of one syntax.

    >>> Content("markdown").explain("The `goverment` of the **goverment**, see [it](/goverment).").text
    'The `goverment` of the **government**, see [it](/goverment).'
    """

    def __init__(self, syntax: str, options: Options = CONTENT, front_matter: tuple[str, ...] = ()) -> None:
        self.syntax = syntax
        self.options = options
        self._keys = front_matter
        self._chain = chain_for(options)
        self._is_given = bool(options.typos.corrections)

    def explain(self, text: str) -> Result:
        """
        Return the text with its prose cleaned, every edit and every suggestion; offsets as in `Chain.explain`.

        Raises:
            ConfigError: If the text names words of its own, and one is neither a word nor a correction.
        """
        if "newsclean:" in text and (words := words_in(text)):
            return Content(self.syntax, with_words(self.options, words), self._keys)._explain_breaks(text)
        return self._explain_breaks(text)

    def _explain_breaks(self, text: str) -> Result:
        if "\r" not in text:
            return self._explain(text)
        breaks = record(text, LineBreaks().propose(text))
        plain = apply(text, breaks)
        result = self._explain(plain)
        return Result(result.text, compose(breaks, result.edits), compose(breaks, result.suggestions))

    def _explain(self, text: str) -> Result:
        found = prose(text, self.syntax, self._keys, is_first=True)
        faulty: Spans = []
        left: list[Edit] = []
        for _ in range(TRIES):
            result = self._masked(text, found, faulty)
            if not result.edits:
                break
            wrong = self._at_fault(text, result)
            if wrong is None:
                break
            warn("an edit that would change more than prose was left out: %r -> %r", wrong.before, wrong.after)
            left.append(wrong)
            faulty = sorted([*faulty, (wrong.start, max(wrong.end, wrong.start + 1))])
        else:
            warn("a text, beginning %.40r, was left as it was: cleaning it would change more than its prose", text)
            return Result(text, (), ())
        return _with_suggestions(result, left) if left else result

    def _masked(self, text: str, found: Prose, faulty: Spans) -> Result:
        """Run the chain on the text under its mask."""
        mask = Mask(text, without(found.spans, merged(faulty)) if faulty else found.spans, self.syntax)
        members = [_Within(member, mask, self._is_given) for member in self._chain.normalizers]
        if not any(member.first for member in members):
            return Result(text, (), ())
        result = Chain(members, self._chain.off).explain(mask.text)
        if not result.edits and not result.suggestions:
            return Result(text, (), ())
        edits = tuple(_quoted(edit, text, mask) for edit in result.edits)
        suggestions = tuple(_quoted(edit, text, mask) for edit in result.suggestions)
        return Result(apply(text, edits) if edits else text, edits, suggestions)

    def _at_fault(self, text: str, result: Result) -> Edit | None:
        """Return an edit that changes more than prose, or None."""
        found = prose(text, self.syntax, self._keys)
        if self._keeps_structure(text, found, result.edits):
            return None
        edits = result.edits
        for edit in edits if len(edits) <= 200 else ():
            if not self._keeps_structure(text, found, (edit,)):
                return edit
        low, high = 0, len(edits)  # together they do what none does alone: the first that makes it so
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._keeps_structure(text, found, edits[:middle]) else (low, middle)
        return edits[low]

    def _keeps_structure(self, text: str, found: Prose, edits: Edits) -> bool:
        """Tell whether all but the prose is as it was, save for paragraphs that went as a whole."""
        clean = apply(text, edits)
        offsets = Offsets(edits)
        gone = {
            at
            for at, (start, end) in found.paragraphs.items()
            if not clean[offsets.to_clean(start) : offsets.to_clean(end)].strip()
        }
        expected = [token for at, token in enumerate(found.structure) if at not in gone]
        after = prose(clean, self.syntax, self._keys)
        return expected == after.structure and _outside(text, found.spans) == _outside(clean, after.spans)


def _with_suggestions(result: Result, left: Iterable[Edit]) -> Result:
    """Add edits that were left out to the suggestions, where there is room, each with the reason."""
    kept = list(result.suggestions)
    for edit in left:
        if all(edit.end < other.start or other.end < edit.start for other in (*result.edits, *kept)):
            parts = tuple(part._replace(note=f"{part.note}; {MORE}".lstrip("; ")) for part in edit.parts)
            kept.append(edit._replace(parts=parts))
    return result._replace(suggestions=tuple(sorted(kept)))


def _outside(text: str, spans: Spans) -> str:
    """Return all that is not prose, without its white space."""
    out, at = [], 0
    for start, end in spans:
        out.append(text[at:start])
        at = end
    out.append(text[at:])
    return "".join("".join(out).split())


class Mask:
    """
    A text in which every character that is not prose has a stand-in from a private range.

    Normalizers are shown what each stands for: what frames a line as it is, the rest as something inert.
    """

    def __init__(self, text: str, spans: Spans, syntax: str) -> None:
        self.syntax = syntax
        self._original, self._spans = text, spans
        starts = [*(start for start, _ in spans), len(text)]
        ends = [0, *(end for _, end in spans)]
        self._gaps = [_stand_in(text[end:start]) for end, start in zip(ends, starts, strict=True)]
        self._kept = [text[start:end] for start, end in spans]
        self.seen = _woven(self._gaps, self._kept)
        """The text as normalizers see it before anything is changed."""
        self.prose = _woven(["\n" if gap else "" for gap in self._gaps], self._kept)
        """The prose alone, a line feed in place of all else."""

    @cached_property
    def text(self) -> str:
        """The masked text."""
        stands = {code: chr(self._first + code) for code in range(128) if code != 10}
        return _woven([gap.translate(stands) for gap in self._gaps], self._kept)

    @cached_property
    def _first(self) -> int:
        """The first of the stand-ins, from a range that the text itself does not use."""
        return next(first for first in range(0xF0000, 0xFFF00, 256) if not _uses(self._original, first))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(f"[{chr(self._first)}-{chr(self._first + 127)}]")

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that stand outside the prose."""
        return frozenset(re.findall(r"[A-Za-z]{3,}", _hidden(self._original, self._spans)))

    @cached_property
    def has_code(self) -> bool:
        """Whether the text has code, as texts about computers have."""
        hidden = _hidden(self._original, self._spans)
        return any(sign in hidden for sign in CODE) or INDENTED.search(hidden) is not None

    def shown(self, text: str) -> str:
        """Return the masked text, or a piece of it, as normalizers see it."""
        if text is self.text:
            return self.seen
        return text.translate({self._first + code: chr(code) for code in range(128) if code != 10})

    def prose_of(self, text: str) -> str:
        """Return the prose of a masked text, a line feed in place of each part of the mask."""
        return self._pattern.sub("\n", text)

    def touches(self, text: str) -> bool:
        """Tell whether a piece of the masked text has any of the mask in it."""
        return not text.isascii() and self._pattern.search(text) is not None


def _woven(gaps: list[str], kept: list[str]) -> str:
    """Return gaps and what stands between them as one text."""
    return "".join(chain.from_iterable(zip(gaps, [*kept, ""], strict=True)))


def _uses(text: str, first: int) -> bool:
    return not text.isascii() and re.search(f"[{chr(first)}-{chr(first + 127)}]", text) is not None


def _hidden(text: str, spans: Spans) -> str:
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _stand_in(gap: str) -> str:
    """Return what normalizers are to see of a piece that is not prose, ASCII and of equal length."""
    return _remembered(gap) if len(gap) <= SHORT else _made(gap)


@lru_cache(maxsize=4096)
def _remembered(gap: str) -> str:
    return _made(gap)


def _made(gap: str) -> str:
    if gap == "\n" or not gap:
        return gap
    if FRAME.fullmatch(gap) and not gap.lstrip("*_~").startswith("]"):
        return gap.translate(OPENING).encode("ascii", "replace").decode()
    sign = (
        ")"
        if gap.lstrip("*_~").startswith(("]", "</"))
        else "("
        if gap.startswith("<") and gap[1:2].isalpha()
        else BLANK
    )
    first, last = gap.find("\n"), gap.rfind("\n")
    if first < 0:
        return _line(gap, sign)
    whole = gap[first : last + 1].encode("ascii", "replace").translate(VEILS[sign]).decode()
    return _line(gap[:first], sign) + whole + _line(gap[last + 1 :], sign)


def _line(line: str, sign: str) -> str:
    """Stand in for a line of a gap: white space at its ends is shown, the rest is one sign."""
    inner = line.strip(" \t")
    if not inner:
        return line
    start = line.index(inner)
    return line[:start] + sign * len(inner) + line[start + len(inner) :]


def _quoted(edit: Edit, text: str, mask: Mask) -> Edit:
    """Let an edit of the masked text quote the text itself."""
    if not any(mask.touches(part.before) or mask.touches(part.after) for part in edit.parts) and not mask.touches(
        edit.before
    ):
        return edit
    before = text[edit.start : edit.end]
    parts = []
    for part in edit.parts:
        was = before if part.before == edit.before else mask.shown(part.before)
        parts.append(part._replace(before=was, after=mask.shown(part.after)))
    return Edit(edit.start, edit.end, before, mask.shown(edit.after), tuple(parts))


class _Within:
    """A normalizer that stays within the prose."""

    def __init__(self, member: Normalizer, mask: Mask, is_given: bool) -> None:
        self._member, self._mask, self._is_given = member, mask, is_given
        self._shown = ""
        self.name = member.name

    def rules(self) -> Iterator[Rule]:
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
        Doubt a correction on a line that speaks of typos; that of a word that stands outside the prose, too.

        What a list has is sure even if it stands there.
        """
        if not proposal.safe or proposal.rule == GIVEN:
            return proposal
        before = self._shown[max(0, proposal.start - NEAR) : proposal.start].rpartition("\n")[2]
        behind = self._shown[proposal.end : proposal.end + NEAR].partition("\n")[0]
        if TYPO.search(before) or TYPO.search(behind):
            return proposal._replace(safe=False, note=proposal.note + "; the line is about typos")
        if proposal.rule in CERTAIN:
            return proposal
        if self._shown[proposal.start : proposal.end] in self._mask.words:
            return proposal._replace(safe=False, note=proposal.note + "; it stands outside the prose, too")
        return proposal


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
        if bound or is_button or not (proposal.note in PASTED or ASIDE.fullmatch(removed)):
            proposal = proposal._replace(safe=False)
        elif removed.endswith("\n") and not proposal.text:
            proposal = _with_blank(text, proposal)
        start = max(proposal.start, reached)
        if start < proposal.end:
            yield proposal._replace(start=start)
            reached = proposal.end


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
