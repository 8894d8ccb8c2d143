"""HTML: where the tags are, and which text between them is prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.syntax.spans import Prose, Spans

RAW = frozenset(
    {
        *("script", "style", "textarea", "template", "pre", "code", "kbd", "samp", "var", "tt", "svg", "math", "head"),
        *("title", "select", "option", "noscript", "iframe", "object", "xmp", "plaintext", "listing", "codeblock"),
    }
)
"""Elements whose text is not prose, or not the author's."""

CODE_CLASS = re.compile(
    r"""class=["'][^"']*\b(?:command|filename|literal|application|option|constant|varname|function|package|pkg|pre"""
    r"""|program|parameter|replaceable|userinput|computeroutput|code|kbd)\b"""
)  # matches 'class="command"', as generators of manuals write what is typed or named
INLINE = frozenset(("span", "em", "strong", "b", "i"))
"""Elements that such a class makes raw."""

WHOLE = ("script", "style", "textarea", "title", "xmp")
"""Elements in which nothing but their own end tag is a tag."""

TAG = re.compile(
    r"<!--(?:.*?-->|.*)"
    r"|<!\[CDATA\[(?:.*?\]\]>|.*)"
    r"|<\?(?:.*?\?>|.*)"
    r"|<![^>]*>?"
    r"""|<(/?)([a-zA-Z][^\s/>]*+)((?:"[^"]*+"|'[^']*+'|[^'">]){0,4000}+)(?:>|\Z)"""
    r"|<[/a-zA-Z][^>]*>?",
    re.DOTALL,
)  # matches '<a href="x>y">', "</p>", "<!-- a -->"

TEMPLATE = re.compile(
    r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|<%.{0,500}?%>|&#?\w{1,40};?", re.DOTALL
)  # matches "{{ x }}" and "&amp;"


def html_prose(text: str) -> Prose:
    """
    Return where the prose of an HTML file is, with every tag as its structure.

    >>> page = '<p class="a">Fish &amp; <code>chips</code></p>'
    >>> [page[start:end] for start, end in html_prose(page).spans]
    ['Fish ', ' ']
    """
    spans: Spans = []
    structure: list[str] = []
    for start, end, is_prose in pieces(text):
        if not is_prose:
            structure.append(text[start:end])
            continue
        at = start
        for match in TEMPLATE.finditer(text, start, end):
            spans.append((at, match.start()))
            structure.append(match[0])
            at = match.end()
        spans.append((at, end))
    return Prose([span for span in spans if span[0] < span[1]], structure, {})


def pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the pieces of HTML one after another: start, end, and whether it is prose rather than a tag or raw text."""
    at, depth = 0, Raw()
    while match := TAG.search(text, at):
        if match.start() > at:
            yield at, match.start(), not depth.is_open
        name, end = (match[2] or "").lower(), match.end()
        if not match[1] and name in WHOLE and not match[0].endswith("/>"):
            close = re.compile(f"</{name}\\b", re.IGNORECASE).search(text, end)
            end = close.start() if close else len(text)
        else:
            depth.see(match)
        yield match.start(), end, False
        at = end
    if at < len(text):
        yield at, len(text), not depth.is_open


class Raw:
    """Remembers which raw elements are open."""

    def __init__(self) -> None:
        self.is_open: list[str] = []
        """The names of the elements; text in any of them is not prose."""
        self._number: dict[str, int] = {}

    def see(self, tag: re.Match[str]) -> None:
        """Note a tag: a raw element, or one of the same name within it, opens or closes."""
        name, attributes = (tag[2] or "").lower(), tag[3] or ""
        if tag[1]:
            while self._number.get(name):
                last = self.is_open.pop()
                self._number[last] -= 1
                if last == name:
                    break
        elif name and not tag[0].endswith("/>") and (self._number.get(name) or _is_raw(name, attributes)):
            self.is_open.append(name)
            self._number[name] = self._number.get(name, 0) + 1


def _is_raw(name: str, attributes: str) -> bool:
    if name in RAW or 'translate="no"' in attributes:
        return True
    return name in INLINE and "class=" in attributes and CODE_CLASS.search(attributes) is not None
