"""
Derive `src/newsclean/repairing/tables.py` from the tables and the badness pattern of the installed ftfy.

ftfy looks for mojibake with one pattern of some forty alternatives, each a sequence of two to four character classes,
and tries all of them at every character. Here the same alternatives are turned around: in each the class that is
rarest in news becomes the *anchor*, so that a text without anchors needs no look at all, and the characters that
must stand before and after an anchor are checked only where one is found.

Nothing is lost by it: what ftfy's pattern finds has an anchor, with the right characters around it.
A part of an alternative that has no fixed width is left out, which can only make us ask ftfy more often.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from re import _constants as kind  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ftfy import badness, chardata, fixes

VERSIONS = ("6.3.0", "6.3.1")
"""The versions of ftfy that were read and found to be the same, layout aside."""

PER_MILLION = {
    "’": 1871, "“": 1117, "”": 1098, "—": 451, "–": 142, "\N{NO-BREAK SPACE}": 76, "‘": 70, "…": 37, "©": 15, "é": 9,
}  # fmt: skip
"""How often a character occurs in a million of English news, measured over 25 million; all others 8 times or less."""

ASCII, NATIVE, LETTER, OTHER = 10_000, 20, 4, 1
"""The same, by guess, for ASCII, for Greek and Cyrillic, for other letters and for all that is left."""

Element = tuple[str, frozenset[str] | None]
"""One place of an alternative: its class as a pattern, and its characters where they are a short list."""


def digest() -> str:
    """Return the digest of everything of ftfy's that the screen is derived from."""
    sources = [
        chardata.HTML_ENTITY_RE.pattern,
        badness.BADNESS_RE.pattern,
        chardata.SINGLE_QUOTE_RE.pattern,
        chardata.DOUBLE_QUOTE_RE.pattern,
        chardata.C1_CONTROL_RE.pattern,
        fixes.ANSI_RE.pattern,
        *(repr(sorted(table.items())) for table in (chardata.CONTROL_CHARS, chardata.LIGATURES, chardata.WIDTH_MAP)),
    ]
    return hashlib.sha256("\0".join(sources).encode()).hexdigest()


def suspects() -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return the anchors of the badness pattern, in groups that share what must stand before and after them."""
    around: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for alternative in _alternatives():
        before, anchors, after = _turned(alternative)
        for anchor in anchors:
            around[anchor].append((before, after))
    groups: defaultdict[tuple[tuple[str, str], ...], str] = defaultdict(str)
    for anchor in sorted(around):
        contexts = tuple(dict.fromkeys(around[anchor]))
        groups[() if ("", "") in contexts else contexts] += anchor
    return sorted((anchors, contexts) for contexts, anchors in groups.items())


def _alternatives() -> Iterator[list[Element | None]]:
    """Yield the alternatives of ftfy's pattern; None stands for a part without a fixed width."""
    ((operator, (_, branches)),) = parser.parse(badness.BADNESS_RE.pattern, badness.BADNESS_RE.flags)
    if operator is not kind.BRANCH:
        raise ValueError("ftfy's badness pattern is no longer a list of alternatives: read it and mend this script")
    for branch in branches:
        yield [_element(operator, argument) for operator, argument in branch]


def _element(operator: Any, argument: Any) -> Element | None:
    if operator is kind.LITERAL:
        return _class({chr(argument)}), frozenset(chr(argument))
    if operator is kind.ANY:
        return ".", None
    if operator is not kind.IN:
        return None
    characters, categories = set(), []
    for inner, value in argument:
        if inner is kind.LITERAL:
            characters.add(chr(value))
        elif inner is kind.RANGE:
            characters.update(map(chr, range(value[0], value[1] + 1)))
        elif inner is kind.CATEGORY:
            categories.append({kind.CATEGORY_SPACE: r"\s", kind.CATEGORY_WORD: r"\w"}[value])
        elif inner is not kind.NEGATE:
            raise ValueError(f"{inner} in a class of ftfy's badness pattern: teach this script what it means")
    if categories:
        return "[" + "".join(categories) + _class(characters)[1:], None
    if argument[0][0] is kind.NEGATE:
        return "[^" + _class(characters)[1:], None
    return _class(characters), frozenset(characters)


