"""
What Markdown itself does not know: shortcodes, Liquid, kramdown's attributes, formulas, and the JavaScript of MDX.

A parser of Markdown takes them for text. They are found first, and the parser is shown something inert in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from newsclean.syntax.spans import Spans, merged

FILLER = "%"
"""What the parser sees in place of each character of a hole: no sign of Markdown, and not white space."""

TRIGGERS = ("{{", "{%", "{:", "{#", "{.", "<%", "\\(", "\\[", "\\begin", ":::", "\n*[", "{/*")
STARTS = ("import ", "export ")
"""What a module's statement begins with: at the start, behind a blank line or behind front matter."""

CODE = r"""
  (?P<code>
    ^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})[^\n]*
    (?:\n(?![ \t>]*(?P=fence))[^\n]*)*+(?:\n[ \t>]*(?P=fence))?
  | (?<!`)(?P<ticks>`+)(?!`)(?:[^`\n]|\n(?!\s*\n)|(?!(?P=ticks)(?!`))`+){1,2000}?(?<!`)(?P=ticks)(?!`)
  | <!--.*?-->
  | \\[`{<$]
  )
"""
HOLES = r"""
  | \A\{\n.*?^\}[ \t]*$
  | (?P<pair>\{%|\{\{|\{::|<%|\\begin\{|\\{1,2}\(|\\{1,2}\[|\{/\*)
  | \{[:\#.][^}\n]*\}
  | ^[ \t>]*:{3,}[^\n]*$
  | ^\*\[[^\]\n]+\]:[^\n]*$
  | ^import[ ](?:['"{*]|[\w$, {}*]{1,200}?[ ]from[ ]+['"])(?:[^\n]+(?:\n|\Z)){1,50}
  | ^export[ ](?:const|let|var|default|async|function|class|\{|\*)(?:[^\n]+(?:\n|\Z)){1,50}
"""
MDX = r"""
  | (?P<esm>^(?:import|export)[ ][^\n]*)
  | (?P<jsx></?(?:[a-zA-Z][\w.:-]*)?)
  | (?P<brace>\{)
"""
FIRST = r"(?=[`<\\{]|^[ \t>*+\-\d~:ie])"
"""What code and holes begin with: of most places a look at one character is enough."""


RAW = r"<(pre|code|Code|CodeBlock|script|style|svg|kbd|samp|var)\b[^>]{0,2000}>", r"</%s\s*>", 30_000
PAIRS = (
    (r"\{%-?[ \t]*(raw|highlight|comment|mermaid|plantuml|math|katex|code|codeblock|prism)\b",
     r"\{%%-?[ \t]*end%s[ \t]*-?%%\}", 30_000),
    (r"\{\{[<%]-?\s*(highlight|mermaid|raw|math|katex|chart|code|rawhtml|pre|latex)\b",
     r"\{\{[<%%]\s*/\s*%s\s*[>%%]\}\}", 30_000),
    (r"\{::(?:comment|nomarkdown|options)\b[^}\n]*/(?=\})", r"\}", 1),
    (r"\{::(comment|nomarkdown|options)\b[^}\n]*\}", r"\{:/(?:%s)?\}", 9_000),
    (r"\{\{[<%]", r"[>%]\}\}", 3_000),
    (r"\{%", r"%\}", 3_000),
    (r"\{\{", r"\}\}", 1_000),
    (r"<%", r"%>", 1_000),
    (r"\\{1,2}\(", r"\\{1,2}\)|\n[ \t]*\n", 1_000),
    (r"\\{1,2}\[", r"\\{1,2}\]|\n[ \t]*\n", 2_000),
    (r"\{/\*", r"\*/\}", 3_000),
)  # fmt: skip
"""
What opens a hole, what closes it, and how many characters may stand between.

In what closes it, `%s` is the name that was opened. Where it is a blank line that comes first, there is no hole.
"""

TEX = re.compile(r"\\begin(\{[a-zA-Z*]{1,30}\})")  # matches "\\begin{align}"
LONGEST_TEX = 9_000
"""Characters of an environment."""

ATTRIBUTES = re.compile(r"\{[:#.][^}\n]*\}")  # matches "{:.note}"

LONGEST_CLOSER = 100
"""Characters."""

LONGEST_EXPRESSION = 20_000
"""Characters. What is not closed by then ends with its line."""

MOST_UNCLOSED = 100
"""Tags and expressions that do not close. A text with more is no MDX, and what follows is left alone."""

STRING = re.compile(r""""(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|/\*|[{}<>]""", re.DOTALL)


