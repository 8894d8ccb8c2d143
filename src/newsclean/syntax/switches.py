"""What a text says to newsclean itself: parts to leave alone, and words of its own."""

from __future__ import annotations

import re

from newsclean.syntax.spans import Spans, merged

BEFORE, BEHIND = r"(?:<!--|\{/\*|^[ \t#/;%*>-]*)[ \t]*newsclean:[ \t]*", r"[ \t]*(?:-->|\*/\}|$)"
SWITCH = re.compile(
    rf"{BEFORE}(off|on|ignore-next-line){BEHIND}", re.MULTILINE
)  # matches "<!-- newsclean: off -->" and "# newsclean: on"
WORDS = re.compile(
    rf"{BEFORE}(?:allow|correct)[ \t]+([^\n]*?){BEHIND}", re.MULTILINE
)  # matches "<!-- newsclean: allow Grauniad, Lyft -->" and "# newsclean: correct Khawja -> Khawaja"


def left_alone(text: str) -> Spans:
    """Return the spans that a text says to leave alone, and those of all that it says to newsclean."""
    if "newsclean:" not in text:
        return []
    return merged([*switched_off(text), *(match.span() for match in WORDS.finditer(text))])


def switched_off(text: str) -> Spans:
    r"""
    Return the spans that inline switches turn off, the switches among them.

    >>> switched_off("a <!-- newsclean: off --> b <!-- newsclean: on --> c")
    [(2, 50)]
    """
    spans, off = [], -1
    for match in SWITCH.finditer(text):
        if match[1] == "off":
            off = match.start() if off < 0 else off
        elif match[1] == "on":
            spans.append((match.start() if off < 0 else off, match.end()))
            off = -1
        else:
            line = text.find("\n", match.end())
            end = text.find("\n", line + 1) if line >= 0 else -1
            spans.append((match.start(), end if end >= 0 else len(text)))
    if off >= 0:
        spans.append((off, len(text)))
    return merged(spans)


def words_in(text: str) -> list[str]:
    """
    Return the words that a text itself says to leave alone, and its corrections.

    >>> words_in("a <!-- newsclean: allow Grauniad, Lyft --> b")
    ['Grauniad', 'Lyft']
    """
    return [word for match in WORDS.finditer(text) for part in match[1].split(",") if (word := part.strip())]
