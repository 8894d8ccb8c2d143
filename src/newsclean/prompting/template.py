"""
The small language in which prompts are written down, and its translation into patterns that cannot run away.

    story continue{s|d} {below|after the ad|}     alternatives; an empty one makes the group optional
    also read<sep><headline>                      what varies has a name
    (see also<sep><bracketed>)                    everything else stands for itself

Capitals do not count unless the prompt is `exact`. A space is any white space, `'` any apostrophe, `"` any
quotation mark, `-` any hyphen, `(` any bracket, and a colon or bar may have a space in front.

Nothing that can be written this way runs away: every wildcard has a cap, and groups neither nest nor repeat.
`openings` and `endings` give the words by which an index finds a template, so that most are never even compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

_BEGINS = r"[^\S\n]{0,3}(?-i:(?![a-zß-öø-ÿ](?![A-Z])))(?=\S)"  # not with a small letter, "iPhone" apart
_STOPS = r"(?:(?<=\.\.\.)|(?<![.!;,:])(?<![.!;,:][\"”’'»)\]]))"  # without a full stop, three of them apart

_NAME = r"(?-i:[A-ZÀ-ÖØ-Þ@#\d])[\w.&’'!/-]{0,30}(?:[^\S\n][\w.&’'!/-]{1,30}){0,5}"
_TAG = r"[\w.&’'-]{1,30}(?: [\w.&’'-]{1,30}){0,4}"
_SENTENCE = r"(?-i:(?=[\"“‘'(]?[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ’']))"  # a word with a capital, but not in capitals

WILDCARDS = {
    # a number: "1,204"
    "n": r"\d{1,4}(?:[.,]\d{3}){0,3}",
    # a name of up to six words that begins with a capital, a digit or a sign: "The Example Times"
    "name": _NAME,
    # names as they sign pictures: "Anna Example/Example Agency, 2026"
    "credit": rf"{_NAME}(?:[^\S\n]?[,|/–-][^\S\n]?{_NAME}){{0,3}}",
    # a few words inside a sentence, without a comma: "for our weekly"
    "words": r"[^.,!?:;\n]{1,80}?",
    # anything: "news, views and cat pictures. Every day"
    "text": r".{1,200}?",
    # a run of headlines, one behind the other
    "blob": r".{20,700}?",
    # anything or nothing
    "rest": r"(?:(?<!\w)|(?!\w)).{0,900}",
    # anything or nothing, but not much: a paragraph that begins like a prompt is not one
    "end": r"(?:(?<!\w)|(?!\w)).{0,200}",
    # begins large and ends without a full stop: "Ministers meet at dawn"
    "headline": _BEGINS + r".{10,200}" + _STOPS,
    # a headline or one short sentence: "Other news of Thursday."
    "title": _BEGINS + r"(?:.{10,110}|.{10,200}" + _STOPS + ")",
    # a headline inside brackets, which may hold brackets itself
    "bracketed": _BEGINS + r"[^()\[\]\n]{3,200}(?:[(\[][^()\[\]\n]{0,60}[)\]][^()\[\]\n]{0,100})?",
    # anything inside brackets
    "phrase": r"[^()\[\]\n]{3,250}",
    # words and phrases with commas between them: "dams, harbour budget"
    "tags": rf"{_TAG}(?:, ?{_TAG}){{1,20}}",
    # a name that has just been given, glued to what follows: the second in "Anna Example Anna ExampleMinisters meet"
    "again": r"(?-i:\b(?P<given>[A-ZÀ-ÖØ-Þ][\w’'-]{1,30})[^\S\n]"
    r"(?P<part>(?:[A-Z(][\w.’'()-]{0,30}[^\S\n]){0,4}(?P=given)(?=[A-Z‘'“\"])))",
    # what stands between a cue and its headline: ":", " | ", " - ", ">>"
    "sep": r"[^\S\n]{0,3}(?:[:|»›→▶>]{1,3}|(?<=\s)[–—-]{1,3}(?=\s))[^\S\n]{0,3}",
    "handle": r"@ ?\w{1,30}",
    "url": r"(?:https?:/|www\.|\w{1,30}\.\w{2,8}/)\S{0,300}",
    "mail": r"(?:[\w.+-]{1,60}@ ?[\w.-]{1,60}|\[email.protected\])",
}
"""What a name in angle brackets stands for. Every repetition has a cap."""

LOOSE = ("<text>", "<rest>", "<end>", "<words>", "<tags>", "<phrase>")
"""Wildcards that take in anything, and so may take in somebody's speech."""

