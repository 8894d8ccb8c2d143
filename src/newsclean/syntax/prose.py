"""
Where the prose of a text is, by its syntax.

Everything that is not prose stays as it is. What cannot be told apart with certainty is not prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.syntax.spans import Prose, Spans, merged, without
from newsclean.syntax.switches import left_alone

SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".mkd": "markdown", ".mkdn": "markdown",
    ".mdx": "mdx", ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
SYNTAXES = ("text", "markdown", "mdx", "html")
FOREIGN = re.compile(
    r"\.(?:rst|rest|adoc|asciidoc|asc|org|tex|textile|wiki|mediawiki|typ|pod|ipynb|po|srt|vtt|diff|patch"
    r"|jsonl?|ndjson|csv|tsv|xml|svg|ya?ml|toml|ini|cfg|conf|css|scss|less|vue|svelte|astro|sql"
    r"|pyi?|[mc]?js|jsx|tsx?|php|rb|pl|sh|bash|zsh|bat|ps1|c|h|cc|cpp|hpp|cs|go|rs|java|kt|swift|scala|lua|r)",
    re.IGNORECASE,
)  # matches ".rst" of "index.rst"
"""How names end that tell another syntax: what is no prose in it would be taken for some."""

ADDRESS = re.compile(
    r"://[^\s<>\"`]+|www\.[^\s<>\"`]+|@[\w-]{1,64}\.[\w.]+|:[a-z0-9_+-]{1,40}:|\[\[[^\]\n]{1,200}\]\]"
)  # matches "://a.test/b" of "https://a.test/b", "@b.test" of "a@b.test", ":tada:" and "[[page]]"

LONGEST_NAME = 64
"""Characters before the @ of an address, or before the :// of a URL."""


def syntax_of(path: str) -> str:
    """
    Return the syntax that a file's name tells.

    >>> syntax_of("posts/a.MD"), syntax_of("README")
    ('markdown', 'text')
    """
    dot = path.rfind(".")
    return SUFFIXES.get(path[dot:].lower(), "text") if dot >= 0 else "text"


def foreign(path: str) -> str:
    """
    Return the ending of a file's name that tells a syntax which is none of `SYNTAXES`; empty where it tells none.

    >>> foreign("docs/index.RST"), foreign("a.md"), foreign("README"), foreign("speech.2024")
    ('.RST', '', '', '')
    """
    dot = path.rfind(".")
    found = FOREIGN.fullmatch(path, dot) if dot >= 0 else None
    return found[0] if found else ""


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
    left_out = left_alone(text)
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
