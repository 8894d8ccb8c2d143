"""Prompts that a user gave: lines, and sentences in lines, in the words that they have; numbers may be left open."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from newsclean.prompting.index import Form
from newsclean.prompting.judge import Part

GIVEN = "prompts/given"
"""The rule of what the options name."""

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")  # matches "1,300" and "12:30"
OPEN_NUMBER = "<number>"

ENDED = re.compile(r"""(?:[.!?…]["'”’)\]]*\s+|^\s*)\Z""")  # matches "It rained. " and nothing at all
END_OF_SENTENCE = (".", "!", "?", "…", ":")


def shape_of(line: str) -> str:
    """
    Return a line with its numbers left open.

    >>> shape_of("12 comments, 1,300 views")
    '<number> comments, <number> views'
    """
    return NUMBER.sub(OPEN_NUMBER, line)


class Given:
    """
    What is to be removed.

    >>> given = Given(["<number> readers like this", "Sign up here."])
    >>> lines = ["It rained. Sign up here. It stopped.", "He said: Sign up here. It rained.", "12 readers like this."]
    >>> [(number, [part[:2] for part in parts]) for number, parts in given.parts(lines).items()]
    [(0, [(11, 24)])]
    """

    def __init__(self, wanted: Collection[str]) -> None:
        self._form = Form(GIVEN, "", "line", True, "")
        self._wanted = [_pattern(each) for each in sorted(wanted)]

    def parts(self, lines: Sequence[str]) -> dict[int, list[Part]]:
        """Return what stands in lines, as whole lines or as whole sentences, by the number of the line."""
        found: dict[int, list[Part]] = {}
        text = "\n".join(lines) if self._wanted else ""
        for literal, pattern in self._wanted:
            for number, line in enumerate(lines if literal in text else ()):
                if literal in line:
                    found.setdefault(number, []).extend(self._in(line, pattern))
        return {number: parts for number, parts in found.items() if parts}

    def _in(self, line: str, pattern: re.Pattern[str]) -> Iterator[Part]:
        for match in pattern.finditer(line):
            rest = line[match.end() :]
            is_ended = not rest.strip() or (match[0].endswith(END_OF_SENTENCE) and rest[0].isspace())
            if is_ended and ENDED.search(line, 0, match.start()):
                yield Part(match.start(), match.end(), self._form)


def _pattern(wanted: str) -> tuple[str, re.Pattern[str]]:
    """Return what must stand in a line that has what is wanted, and what finds it there."""
    pieces = wanted.split(OPEN_NUMBER)
    return max(pieces, key=len), re.compile(NUMBER.pattern.join(map(re.escape, pieces)))
