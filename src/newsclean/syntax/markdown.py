"""
Markdown and MDX: the exact place of each piece of prose, by pyromark (pulldown-cmark).

CommonMark with tables, footnotes, strikethrough, task lists, formulas, heading attributes and front matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any

from newsclean.syntax.holes import FILLER, holes
from newsclean.syntax.spans import Prose, Spans, without
from newsclean.syntax.tags import TAG, Raw, pieces

if TYPE_CHECKING:
    from pyromark import Markdown

WIDE_LETTER = re.compile(r"[^\x00-\x7f\W]")  # matches "é"

MARKED = re.compile(  # in the text of HTML blocks, where the parser does not look
    r"`[^`\n]*`|```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|\]\([^)\n]*\)|\]\[[^\]\n]*\]|&#?\w{1,40};"
    r"|^[ \t]*\[[^\]\n]+\]:.*?$|\$[^$\n]+\$|\\.",
    re.DOTALL | re.MULTILINE,
)  # matches "`code`", "](target)" and "&amp;"

LABELS = ("Shortcut", "ShortcutUnknown", "Collapsed", "CollapsedUnknown", "Autolink", "Email")
"""Kinds of links whose text is their label or their target."""

PLAIN = frozenset(
    ("Emphasis", "Strong", "Strikethrough", "Item", "List", "Table", "TableHead", "TableRow", "TableCell", "BlockQuote")
)
"""Tags that hold prose and need no notice."""

SLUG = re.compile(r"[^\w\- ]")


@cache
def parser() -> Markdown:
    """Return the parser; imported only here, for only content needs it."""
    from pyromark import Markdown, Options

    return Markdown(
        options=Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_MATH
        | Options.ENABLE_HEADING_ATTRIBUTES
    )


def markdown_prose(text: str, is_mdx: bool, spans_only: bool = False) -> Prose:
    r"""
    Return where the prose of Markdown is.

    >>> text = "# Über *uns*{#about}\n\n[a]: /b 'c'\n"
    >>> [text[start:end] for start, end in markdown_prose(text, is_mdx=False).spans]
    ['Über ', 'uns']
    """
    found = holes(text, is_mdx)
    reader = _Reader(_shown(_filled(text, found)))
    reader.read(spans_only)
    spans, structure, paragraphs = reader.prose
    if not found:
        return reader.prose
    ends = [end for _, end in found]
    whole = {at: span for at, span in paragraphs.items() if not _meets(span, found, ends)}
    return Prose(without(spans, found), [*structure, *(text[start:end] for start, end in found)], whole)


def _meets(span: tuple[int, int], holes: Spans, ends: list[int]) -> bool:
    """Tell whether a span has any of a hole, given holes in their order and where they end."""
    first = bisect_right(ends, span[0])
    return first < len(holes) and holes[first][0] < span[1]


def _shown(text: str) -> str:
    """
    Return what the parser is shown: a letter for each letter beyond ASCII, a question mark for anything else there.

    So places come back in code points, and half a character or a NUL does no harm. The parser only asks which
    characters are letters and which are not.
    """
    if text.isascii():
        return text.replace("\0", "?")
    return WIDE_LETTER.sub("x", text).encode("ascii", "replace").decode().replace("\0", "?")


def _filled(text: str, spans: Spans) -> str:
    """Write the filler over spans; line feeds stay."""
    if not spans:
        return text
    out: list[str] = []
    at = 0
    for start, end in spans:
        out += (text[at:start], "\n".join(FILLER * len(line) for line in text[start:end].split("\n")))
        at = end
    out.append(text[at:])
    return "".join(out)


class _Reader:
    """Reads the events of one text."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._raw = Raw()
        self._closed = 0
        self._links: list[bool] = []
        self._html = self._heading = -1
        self._linked = set(re.findall(r"\]\(#([^)\s]+)\)", shown)) if "](#" in shown else set()
        self.prose = Prose([], [], {})

    def read(self, spans_only: bool) -> None:
        """Go through the events once."""
        structure, spans, shown = self.prose.structure, self.prose.spans, self._shown
        plain = -1  # the index in `structure` of an open paragraph
        for event, place in parser().events_with_range(shown):
            if isinstance(event, str):
                if event != "SoftBreak":
                    structure.append(event)
                continue
            kind: str
            value: Any
            for kind, value in event.items():  # noqa: B007 (there is one)
                break
            if kind == "Text":
                start, end = place["start"], place["end"]
                if self._closed or self._raw.is_open or shown[start:end] != value:
                    structure.append("Text")  # what it reads is compared with all that is not prose
                elif spans and spans[-1][1] == start:
                    spans[-1] = (spans[-1][0], end)
                elif start < end:
                    spans.append((start, end))
            elif value == "Paragraph":
                if kind == "Start":
                    plain = len(structure)
                    structure.append("Paragraph")
                elif plain == len(structure) - 1:
                    self.prose.paragraphs[plain] = place["start"], place["end"]
            elif kind == "Code":
                structure.append(value)
            else:
                if not spans_only and kind != "Html":  # that holds prose, too
                    structure.append(str(event))
                name = value if isinstance(value, str) else next(iter(value), "") if isinstance(value, dict) else ""
                if name not in PLAIN:
                    self._note(kind, name, value, place)

    def _note(self, kind: str, name: str, value: Any, place: Any) -> None:
        """Keep track of what is open."""
        if kind == "Start":
            if name in ("Link", "Image"):
                self._links.append(value[name]["link_type"] in LABELS)
                self._closed += self._links[-1]
            elif name == "Heading":
                self._heading = len(self.prose.spans)
            self._closed += name in ("CodeBlock", "MetadataBlock")
        elif kind == "End":
            if name in ("Link", "Image"):
                self._closed -= self._links.pop()
            elif name == "Heading":
                self._keep_names(self._heading)
            elif name == "HtmlBlock" and self._html >= 0:
                self._read_html(self._html, place["end"])
                self._html = -1
            self._closed -= name in ("CodeBlock", "MetadataBlock")
        elif kind == "InlineHtml":
            if match := TAG.match(value):
                self._raw.see(match)
        elif kind == "Html" and self._html < 0:
            self._html = place["start"]

    def _keep_names(self, first: int) -> None:
        """Leave a heading alone that is one word, a name often, or that a link leads to: its words are its address."""
        spans = self.prose.spans
        words = "".join(self._shown[start:end] for start, end in spans[first:]).strip()
        if " " not in words or (self._linked and SLUG.sub("", words.lower()).replace(" ", "-") in self._linked):
            del spans[first:]

    def _read_html(self, start: int, end: int) -> None:
        """Add the text between the tags of an HTML block."""
        block = self._shown[start:end]
        was_raw = self._raw.is_open
        for first, last, is_prose in pieces(block):
            if is_prose and not was_raw:
                marks = [match.span() for match in MARKED.finditer(block, first, last)]
                self.prose.spans.extend([(start + a, start + b) for a, b in without([(first, last)], marks)])
        for match in TAG.finditer(block):
            self._raw.see(match)