def _turned(alternative: list[Element | None]) -> tuple[str, frozenset[str], str]:
    """Return what stands before the rarest element, its characters, and what stands after."""
    weights = [_weight(element[1]) if element and element[1] else float("inf") for element in alternative]
    at = weights.index(min(weights))
    first = max((i + 1 for i in range(at) if alternative[i] is None), default=0)
    last = next((i for i in range(at, len(alternative)) if alternative[i] is None), len(alternative))
    before, after = (
        "".join(element[0] for element in part if element)
        for part in (alternative[first:at], alternative[at + 1 : last])
    )
    anchor = alternative[at]
    if anchor is None or anchor[1] is None:
        raise ValueError("an alternative of ftfy's badness pattern has no anchor: read it and mend this script")
    return before, anchor[1], after


def _weight(characters: Iterable[str]) -> float:
    """Guess how often one of these occurs; an anchor should be no letter that fills a text of its own script."""
    return sum(
        ASCII if c < "\x80" else PER_MILLION.get(c, NATIVE if "Ͱ" <= c <= "ӿ" else LETTER if c.isalpha() else OTHER)
        for c in characters
    )


def _class(characters: Iterable[str]) -> str:
    return "[" + "".join(_written(*span) for span in _spans(characters)) + "]"


def _spans(characters: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of neighbours."""
    codes = sorted(map(ord, characters))
    starts = [code for i, code in enumerate(codes) if not i or codes[i - 1] + 1 != code]
    ends = [code for i, code in enumerate(codes) if i + 1 == len(codes) or codes[i + 1] - 1 != code]
    return zip(starts, ends, strict=True)


def _written(first: int, last: int) -> str:
    """Write a run of neighbours as it stands inside a class."""
    a, b = (re.sub(r"([\\\]^-])", r"\\\1", chr(code)) for code in (first, last))
    return a if first == last else f"{a}{'-' if last > first + 1 else ''}{b}"


def tables() -> bytes:
    """Return the module, as text that a person can review."""
    quotes = "".join(c for c in map(chr, range(0x10000)) if fixes.uncurl_quotes(c) != c)
    constants = {
        "ENTITY": ("What ftfy takes for an entity.", chardata.HTML_ENTITY_RE.pattern),
        "CONTROLS": ("What `remove_control_chars` removes.", "".join(map(chr, chardata.CONTROL_CHARS))),
        "LIGATURES": ("What `fix_latin_ligatures` takes apart.", "".join(map(chr, chardata.LIGATURES))),
        "WIDTHS": ("What `fix_character_width` writes in its usual width.", "".join(map(chr, chardata.WIDTH_MAP))),
        "QUOTES": ("What `uncurl_quotes` straightens.", quotes),
    }
    lines = [HEADER.format(versions=", ".join(f'"{version}"' for version in VERSIONS), digest=digest()).rstrip()]
    for name, (does, value) in constants.items():
        lines += ["", f"{name} = {_literal(value, 0)}", f'"""{does}"""']
    lines += ["", "SUSPECTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ("]
    for anchors, contexts in suspects():
        lines += ["    (", f"        {_literal(anchors, 8)},", "        ("]
        for before, after in contexts:
            lines.append(f"            ({_literal(before, 12)}, {_literal(after, 12)}),")
        lines += ["        ),", "    ),"]
    return "\n".join([*lines, ")", FOOTER]).encode()


def _literal(value: str, indent: int) -> str:
    """Write a string as a literal, in lines of at most 70 characters, escaping whatever does not print."""
    pieces = [value[i : i + 70] for i in range(0, len(value), 70)] or [""]
    quoted = ['"' + repr(piece + "'")[1:-2].replace('"', r"\"") + '"' for piece in pieces]
    if len(quoted) == 1:
        return quoted[0]
    inner = " " * (indent + 4)
    return "\n".join(["(", *(inner + piece for piece in quoted), " " * indent + ")"])


HEADER = '''"""
What ftfy changes, and where to look for it. Made by `python dictionaries/build.py encoding`; not edited by hand.

Derived from the tables and the badness pattern of ftfy (Robyn Speer; Apache License 2.0, see NOTICES.txt).
"""
# fmt: off
# ruff: noqa: E501

VERSIONS = ({versions})
"""The versions of ftfy that this holds for."""

DIGEST = "{digest}"
"""The digest of what this was derived from."""
'''

FOOTER = '''"""
Groups of characters that ftfy takes for mojibake in the company of others: the characters, and what stands directly
before and directly after them, as patterns. An empty list of companies means: whatever stands beside them.
"""
'''
