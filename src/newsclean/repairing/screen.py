r"""
Which lines ftfy must see: a screen that proves of all others that ftfy would leave them alone.

It asks three questions, each of what the one before let through, and nearly all text is done after the second.

1. Which characters does the text hold that are not plain ASCII? None: nothing to do.
2. Does ftfy ever change one of them, or take it for mojibake in some company? None: nothing to do.
3. Where do those stand in such company? The lines with such a place are the ones that ftfy must see.

What ftfy changes, and what company it distrusts, is in `tables`, derived from ftfy's own tables when the
dictionaries are built. They hold for the versions of ftfy that they name; another version sees every line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache, lru_cache

from newsclean.repairing import tables
from newsclean.repairing.switches import EncodingOptions

Search = Callable[..., re.Match[str] | None]

FEW = 5
"""Up to so many characters, looking for one after the other (1 ns a place) beats looking for any of them (5 ns)."""

SURROGATE_PAIR = "[\ud800-\udbff][\udc00-\udfff]"  # matches "\ud83d\ude00", the two halves of an emoji

PUNCTUATION = "–—‘’“”•…€™"
"""What most news holds, and NFC leaves alone in any company."""

GROUP_OF = {anchor: group for group, (anchors, _) in enumerate(tables.SUSPECTS) for anchor in anchors}
"""The place in `SUSPECTS` of each character that is mojibake in bad company."""


class Screen:
    r"""
    Finds the lines of a text that ftfy might change under some options.

    >>> from newsclean.repairing.switches import EncodingOptions
    >>> screen = Screen(EncodingOptions())
    >>> list(screen.segments("“Plain” text, café & all.\n"))
    []
    >>> list(screen.segments("This line is fine.\nThis cafÃ© is not.\n"))
    [(19, 38)]
    """

    def __init__(self, options: EncodingOptions) -> None:
        self._options = options
        changed = _changed_anywhere(options)
        self._plain = bytes(code for code in range(128) if chr(code) not in changed and code != ord("&"))
        self._telling = _class({*changed, *GROUP_OF, "&"}, "\ud800-\udfff")

    def segments(self, text: str) -> Iterator[tuple[int, int]]:
        """
        Yield the start and end of each segment that ftfy must see, in order.

        A segment is a line with its line feed, as ftfy has it. A line of more than `max_decode_length` characters
        is cut, behind a space where there is one in the second half of the cut.
        """
        if not tables_hold():
            return self._cut(text, (re.compile("").search,), None)
        odd = text.encode("utf-8", "surrogatepass").translate(None, self._plain)
        if not odd:
            return iter(())
        beyond = odd.decode("utf-8", "surrogatepass")
        searches = _searches(self._options, frozenset(re.findall(self._telling, beyond)))
        composing = _composing(self._options.normalization, beyond)
        return self._cut(text, searches, None if composing is None or self._is_normal(text) else composing)

    def _cut(self, text: str, searches: tuple[Search, ...], composing: Search | None) -> Iterator[tuple[int, int]]:
        """Yield the segments where a search finds something; where only `composing` does, those not in normal form."""
        if composing:
            searches = (*searches, composing)
        hits = [-1] * len(searches)
        at = 0
        while searches and at < len(text):
            for i, search in enumerate(searches):
                if hits[i] < at:
                    hits[i] = found.start() if (found := search(text, at)) else len(text)
            if (hit := min(hits)) == len(text):
                return
            start, at = self._segment(text, at, hit)
            if composing and min(hits[:-1], default=at) >= at and self._is_normal(text[start:at]):
                continue
            yield start, at

    def _is_normal(self, text: str) -> bool:
        from unicodedata import is_normalized  # most texts never need it, and it takes a millisecond to load

        return self._options.normalization is None or is_normalized(self._options.normalization, text)

    def _segment(self, text: str, at: int, hit: int) -> tuple[int, int]:
        """Return the segment around `hit`, given that one begins at `at`."""
        longest = self._options.max_decode_length
        start = text.rfind("\n", at, hit) + 1 or at
        while True:
            limit = start + longest
            end = text.find("\n", start, limit) + 1
            if not end and limit < len(text):
                end = text.rfind(" ", start + longest // 2, limit) + 1 or limit
            end = end or len(text)
            if hit < end:
                return start, end
            start = end


def _class(characters: Iterable[str], ranges: str = "") -> str:
    return f"[{re.escape(''.join(sorted(characters)))}{ranges}]"


@lru_cache(maxsize=4096)
def _searches(options: EncodingOptions, telling: frozenset[str]) -> tuple[Search, ...]:
    """Return what to look for in a text that holds these telling characters; most texts hold the same few."""
    searches = []
    changed = _changed_anywhere(options)
    if options.unescape_html and "&" in telling:
        searches.append(_search(tables.ENTITY))
    if options.fix_surrogates and any("\ud800" <= character <= "\udfff" for character in telling):
        searches.append(_search(SURROGATE_PAIR))
    if present := telling & changed:
        searches += map(_search, map(re.escape, present) if len(present) <= FEW else [_class(changed)])
    if options.fix_encoding:
        searches += _suspicions(telling & GROUP_OF.keys())
    return tuple(searches)


def _composing(form: str | None, beyond: str) -> Search | None:
    """
    Return a search for what normalization may change, alone or in company, if a text may hold any.

    Below U+0300, where the accents begin, all is in form NFC already. In the other forms only ASCII is sure to be.
    """
    sure = f"\0-\u02ff{PUNCTUATION}" if form == "NFC" else "\0-\x7f"
    if form is None or not re.search(f"[^{sure}]", beyond):
        return None
    return _search(f"[^{sure}]")


@cache
def tables_hold() -> bool:
    """
    Ask whether the tables were derived from the ftfy that is installed, without importing it if it is not yet.

    >>> tables_hold()
    True
    """
    if "ftfy" in sys.modules:
        return getattr(sys.modules["ftfy"], "__version__", None) in tables.VERSIONS
    for finder in sys.meta_path:
        if spec := finder.find_spec("ftfy", None):
            read = getattr(spec.loader, "get_data", lambda _: b"")
            version = re.search(rb'^__version__ = "(.*)"$', read(spec.origin), re.MULTILINE)
            return version is not None and version[1].decode() in tables.VERSIONS
    return False


@cache
def _changed_anywhere(options: EncodingOptions) -> frozenset[str]:
    """Return the characters that ftfy changes under these options wherever they stand."""
    changed = ""
    if options.remove_control_chars:
        changed += tables.CONTROLS
    if options.remove_terminal_escapes:
        changed += "\x1b"
    if options.fix_c1_controls:
        changed += "".join(map(chr, range(0x80, 0xA0)))
    if options.fix_latin_ligatures:
        changed += tables.LIGATURES
    if options.fix_character_width:
        changed += tables.WIDTHS
    if options.uncurl_quotes:
        changed += tables.QUOTES
    if options.fix_line_breaks:
        changed += "\r\N{NEXT LINE}\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
    return frozenset(changed)


def _suspicions(anchors: Set[str]) -> Iterator[Search]:
    """Yield a search for these characters in bad company: one a character, or one a group where there are many."""
    groups: dict[int, list[str]] = {}
    for anchor in anchors:
        groups.setdefault(GROUP_OF[anchor], []).append(anchor)
    for group, present in groups.items():
        for anchor in present if len(present) <= FEW else [""]:
            yield _suspicion(group, anchor)


@cache
def _suspicion(group: int, anchor: str) -> Search:
    """Return a search for one character of a group, or with an empty `anchor` for any, in bad company."""
    anchors, companies = tables.SUSPECTS[group]
    found = anchor or f"[{anchors}]"
    around = ((f"(?<={before}{found})" if before else "") + after for before, after in companies)
    return re.compile(f"{found}(?:{'|'.join(around)})").search


@cache
def _search(pattern: str) -> Search:
    return re.compile(pattern).search