SHAPES = {
    # the whole line, without a full stop, and the headlines below it belong to it
    "header": r"{0}{1}(?<!\w\.)\Z",
    # the whole line
    "line": r"{0}{1}\Z",
    # the whole line, but not the first of a text, which is its own headline
    "below": r"{0}{1}\Z",
    # the whole line, where another prompt stands beside it
    "beside": r"{0}{1}\Z",
    # the whole line, in brackets
    "boxed": r"{0}[\s.!?…]{{0,4}}[)\]]{1}\Z",
    # anywhere, in brackets that belong to it or with a cue at its end
    "inline": r"{0}",
    # glued to the front of a line that goes on, written just so
    "opens": r"{0}[^\S\n]{{0,4}}" + _SENTENCE,
    # glued to the end of a line, behind the end of a sentence, written just so
    "ends": r"(?<=[.!?…\"”’)\]][^\S\n]){0}{1}\Z",
    # all that stands on a button: something to do ("print"), or a network to do it in ("facebook")
    "button": r"{0}",
    "network": r"{0}",
}
"""Where a prompt may stand, with the pattern of each place: {0} is the template, {1} decoration."""

_CHARACTERS = {
    " ": r"[^\S\n]{1,4}",
    "'": "['’‘´`]",
    '"': '["“”„«»]',
    "-": "[-‐‑–—]",
    ":": r"[^\S\n]?[:：][^\S\n]{0,2}",
    "|": r"[^\S\n]?[|│]",
    "(": r"[(\[][^\S\n]{0,3}",
    ")": r"[^\S\n.!?…]{0,3}[.…]{0,3}[)\]]",
}
_DECORATION = r"[\s.:!?…»›>→|)\]*_–—-]{0,8}"
_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+|[{}])")
_WILDCARD = re.compile(r"<([a-z]+)>")
WORD = r"\d[\d.,]{0,29}|[^\W\d_]{1,30}|[©@]"
"""A word as indexes know it. Combining signs of Indic scripts part words: all that counts is that they do so alike."""

LONGEST_WORD = 30
MARKS = "\t\r\N{NO-BREAK SPACE} .,:;!?…»«›‹<>→|/()[]{}*_\"'“”„‘’–—-"
_WORDS = re.compile(WORD)
_MOST_EDGES = 300


@cache
def compiled(template: str, shape: str, exact: bool = False) -> re.Pattern[str]:
    """
    Return the pattern of a template, compiled once a process.

    >>> bool(compiled("story continue{s|d} {below|}", "line").match("Story continues below..."))
    True
    >>> compiled("(also read<sep><bracketed>)", "inline").search("It fell (Also read: Ministers meet) again.").span()
    (8, 35)
    """
    body = "".join(_translated(template))
    exact = exact or shape in ("opens", "ends")
    return re.compile(SHAPES[shape].format(body, _DECORATION), 0 if exact else re.IGNORECASE)


def lookup(template: str, shape: str) -> tuple[str, frozenset[str]]:
    """
    Return how a text of this form is found: by its first words or last, by the first in brackets, or by a cue.

    Raises:
        ValueError: If it begins and ends in free text, so that it could only be found by trying it on every line.

    >>> lookup("<headline> read more", "line")
    ('last', frozenset({'more read'}))
    >>> lookup("READ MORE: <headline>", "ends")
    ('cue', frozenset({'MORE'}))
    """
    if shape == "inline" and template[0] == "(":
        return "bracket", openings(template)
    if shape == "inline":
        return "cue", frozenset((template.rpartition(">")[2].strip(),))
    table, words = ("last", endings(template)) if shape == "ends" else ("first", openings(template))
    if "" in words and shape == "ends":
        table, words = "cue", _edges(pieces(template), lambda before, piece: before + piece, _cue)
    elif "" in words:
        table, words = "last", endings(template)
    if "" in words:
        raise ValueError(f"{template!r}: nothing to find it by; let it begin or end with a word")
    return table, words


def openings(template: str) -> frozenset[str]:
    """
    Return the words with which a text of this form can begin: two where both are certain, else one.

    A number is "#"; a text that can begin with anything gives "".

    >>> sorted(openings("{the|} story continue{s|d} below"))
    ['story continued', 'story continues', 'the story']
    >>> sorted(openings("<n> {share|comment}s")), sorted(openings("<name> homepage"))
    (['# comments', '# shares'], [''])
    """
    return _edges(pieces(template), lambda before, piece: before + piece, _opening)


def endings(template: str) -> frozenset[str]:
    """
    Return the words with which a text of this form can end, the last one first; "" where it can be anything.

    >>> sorted(endings("<headline> {read more|continue}"))
    ['continue', 'more read']
    """
    return _edges(pieces(template)[::-1], lambda after, piece: piece + after, _ending)


