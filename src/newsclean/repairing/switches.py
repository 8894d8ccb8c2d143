"""The switches of the encoding stage, with their defaults and the reason for each."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Form: TypeAlias = Literal["NFC", "NFD", "NFKC", "NFKD"]
"""A normal form of Unicode."""


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

    normalization: Form | None = "NFC"
    """One way to write é, without changing what is seen. The K forms do: they would turn 10² into 102."""

    max_decode_length: int = 4000
    """
    Where a longer line is cut, in characters. Some repairs cost the square of this.

    ftfy itself cuts at a million. One line in 500 of scraped news is longer than 4,000, nearly always a whole article
    without paragraphs.
    """