def holes(text: str, is_mdx: bool) -> Spans:
    r"""
    Return the spans of what is neither Markdown nor prose; code is left to the parser.

    >>> holes("A {{< b >}} c `{{ d }}`", is_mdx=False)
    [(2, 11)]
    >>> holes("A {b.c} <D e={1}>f</D>", is_mdx=True)
    [(2, 7), (8, 17), (18, 22)]
    """
    if is_mdx:
        return _mdx_holes(text)
    begins = text.startswith(("{\n", "*[", *STARTS)) or any(
        f"{gap}\n{start}" in text for gap in "\n-+" for start in STARTS
    )
    if not begins and not any(trigger in text for trigger in TRIGGERS):
        return []
    return merged(_markdown_holes(text))


@cache
def _pattern(holes: str) -> re.Pattern[str]:
    """Compile what finds code and holes; only here, as most runs need one of the two, or none."""
    return re.compile(f"{FIRST}(?:{CODE}{holes})", re.VERBOSE | re.MULTILINE | re.DOTALL)


def _markdown_holes(text: str) -> Spans:
    spans, at, closers = [], 0, _Closers(text)
    pattern = _pattern(HOLES)
    while match := pattern.search(text, at):
        start, at = match.span()
        if match["pair"]:
            end = closers.end(start, PAIRS)
            if end < 0 and (attributes := ATTRIBUTES.match(text, start)):
                end = attributes.end()
            at = max(start + 1, end)
            if end < 0:
                continue
        if not match["code"]:
            spans.append((start, at))
    return spans


def _mdx_holes(text: str) -> Spans:
    spans, at, closers, unclosed = [], _front_matter_end(text), _Closers(text), 0
    pattern = _pattern(MDX)
    while match := pattern.search(text, at):
        start, at = match.span()
        if match["code"]:
            at = max(at, start + 1)
            continue
        if match["esm"]:
            at = _module_end(text, at, start)
        else:
            end = closers.end(start, (RAW,)) if match["jsx"] else -1
            at = end if end >= 0 else _closed(text, start, ">" if match["jsx"] else "}")
        if at < 0:
            unclosed += 1
            at = _line_end(text, start) if unclosed < MOST_UNCLOSED else len(text)
        spans.append((start, at))
    return merged(spans)


def _front_matter_end(text: str) -> int:
    match = re.match(r"---[ \t]*\n.*?^---[ \t]*$", text, re.DOTALL | re.MULTILINE)
    return match.end() if match else 0


def _module_end(text: str, at: int, start: int) -> int:
    """Return where a statement of a module ends: at a blank line behind which no bracket is open."""
    is_open, counted = 0, start
    while True:
        end = text.find("\n\n", at)
        if end < 0:
            return len(text)
        is_open += text.count("{", counted, end) - text.count("}", counted, end)
        if is_open <= 0 or end - start > LONGEST_EXPRESSION:
            return end
        at, counted = end + 2, end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _closed(text: str, start: int, closer: str) -> int:
    """Return where an expression or a tag that opens at `start` closes, strings and braces in it passed over, or -1."""
    braces, last, at, limit = 0, 0, start + (closer == ">"), start + LONGEST_EXPRESSION
    while match := STRING.search(text, at, limit):
        sign, at = match[0], match.end()
        if sign == "/*":
            last = text.find("*/", at, limit) if last >= 0 else last
            at = last + 2 if last >= 0 else at
        elif sign == "{":
            braces += 1
        elif sign == "}":
            braces -= 1
            if closer == "}" and braces <= 0:
                return at
        elif sign == ">" and closer == ">" and braces <= 0:
            return at
    return -1


class _Closers:
    """Finds where holes close; what it has looked through for one closer it does not look through again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, tuple[int, int, int]] = {}

    def end(self, start: int, pairs: Iterable[tuple[str, str, int]]) -> int:
        """Return where a hole that opens at `start` ends, or -1."""
        if tex := TEX.match(self._text, start):
            closer = f"\\end{tex[1]}"
            end = self._text.find(closer, tex.end(), tex.end() + LONGEST_TEX)
            return end + len(closer) if end >= 0 else -1
        for opener, closer, most in pairs:
            if opened := re.compile(opener).match(self._text, start):
                wanted = closer % opened.groups() if opened.re.groups else closer
                if (end := self._next(wanted, opened.end(), opened.end() + most)) >= 0:
                    return end
        return -1

    def _next(self, closer: str, at: int, limit: int) -> int:
        """Return the end of the closer that begins next, before `limit`, or -1; places only grow from call to call."""
        first, last, seen = self._known.get(closer, (-1, -1, 0))
        if first < at and seen < limit:
            found = re.compile(closer).search(self._text, max(at, seen), limit + LONGEST_CLOSER)
            first, last = found.span() if found else (-1, -1)
            self._known[closer] = first, last, last if found else limit
        return last if at <= first < limit and self._text[first] != "\n" else -1