def pieces(template: str) -> list[tuple[str, ...]]:
    """
    Return the pieces of a template, each with its alternatives. A group that may be empty takes a space along.

    Raises:
        ValueError: If braces do not match, or a name in angle brackets is not a wildcard.

    >>> pieces("{the|} story {so far|}")
    [('the ', ''), ('story',), (' so far', '')]
    """
    found = [tuple(group.split("|")) if not text else (text,) for group, text in _PIECE.findall(template)]
    for name in _WILDCARD.findall(template):
        if name not in WILDCARDS:
            raise ValueError(f"{template!r}: there is no wildcard <{name}>; there are {', '.join(sorted(WILDCARDS))}")
    if ("{",) in found or ("}",) in found:
        raise ValueError(f"{template!r}: braces do not match; groups cannot nest")
    for at, piece in enumerate(found):
        if "" not in piece or piece == ("",):
            continue
        if at and len(found[at - 1]) == 1 and found[at - 1][0].endswith(" "):
            found[at - 1] = (found[at - 1][0][:-1],)
            found[at] = tuple(part and " " + part for part in piece)
        elif (not at or found[at - 1] == ("",)) and found[at + 1 :] and found[at + 1][0].startswith(" "):
            found[at + 1] = (found[at + 1][0][1:],)
            found[at] = tuple(part and part + " " for part in piece)
    return [piece for piece in found if piece != ("",)]


def _translated(template: str) -> Iterator[str]:
    for piece in pieces(template):
        parts = [_pattern(part) for part in piece if part]
        if len(piece) == 1:
            yield parts[0]
        else:
            yield f"(?:{'|'.join(parts)}){'?' if '' in piece else ''}"


def _pattern(text: str) -> str:
    """Translate text that may hold wildcards, but no groups."""
    parts = _WILDCARD.split(
        text.replace(" <rest>", "<rest>").replace(" <end>", "<end>").replace(": <", ":<")
    )  # text and names by turns
    for at, part in enumerate(parts):
        parts[at] = WILDCARDS[part] if at % 2 else "".join(_CHARACTERS.get(c) or re.escape(c) for c in part)
    return "".join(parts)


def _edges(
    found: Iterable[tuple[str, ...]], joined: Callable[[str, str], str], edge: Callable[[str, bool], str | None]
) -> frozenset[str]:
    """Grow all texts that the pieces can make from one side, until each shows its edge."""
    growing, edges = {""}, set()
    for piece in found:
        grown = {joined(text, part.replace("<n>", "0")) for text in growing for part in piece}
        shown = {text: edge(text, False) for text in grown}
        edges |= {words for words in shown.values() if words is not None}
        growing = {text for text, words in shown.items() if words is None}
        if len(growing) + len(edges) > _MOST_EDGES:
            raise ValueError(f"more than {_MOST_EDGES} ways to begin or end: write it as several templates")
    return frozenset(edges | {edge(text, True) or "" for text in growing})


def _opening(text: str, whole: bool) -> str | None:
    """Return the first words of a text that grows to the right, or None while they may still change."""
    certain, wildcard, _ = text.partition("<")
    words = first_words(certain)
    if whole or wildcard or len(words) > 2 or (len(words) == 2 and not certain[-1].isalnum()):
        return " ".join(words[:2])
    return None


def _ending(text: str, whole: bool) -> str | None:
    """Return the last words of a text that grows to the left, or None while they may still change."""
    _, wildcard, certain = text.rpartition(">")
    words = last_words(certain)
    if whole or wildcard or len(certain.split()) > 2 or (len(words) == 2 and certain[:1].isspace()):
        return " ".join(words)
    return None


def _cue(text: str, whole: bool) -> str | None:
    """Return the last word, to the letter, before the first wildcard, or None while the text may still grow."""
    certain, wildcard, _ = text.partition("<")
    return certain.rstrip(" :|").rpartition(" ")[2] if whole or wildcard else None


def first_words(text: str) -> list[str]:
    """
    Return the words of a text as they are looked up from the front: small, and "#" for a number.

    >>> first_words("© 2026 Example")
    ['©', '#', 'example']
    """
    return ["#" if word[0].isdigit() else word.lower() for word in _WORDS.findall(text)]


def last_words(text: str) -> list[str]:
    """
    Return up to two words as they are looked up from the back: the last one first, small, without marks round them.

    >>> last_words("Ministers meet: [Read More...]")
    ['more', 'read']
    """
    words = [
        word.strip(MARKS).lower() for word in text[-2 * LONGEST_WORD :].rstrip(MARKS).replace("/", " ").split()[-2:]
    ]
    return words[::-1]
