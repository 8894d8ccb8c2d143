"""
What lines are in company: headlines under a header, buttons beside buttons.

A header such as "Read more:" takes the headlines below it along. A line that is a prompt only in company, such as
"Print", goes where others like it or a prompt stand next to it. Blank lines do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from newsclean.prompting.index import BUTTONS, Form
from newsclean.resources import entries

LONGEST_LIST = 12
"""Headlines under one header, where text goes on behind them."""

LONGEST_LAST_LIST = 40
"""Headlines under one header, where they are the end of the text."""

LONGEST_HEADLINE = 150
"""Characters."""

LONGEST_HEADING = 3
"""Words. A line as short at the end of a list, where text goes on behind it, may be a heading of the article."""

SURE_HEADLINE = 40
"""Characters. A lone line under a header may be a heading of the article if it is shorter and not written large."""

SHORTEST_PARAGRAPH = 80
"""Characters. A line as long that ends as a sentence does is a paragraph of the article."""


IN_COMPANY = BUTTONS | {"beside"}
IN_PLACE = frozenset(("header", "below"))
OPENING_QUOTES = ("", '"', "“", "„", "\N{REPLACEMENT CHARACTER}")
CLOSING = "*\"”’'»)]\N{REPLACEMENT CHARACTER}"


def removed(lines: Sequence[str], forms: Mapping[int, Form]) -> dict[int, Form]:
    """
    Return the lines to remove, by number, each with the form that says so.

    Args:
        lines: All lines of a text.
        forms: The form of each line that has one, by number.

    >>> from newsclean.prompting.index import index
    >>> lines = ["It rained.", "Read more:", "Ministers meet at dawn to save the dam", "Storm over the harbour budget"]
    >>> sorted(removed(lines, {1: Form("prompts/en/read-more", "cross-reference", "header", False, "read more")}))
    [1, 2, 3]
    """
    gone = {number: form for number, form in forms.items() if form.shape not in IN_COMPANY}
    if len(gone) == len(forms) and all(form.shape not in IN_PLACE for form in forms.values()):
        return gone
    solid = [number for number, line in enumerate(lines) if line and not line.isspace()]
    if solid and solid[0] in gone and gone[solid[0]].shape == "below":
        del gone[solid[0]]
    first = next((number for number in solid if _is_paragraph(lines[number])), -1)
    for place, number in enumerate(solid):
        form = forms.get(number)
        if form and form.shape == "header":
            below = solid[place + 1 : place + 1 + LONGEST_LAST_LIST]
            items = _listed(lines, forms, below, solid[-1])
            if number < first and items and items[-1] == max((each for each in below if each < first), default=-1):
                del items[-1]  # the headline of the article: nothing of it stands further up
            gone |= {item: form for item in items if item not in gone}
    for run, neighbours in _runs(solid, forms, gone):
        if not gone.keys().isdisjoint(neighbours) or _is_row([forms[number] for number in run]):
            gone |= {number: forms[number] for number in run}
    return gone


def _listed(lines: Sequence[str], forms: Mapping[int, Form], below: Sequence[int], last: int) -> list[int]:
    """
    Return the headlines among the lines below a header: up to the first line that is none, nor a prompt.

    A line that is followed by its own rest, in small letters, is a sentence that was broken, and one above a byline is
    the headline of the article.
    """
    items: list[int] = []
    reached = -1
    for number in below:
        if number in forms:
            if forms[number].shape == "header":
                break
        elif _is_of_article(lines[number]):
            items = items[:-1]
            break
        elif is_headline(lines[number]):
            items.append(number)
        else:
            break
        reached = number
    if reached == last:
        return items
    items = items[:LONGEST_LIST]
    while items and len(lines[items[-1]].split()) <= LONGEST_HEADING:
        del items[-1]
    if len(items) == 1:
        line = lines[items[0]].strip()
        return items if not line.endswith("?") and (len(line) >= SURE_HEADLINE or _is_written_large(line)) else []
    return items


def is_headline(line: str) -> bool:
    """
    Tell whether a line may be the headline of another article: short, no speech, no full stop.

    >>> is_headline("Ministers meet at dawn"), is_headline("Ministers met at dawn."), is_headline("He waits...")
    (True, False, True)
    """
    line = line.strip()
    if len(line) > LONGEST_HEADLINE or line[:1] in OPENING_QUOTES:
        return False
    return line.endswith(("...", "…")) or not line.rstrip(CLOSING).endswith((".", "!", ";", ",", ":", "。", "।"))


def _is_paragraph(line: str) -> bool:
    """Tell whether a line is a paragraph of an article."""
    return len(line) >= SHORTEST_PARAGRAPH and line.rstrip().rstrip(CLOSING).endswith((".", "!", "?", "…", "।"))


def _is_of_article(line: str) -> bool:
    """
    Tell whether a line belongs to the article above or below: the rest of a sentence, or its byline.

    >>> [_is_of_article(line) for line in ("and fell.", "By Anna Example", "news@example.test", "Ministers meet")]
    [True, True, False, False]
    """
    return (line.strip()[:2].islower() and "@" not in line) or _byline().match(line) is not None


@cache
def _byline() -> re.Pattern[str]:
    """Return what matches the front of a line that names its authors, such as "By Anna Example"."""
    words: dict[str, list[str]] = {}
    for row in entries("prompts/bylines.tsv"):
        place, word = row.split("\t")
        words.setdefault(place, []).append(word)
    before, begins, between = ("|".join(map(re.escape, words[place])) for place in ("before", "begins", "between"))
    return re.compile(rf"\s*(?:(?:{before}) )?(?:{begins})(?: [A-Z][\w.'’-]+){{2,4}}(?:,| (?:{between}) |$)")


def _is_written_large(line: str) -> bool:
    """Tell whether most long words of a line begin with a capital, as in the headlines of some papers."""
    words = [word for word in line.split() if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def _runs(
    solid: Sequence[int], forms: Mapping[int, Form], gone: Mapping[int, Form]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield each run of lines that are prompts only in company, with the lines next to it."""
    run: list[int] = []
    before: list[int] = []
    for number in solid:
        if number not in gone and number in forms and forms[number].shape in IN_COMPANY:
            run.append(number)
            continue
        if run:
            yield run, [*before, number]
        run, before = [], [number]
    if run:
        yield run, before


def _is_row(forms: Sequence[Form]) -> bool:
    """Tell whether lines that stand together are buttons: two, one of them with something to do, or three."""
    buttons = [form.shape for form in forms if form.shape in BUTTONS]
    return len(buttons) > 2 or (len(buttons) == 2 and "button" in buttons)
