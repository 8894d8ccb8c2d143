"""
Where the prose of a text is, by its syntax.

Everything that is not prose stays as it is. What cannot be told apart with certainty is not prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

Spans: TypeAlias = list[tuple[int, int]]

SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".mkd": "markdown", ".mkdn": "markdown",
    ".mdx": "mdx", ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
SYNTAXES = ("text", "markdown", "mdx", "html")

BEFORE, BEHIND = r"(?:<!--|\{/\*|^[ \t#/;%*>-]*)[ \t]*newsclean:[ \t]*", r"[ \t]*(?:-->|\*/\}|$)"
SWITCH = re.compile(
    rf"{BEFORE}(off|on|ignore-next-line){BEHIND}", re.MULTILINE
)  # matches "<!-- newsclean: off -->" and "# newsclean: on"
WORDS = re.compile(
    r"(?:<!--|\{/\*|^[ \t#/;%*>-]*)[ \t]*newsclean:[ \t]*(?:allow|correct)[ \t]+([^\n]*?)[ \t]*(?:-->|\*/\}|$)",
    re.MULTILINE,
)  # matches "<!-- newsclean: allow Grauniad, Lyft -->" and "# newsclean: correct Khawja -> Khawaja"
ADDRESS = re.compile(
    r"://[^\s<>\"`]+|www\.[^\s<>\"`]+|@[\w-]{1,64}\.[\w.]+|:[a-z0-9_+-]{1,40}:|\[\[[^\]\n]{1,200}\]\]"
)  # matches "://a.test/b" of "https://a.test/b", "@b.test" of "a@b.test", ":tada:" and "[[page]]"

LONGEST_NAME = 64
"""Characters before the @ of an address, or before the :// of a URL."""


class Prose(NamedTuple):
    """What a parse found: the spans of prose, sorted and disjoint, and the structure round them."""

    spans: Spans
    structure: list[str]
    """What must be the same after editing, but for paragraphs that went as a whole."""
    paragraphs: dict[int, tuple[int, int]]
    """The paragraphs that hold nothing but text: the index of each in `structure`, and its span."""


def syntax_of(path: str) -> str:
    """
    Return the syntax that a file's name tells.

    >>> syntax_of("posts/a.MD"), syntax_of("README")
    ('markdown', 'text')
    """
    dot = path.rfind(".")
    return SUFFIXES.get(path[dot:].lower(), "text") if dot >= 0 else "text"


def prose(text: str, syntax: str, front_matter: tuple[str, ...] = (), *, is_first: bool = False) -> Prose:
    r"""
    Return where the prose of a text is.

    Args:
        text: Lines end at line feeds alone.
        syntax: One of `SYNTAXES`.
        is_first: Spans alone are wanted: the structure, which costs as much again, is left out where it is not at hand.
        front_matter: Keys whose values are prose, too, where they stand on the line of their key.

    >>> text = "See [the *page*](/a/b) and `code`.\n"
    >>> [text[start:end] for start, end in prose(text, "markdown").spans]
    ['See ', 'the ', 'page', ' and ', '.']
    """
    if syntax == "text":
        found = Prose([(0, len(text))], [], {})
    elif syntax == "html":
        from newsclean.syntax.tags import html_prose

        found = html_prose(text)
    else:
        from newsclean.syntax.markdown import markdown_prose

        found = markdown_prose(text, is_mdx=syntax == "mdx", spans_only=is_first)
    if front_matter and text.startswith(("---\n", "+++\n")):
        found = found._replace(spans=merged([*_values(text, front_matter), *found.spans]))
    left_out = merged([*switched_off(text), *(m.span() for m in WORDS.finditer(text))]) if "newsclean:" in text else []
    if "://" in text or "@" in text or ":" in text or "www." in text or "[[" in text:
        left_out = merged([*left_out, *addresses(text)])
    return found._replace(spans=without(found.spans, left_out)) if left_out else found


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield the spans of URLs, mail addresses, codes of emoji and links of wikis.

    >>> text = "See https://a.test/b or ask ann.b@c.test :tada:"
    >>> [text[start:end] for start, end in addresses(text)]
    ['https://a.test/b', 'ann.b@c.test', ':tada:']
    """
    for match in ADDRESS.finditer(text):
        start, end = match.span()
        if text[start] == "@" or text.startswith("://", start):
            first = max(0, start - LONGEST_NAME)
            while start > first and (text[start - 1].isalnum() or text[start - 1] in "._+-"):
                start -= 1
        yield start, end


def _values(text: str, keys: tuple[str, ...]) -> Spans:
    """Return the spans of the values of some keys of the front matter; those written over several lines are left."""
    end = text.find("\n" + text[:3], 3)
    names = "|".join(map(re.escape, keys))
    line = re.compile(
        rf"""^(?:{names})[ \t]*[:=][ \t]*(?:"([^"\\\n]*)"|'([^'\n]*)'|([^\W\d_][^\n#:"']*))[ \t]*$""", re.MULTILINE
    )
    found = (match for match in line.finditer(text, 0, max(end, 0)))
    return [match.span(match.lastindex or 0) for match in found]


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


def merged(spans: Spans) -> Spans:
    """
    Sort spans and join those that meet.

    >>> merged([(3, 5), (0, 2), (4, 9)])
    [(0, 2), (3, 9)]
    """
    out: Spans = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def without(spans: Spans, holes: Spans) -> Spans:
    """
    Take holes out of spans; both are sorted and disjoint.

    >>> without([(0, 9)], [(2, 3), (5, 20)])
    [(0, 2), (3, 5)]
    """
    out: Spans = []
    at = 0
    for start, end in spans:
        while at < len(holes) and holes[at][1] <= start:
            at += 1
        here = at
        while here < len(holes) and holes[here][0] < end:
            if holes[here][0] > start:
                out.append((start, holes[here][0]))
            start = max(start, holes[here][1])
            here += 1
        if start < end:
            out.append((start, end))
    return out
