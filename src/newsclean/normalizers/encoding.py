"""The second stage: text that was damaged on its way through encodings, repaired by ftfy, every repair on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from newsclean.edits import Replacement, Rule


class EncodingOptions(NamedTuple):
    """What to repair: ftfy's own switches under ftfy's names. `docs/encoding.md` gives the reason for each default."""

    unescape_html: bool = True
    remove_terminal_escapes: bool = True
    fix_encoding: bool = True
    restore_byte_a0: bool = True
    replace_lossy_sequences: bool = True
    decode_inconsistent_utf8: bool = True
    fix_c1_controls: bool = True
    fix_latin_ligatures: bool = True
    fix_character_width: bool = False
    uncurl_quotes: bool = False
    fix_line_breaks: bool = True
    fix_surrogates: bool = True
    remove_control_chars: bool = True
    normalization: Literal["NFC", "NFD", "NFKC", "NFKD"] | None = "NFC"


RULES = {
    "mojibake": "Decodes again what was decoded with the wrong encoding.",
    "entity": "Writes an HTML entity as the character it stands for.",
    "c1": "Reads a control character of Latin-1 as the Windows-1252 character that was meant.",
    "ligature": "Takes a Latin ligature apart.",
    "width": "Writes a full-width or half-width character in its usual width.",
    "quotes": "Writes a curly quotation mark as a straight one.",
    "line-break": "Writes a Unicode line or paragraph separator as a line feed.",
    "surrogate": "Joins two halves of a character.",
    "terminal-escape": "Removes an instruction to a terminal.",
    "control": "Removes a control character that shows nothing.",
    "composed": "Writes a letter and its accents as one character.",
}

STEPS = {
    "unescape_html": "entity",
    "fix_c1_controls": "c1",
    "fix_latin_ligatures": "ligature",
    "fix_character_width": "width",
    "uncurl_quotes": "quotes",
    "fix_line_breaks": "line-break",
    "fix_surrogates": "surrogate",
    "remove_terminal_escapes": "terminal-escape",
    "remove_control_chars": "control",
    "NFC": "composed",
}

DOUBTFUL = re.compile(r"[^\t\n\f\x20-\x7e]|&#?[0-9A-Za-z]{1,24};")  # matches "é" and "&amp;"


class Encoding:
    """
    Repairs mojibake, entities, control characters and other damage, line by line, as ftfy does.

    Leaves alone curly quotes and the width of characters: typography is the author's.

    >>> [r[:3] for r in Encoding().propose("The cafÃ© is open")]
    [(7, 9, 'é')]
    """

    name = "encoding"

    def __init__(self, options: EncodingOptions = EncodingOptions()) -> None:
        self.options = options

    def rules(self) -> Iterator[Rule]:
        """Yield the rules."""
        return (Rule(f"encoding/{kind}", does) for kind, does in RULES.items())

    def propose(self, text: str) -> Iterator[Replacement]:
        """Yield one replacement for each line that ftfy would change, trimmed to what differs."""
        if not DOUBTFUL.search(text):
            return
        start = 0
        while start < len(text):
            end = text.find("\n", start) + 1 or len(text)
            line = text[start:end]
            if DOUBTFUL.search(line):
                yield from self._repaired(line, start)
            start = end

    def _repaired(self, line: str, offset: int) -> Iterator[Replacement]:
        import ftfy

        fixed, steps = ftfy.fix_and_explain(line, ftfy.TextFixerConfig(**self.options._asdict()))
        if fixed == line:
            return
        kinds = dict.fromkeys(STEPS.get(parameter, "mojibake") for _, parameter in steps or ())
        start, end, text = trim(line, fixed)
        yield Replacement(offset + start, offset + end, text, f"encoding/{next(iter(kinds))}", note=", ".join(kinds))


def trim(before: str, after: str) -> tuple[int, int, str]:
    """
    Return the span of `before` that differs from `after`, and what stands there instead.

    >>> trim("a cafÃ© here", "a café here")
    (5, 7, 'é')
    """
    start, shorter = 0, min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, len(before) - end, after[start : len(after) - end]
