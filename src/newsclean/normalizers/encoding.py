"""The second stage: text that was damaged on its way through encodings, repaired by ftfy, every repair on record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from newsclean.edits import Replacement, Rule
from newsclean.normalizers._account import repair
from newsclean.normalizers._screen import Screen


class EncodingOptions(NamedTuple):
    """
    What to repair: ftfy's switches under ftfy's names.

    The defaults are ftfy's where no reason is given. docs/encoding.md has the longer reasons.
    """

    unescape_html: bool = True
    """Never "auto": that turns entities off behind the first `<`, so the answer would depend on how text is cut up."""

    remove_terminal_escapes: bool = True
    """With the kinds that ftfy leaves half of: window titles, colours written with colons."""

    fix_encoding: bool = True
    """Mojibake. The next three refine it and do nothing without it."""

    restore_byte_a0: bool = True
    """A space may be what is left of a broken letter: `voilÃ le travail`. It needs other evidence."""

    replace_lossy_sequences: bool = True
    """A broken letter of which bytes were lost (`â€�`) becomes one U+FFFD: one lost character, not three odd ones."""

    decode_inconsistent_utf8: bool = True
    """News is glued together from feeds: one quotation may be broken in a line that is not."""

    fix_c1_controls: bool = True
    """They show nothing, and HTML too reads them as Windows-1252."""

    fix_latin_ligatures: bool = True
    """In English news `ﬁ` comes from a PDF, never from an author, and hides the word from every later stage."""

    fix_character_width: bool = False
    """Off, unlike ftfy: full-width signs are how Chinese and Japanese names and headlines are written."""

    uncurl_quotes: bool = False
    """Off, unlike ftfy: curly quotation marks are the author's typography, not damage. On, it straightens them."""

    fix_line_breaks: bool = True
    """The separators of Unicode hide line ends from every later stage."""

    fix_surrogates: bool = True
    """Two halves of a character are joined. A lone one stays: only its author can tell what it was."""

    remove_control_chars: bool = True
    """They show nothing; XML, JSON and databases choke on them."""

    normalization: Literal["NFC", "NFD", "NFKC", "NFKD"] | None = "NFC"
    """One way to write é, without changing what is seen. The K forms do: they would turn 10² into 102."""

    max_decode_length: int = 4000
    """
    Where a longer line is cut, in characters. Some repairs cost the square of this.

    ftfy itself cuts at a million. One line in 500 of scraped news is longer than 4,000, nearly always a whole article
    without paragraphs.
    """


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

    def propose(self, text: str) -> Iterator[Replacement]:
        """
        Yield one replacement for each repaired place, with a note that says how it was broken.

        Args:
            text: Any string. Lines end at line feeds alone: other breaks may be the middle of a broken character.
        """
        for start, end in self._screen.segments(text):
            for found in repair(text[start:end], self.options):
                yield found._replace(start=found.start + start, end=found.end + start)
