"""
Cleaning content: the prose of a file that people edit, and nothing else of it.

The chain reads the whole text, with a mask of equal length over all that is not prose, so normalizers run unchanged and
offsets stay true. A proposal that touches the mask is dropped. What came out is parsed again: where anything but prose
changed, the edit at fault is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsclean.chain import Chain, Result
from newsclean.edits import Edit, Edits, Offsets, apply, compose, record
from newsclean.log import warn
from newsclean.normalizers.encoding import EncodingOptions
from newsclean.normalizers.line_breaks import LineBreaks
from newsclean.normalizers.prompts import PromptsOptions
from newsclean.normalizers.whitespace import WhitespaceOptions
from newsclean.options import Options, chain_for, with_words
from newsclean.syntax.masks import Mask, quoted
from newsclean.syntax.prose import prose
from newsclean.syntax.spans import Prose, Spans, between, merged, without
from newsclean.syntax.switches import words_in
from newsclean.syntax.within import Within

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

TRIES = 8
"""How many edits may be found to be at fault before the whole text is left alone."""

MORE = "left out: it would change more than prose"


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
        members = [Within(member, mask, self._is_given) for member in self._chain.normalizers]
        if not any(member.first for member in members):
            return Result(text, (), ())
        result = Chain(members, self._chain.off).explain(mask.text)
        if not result.edits and not result.suggestions:
            return Result(text, (), ())
        edits = tuple(quoted(edit, text, mask) for edit in result.edits)
        suggestions = tuple(quoted(edit, text, mask) for edit in result.suggestions)
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
    return "".join("".join(between(text, spans)).split())
