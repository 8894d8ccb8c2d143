"""
What Markdown itself does not know: shortcodes, Liquid, kramdown's attributes, formulas, and the JavaScript of MDX.

A parser of Markdown takes them for text. They are found first, and the parser is shown something inert in their place.
"""

from __future__ import annotations

import re

from newsclean.syntax.prose import Spans, merged

FILLER = "%"
"""What the parser sees in place of each character of a hole: no sign of Markdown, and not white space."""

TRIGGERS = ("{{", "{%", "{:", "{#", "{.", "<%", "\\(", "\\[", "\\begin", ":::", "\n*[", "{/*")
STARTS = ("import ", "export ")
"""What a module's statement begins with: at the start, behind a blank line or behind front matter."""

CODE = r"""
  (?P<code>
    ^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})[^\n]*(?:\n|\Z)(?:.*?^[ \t>]*(?P=fence)|.*)
  | (?<!`)(?P<ticks>`+)(?!`)(?:[^`\n]|\n(?!\s*\n)|(?!(?P=ticks)(?!`))`+){1,2000}?(?<!`)(?P=ticks)(?!`)
  | <!--.*?-->
  | \\[`{<$]
  )
"""
HOLES = r"""
  | \A\{\n.*?^\}[ \t]*$
  | \{%-?[ \t]*(?P<block>raw|highlight|comment|mermaid|plantuml|math|katex|code|codeblock|prism)\b.{0,30000}?
    \{%-?[ \t]*end(?P=block)[ \t]*-?%\}
  | \{\{(?P<sign>[<%])-?\s*(?P<short>highlight|mermaid|raw|math|katex|chart|code|rawhtml|pre|latex)\b.{0,30000}?
    \{\{[<%]\s*/\s*(?P=short)\s*[>%]\}\}
  | \{::(?P<kram>comment|nomarkdown|options)\b[^}\n]*(?:/\}|\}.{0,9000}?\{:/(?P=kram)?\})
  | \{\{[<%].{0,3000}?[>%]\}\}
  | \{%.{0,3000}?%\}
  | \{\{.{0,1000}?\}\}
  | <%.{0,1000}?%>
  | \{[:\#.][^}\n]*\}
  | \\begin\{(?P<tex>[a-zA-Z*]{1,30})\}.{0,9000}?\\end\{(?P=tex)\}
  | \\{1,2}\((?:(?!\n[ \t]*\n).){1,1000}?\\{1,2}\)
  | \\{1,2}\[(?:(?!\n[ \t]*\n).){1,2000}?\\{1,2}\]
  | ^[ \t>]*:{3,}[^\n]*$
  | ^\*\[[^\]\n]+\]:[^\n]*$
  | ^import[ ](?:['"{*]|[\w$, {}*]{1,200}?[ ]from[ ]+['"])(?:[^\n]+(?:\n|\Z)){1,50}
  | ^export[ ](?:const|let|var|default|async|function|class|\{|\*)(?:[^\n]+(?:\n|\Z)){1,50}
  | \{/\*.{0,3000}?\*/\}
"""
MDX = r"""
  | (?P<esm>^(?:import|export)[ ][^\n]*)
  | <(?P<raw>pre|code|Code|CodeBlock|script|style|svg|kbd|samp|var)\b(?:(?!>).){0,2000}>.{0,30000}?</(?P=raw)\s*>
  | (?P<jsx></?(?:[a-zA-Z][\w.:-]*)?)
  | (?P<brace>\{)
"""
FIRST = r"(?=[`<\\{]|^[ \t>*+\-\d~:ie])"
"""What code and holes begin with: of most places a look at one character is enough."""

FLAGS = re.VERBOSE | re.MULTILINE | re.DOTALL
IN_MARKDOWN = re.compile(f"{FIRST}(?:{CODE}{HOLES})", FLAGS)
IN_MDX = re.compile(f"{FIRST}(?:{CODE}{MDX})", FLAGS)

LONGEST_EXPRESSION = 20_000
"""Characters. What is not closed by then ends with its line."""

STRING = re.compile(r""""(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|/\*.*?\*/|[{}<>]""", re.DOTALL)


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
    return merged([match.span() for match in IN_MARKDOWN.finditer(text) if not match["code"]])


def _mdx_holes(text: str) -> Spans:
    spans, at = [], _front_matter_end(text)
    while match := IN_MDX.search(text, at):
        start, at = match.span()
        if match["code"]:
            at = max(at, start + 1)
            continue
        if match["esm"]:
            at = _module_end(text, at, start)
        elif match["brace"]:
            at = _closed(text, start, "}")
        elif match["jsx"]:
            at = _closed(text, start, ">")
        spans.append((start, at))
    return merged(spans)


def _front_matter_end(text: str) -> int:
    match = re.match(r"---[ \t]*\n.*?^---[ \t]*$", text, re.DOTALL | re.MULTILINE)
    return match.end() if match else 0


def _module_end(text: str, at: int, start: int) -> int:
    """Return where a statement of a module ends: at a blank line behind which no bracket is open."""
    while True:
        end = text.find("\n\n", at)
        if end < 0:
            return len(text)
        statement = text[start:end]
        if statement.count("{") <= statement.count("}") or end - start > LONGEST_EXPRESSION:
            return end
        at = end + 2


def _closed(text: str, start: int, closer: str) -> int:
    """Return where an expression or a tag that opens at `start` closes, strings and braces in it passed over."""
    braces = 0
    for match in STRING.finditer(text, start + (closer == ">"), start + LONGEST_EXPRESSION):
        sign = match[0]
        if sign == "{":
            braces += 1
        elif sign == "}":
            braces -= 1
            if closer == "}" and braces <= 0:
                return match.end()
        elif sign == ">" and closer == ">" and braces <= 0:
            return match.end()
    end = text.find("\n", start)
    return end if end >= 0 else len(text)
