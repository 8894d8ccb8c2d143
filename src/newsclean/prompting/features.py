"""
What a line of text shows of itself: its words, how it begins and ends, its shape.

Features are spelt out, so that the weights of the model can be read. Three sorts are told apart by their first sign:
words as they stand (`sign up`, where `^` is the beginning of the line and `$` its end), the first five letters of
longer words (`newsl-`), and traits (`=ends .`).
"""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST = 400
"""Characters. A longer line is never taken for a prompt by its features: few are, and a mistake would be dear."""

MOST_WORDS = 80
STEM = 5

WORD = re.compile(
    "[0-9]+|[^\\s0-9!-/:-@\\[-`{-\N{INVERTED QUESTION MARK}\N{DEVANAGARI DANDA}\N{DEVANAGARI DOUBLE DANDA}"
    "\N{EN QUAD}-\N{INVISIBLE SEPARATOR}\N{LEFTWARDS ARROW}-\N{DOWNWARDS BLACK ARROW}]+"
    "|[!-/:-@\\[-`{-\N{INVERTED QUESTION MARK}\N{EN QUAD}-\N{INVISIBLE SEPARATOR}"
    "\N{LEFTWARDS ARROW}-\N{DOWNWARDS BLACK ARROW}]"
)
"""Words, numbers and single signs: "2", "|", "newsletter". Marks of Indic scripts belong to their words."""

_PLAIN = {code: code for code in range(128)} | str.maketrans("’‘`´“”„«»–—123456789", '\'\'\'\'"""""--000000000')
_NUMBERS = frozenset("0" * length for length in range(1, 25))
_BEHIND = "\"'”’»)]*_"
_MAIL = re.compile(r"\w@ ?\w+\.\w|\[email.protected\]")
_LINK = re.compile(r"https?:/|www\.|\w\.(?:com|org|net|de|fr|es|it|br|in|uk|co)\b")
_GLUED = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")

ADDRESS = frozenset(
    [
        "you",
        "your",
        "yours",
        "sie",
        "ihr",
        "ihre",
        "ihren",
        "ihrem",
        "dich",
        "dir",
        "dein",
        "deine",
        "euch",
        "vous",
        "votre",
        "vos",
        "tu",
        "te",
        "ton",
        "usted",
        "ustedes",
        "su",
        "sus",
        "tus",
        "voi",
        "vostro",
        "vostra",
        "tuo",
        "tua",
        "você",
        "vocês",
        "sua",
        "seu",
        "आप",
        "आपके",
        "आपकी",
        "आपको",
    ]
)
OWN = frozenset(
    [
        "we",
        "our",
        "us",
        "ours",
        "wir",
        "uns",
        "unser",
        "unsere",
        "unseren",
        "unserem",
        "unserer",
        "nous",
        "notre",
        "nos",
        "nosotros",
        "nuestro",
        "nuestra",
        "nuestros",
        "nuestras",
        "noi",
        "nostro",
        "nostra",
        "nostri",
        "nostre",
        "nós",
        "nosso",
        "nossa",
        "nossos",
        "nossas",
        "हम",
        "हमारे",
        "हमारी",
        "हमें",
    ]
)
PAST = frozenset(
    [
        "was",
        "were",
        "had",
        "said",
        "says",
        "told",
        "has",
        "been",
        "did",
        "would",
        "could",
        "war",
        "waren",
        "hatte",
        "hatten",
        "sagte",
        "wurde",
        "wurden",
        "était",
        "avait",
        "dit",
        "a",
        "ont",
        "fue",
        "era",
        "dijo",
        "había",
        "ha",
        "hanno",
        "detto",
        "foi",
        "disse",
        "tinha",
        "era",
        "था",
        "थे",
        "थी",
        "कहा",
    ]
)
"""Verbs in which articles tell what happened."""


def words_of(line: str) -> list[str]:
    """
    Return the words, numbers and signs of a line, small, with all digits the same.

    >>> words_of("Read more: 12 ways")
    ['read', 'more', ':', '00', 'ways']
    """
    return WORD.findall(line[:LONGEST].lower().translate(_PLAIN))[:MOST_WORDS]


def features(line: str) -> set[str]:
    """
    Return all features of a line, which is stripped.

    >>> sorted(features("Sign up!"))[:6]
    ['!', '! $', '=! says ', '=brief', '=brief !', '=brief mixed']
    """
    words = words_of(line)
    found = _grams(words)
    found.update(_traits(line, words))
    return found


def _grams(words: list[str]) -> set[str]:
    """Return the runs of one, two and three words, and the beginnings of longer words."""
    row = ["^", *words, "$"]
    found = set(words)
    found.update(map(" ".join, pairwise(row)))
    found.update(map(" ".join, zip(row, row[1:], row[2:], strict=False)))
    found.update([f"{word[:STEM]}-" for word in words if len(word) > STEM])
    return found


def _traits(line: str, words: list[str]) -> list[str]:
    """Return what a line looks like: its length, its ends, its capitals, whom it speaks to."""
    firsts = [word[0] for word in line.split()]
    count, large = sum(map(str.isalpha, firsts)), sum(map(str.isupper, firsts))
    end = line.rstrip(_BEHIND)[-1:]
    ends = end if end in ".!?:,;…|" else ("0" if end.isdigit() else "-")
    size = (
        "tiny" if count < 2 else "brief" if count < 5 else "short" if count < 11 else "some" if count < 21 else "long"
    )
    case = (
        "upper" if line.isupper()
        else "none" if not count
        else "title" if large > 0.7 * count
        else "mixed" if large > 0.35 * count
        else "small" if large == 0
        else "plain"
    )  # fmt: skip
    first = line[0]
    starts = first if not first.isalnum() else "0" if first.isdigit() else "a" if first.islower() else "A"
    company = set(words)
    speaks = (
        ("you" if not ADDRESS.isdisjoint(company) else "")
        + ("we" if not OWN.isdisjoint(company) else "")
        + ("past" if not PAST.isdisjoint(company) else "")
    )
    found = [
        f"=ends {ends}", f"={size}", f"={case}", f"=starts {starts}", f"=says {speaks}",
        f"={size} {ends}", f"={size} {case}", f"={size} says {speaks}", f"={ends} says {speaks}", f"={case} {ends}",
        f"=letters {min(len(line) // 15, 12)}", f"=last {line[-1] if not line[-1].isalnum() else 'a'}",
    ]  # fmt: skip
    if "@" in line:
        found += ["=mail"] if _MAIL.search(line) else ["=handle"]
    if "." in line[:-1] and _LINK.search(line):
        found += ["=link", f"=link {size}"]
    if _GLUED.search(line):
        found += ["=glued", f"=glued {size}"]
    if not _NUMBERS.isdisjoint(company):
        found += ["=digits", f"=digits {size} {ends}"]
    found += [f"=has {sign}" for sign in "/|©:" if sign in line]
    return found
