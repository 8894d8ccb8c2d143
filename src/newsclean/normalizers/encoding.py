"""The second stage: text that was damaged on its way through encodings, repaired by ftfy, every repair on record."""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.edits import Replacement, Rule
from newsclean.errors import ConfigError
from newsclean.repairing.screen import Screen
from newsclean.repairing.switches import EncodingOptions

__all__ = ["Encoding", "EncodingOptions"]


class Encoding:
    r"""
    Repairs mojibake, entities, control characters and other damage, line by line, as ftfy does.

    Leaves alone what is a matter of typography: curly quotation marks and the width of characters.
    Most lines are never shown to ftfy: a screen derived from its own tables proves that it would not change them.

    >>> [r[:3] for r in Encoding().propose("“The cafÃ© is open”\n")]
    [(8, 10, 'é')]
    >>> [r[:3] for r in Encoding(EncodingOptions(uncurl_quotes=True)).propose("“Yes”")]
    [(0, 1, '"'), (4, 5, '"')]
    """

    name = "encoding"

    def __init__(self, options: EncodingOptions = EncodingOptions()) -> None:
        if options.max_decode_length < 1:
            raise ConfigError(f"encoding.max_decode_length is {options.max_decode_length}; it must be 1 or more")
        self.options = options
        self._screen = Screen(options)

    def rules(self) -> Iterator[Rule]:
        """Yield the rules."""
        yield Rule("encoding/mojibake", "Decodes again what was decoded with the wrong encoding.")
        yield Rule("encoding/entity", "Writes an HTML entity as the character it stands for.")
        yield Rule("encoding/c1", "Reads a control character of Latin-1 as the Windows-1252 character that was meant.")
        yield Rule("encoding/ligature", "Takes a Latin ligature apart.")
        yield Rule("encoding/width", "Writes a character of full or half width in its usual width.")
        yield Rule("encoding/quotes", "Writes a curly quotation mark as a straight one.")
        yield Rule("encoding/line-break", "Writes another line break as a line feed.")
        yield Rule("encoding/surrogate", "Joins the two halves of a character.")
        yield Rule("encoding/terminal-escape", "Removes an instruction to a terminal.")
        yield Rule("encoding/control", "Removes a control character that shows nothing.")
        yield Rule("encoding/composed", "Brings letters and their accents into normal form, by default one character.")
        yield Rule("encoding/foreign-byte", "In a file of UTF-8, reads a byte of Windows-1252 as what it stands for.")

    def propose(self, text: str) -> Iterator[Replacement]:
        """
        Yield one replacement for each repaired place, with a note that says how it was broken.

        Args:
            text: Any string. Lines end at line feeds alone: other breaks may be the middle of a broken character.
        """
        for start, end in self._screen.segments(text):
            from newsclean.repairing.account import repair  # here, as most texts never need it

            yield from repair(text[start:end], self.options, start)
