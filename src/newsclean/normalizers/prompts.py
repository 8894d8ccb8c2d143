"""
Prompts: the lines and phrases of a page that speak to its visitor and are no part of the article.

Advertisement labels, "Scroll down for video", "(Also read: ...)", newsletter forms, share buttons, notices. What they
look like is data, in `dictionaries/prompts/`; a new publisher or language needs no code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from newsclean.edits import Replacement, Rule
from newsclean.errors import ConfigError
from newsclean.prompting.blocks import removed
from newsclean.prompting.given import GIVEN, Given, shape_of
from newsclean.prompting.index import Form
from newsclean.prompting.judge import NOTHING, Judge, Part, disjoint, everything, rest
from newsclean.prompting.kinds import KINDS
from newsclean.prompting.model import model
from newsclean.prompting.patterns import Patterns
from newsclean.prompting.screen import screen
from newsclean.prompting.verdicts import Verdict, verdicts
from newsclean.resources import entries

RULES = "prompts/rules.tsv"

CLOSING = frozenset(".,;:!?…)]}»”’%")
"""Characters that no space comes before."""


STRENGTHS = ("listed", "safe", "thorough")

MODEL = "prompts/model"
"""The rule of lines that no pattern knows."""


class PromptsOptions(NamedTuple):
    """What to leave alone, and how sure to be of the rest."""

    keep: tuple[str, ...] = ()
    """
    Kinds that are not removed, of `KINDS`. To keep a single prompt, turn its rule off. The kind of a line that no
    pattern knows is the model's best guess.
    """

    allowed: tuple[str, ...] = ()
    """Lines, and phrases in lines, that are text whatever they look like, without the white space round them."""

    remove: tuple[str, ...] = ()
    """
    Lines, and whole sentences in lines, that are prompts whatever they look like.

    In one of them `<number>` stands for any number. What ends without a full stop must end its line.
    """

    patterns: tuple[str, ...] = ()
    """Regular expressions, as the module `regex` reads them, for whole lines that are prompts."""

    strength: str = "safe"
    """How sure the model must be of a line that no pattern knows: `safe` or `thorough`; `listed` leaves it out."""


class Prompts:
    r"""
    Removes prompts: whole lines with their line feed, and phrases in or glued to a paragraph.

    Leaves bylines, datelines, captions, corrections and updates alone: they are article. So are headlines, unless a
    header such as "Read more:" stands above them. Lines that look like a prompt but say that somebody said something
    stay, as does all that is in doubt. Blank lines round a removed one are the business of `whitespace`.

    >>> text = "It rained.\n\nStory continues below\n\nIt stopped (Also read: Storm over the harbour)."
    >>> [(r.start, r.end, r.text, r.rule) for r in Prompts().propose(text)]
    [(12, 34, '', 'prompts/en/story-continues'), (45, 81, '', 'prompts/en/also-read')]
    """

    name = "prompts"

    def __init__(self, options: PromptsOptions = PromptsOptions()) -> None:
        for kind in options.keep:
            if kind not in KINDS:
                raise ConfigError(f"prompts.keep: there is no kind {kind!r}; there are {', '.join(KINDS)}")
        if options.strength not in STRENGTHS:
            raise ConfigError(
                f"prompts.strength: there is no strength {options.strength!r}; there are {', '.join(STRENGTHS)}"
            )
        self._strength = options.strength
        self._keep = tuple(sorted(set(options.keep)))
        self._allowed = frozenset(options.allowed)
        self._given = Given(frozenset(options.remove) - self._allowed)
        self._patterns = Patterns(options.patterns) if options.patterns else None

    def rules(self) -> Iterator[Rule]:
        """Yield a rule for each prompt in the data, and those of the options and of the model."""
        yield Rule(
            GIVEN, "Removes a line or a sentence given in the options, or a line that a pattern of theirs matches."
        )
        yield Rule(
            MODEL, "Removes lines that no pattern knows and that a model trained on labelled ones takes for prompts."
        )
        for row in entries(RULES):
            rule, kind, example = row.split("\t")
            yield Rule(rule, f"Removes prompts like this one, of kind {kind}: {example}")

    def propose(self, text: str) -> Iterator[Replacement]:
        """Yield one replacement for each line to remove, and one for each phrase inside other lines."""
        lines = text.split("\n")
        suspects, candidates = screen().glance(text, lines)
        kept = self._standing(lines, self._allowed)
        gone, inside = by_forms(lines, suspects, everything(), kept)
        known = kept.union(gone)
        if self._keep:
            gone = {number: form for number, form in gone.items() if form.kind not in self._keep}
        if self._allowed or self._keep:
            inside = {number: left for number, found in inside.items() if (left := self._doubted(lines[number], found))}
        for number, found in self._given.parts(lines).items():
            if number not in kept and number not in gone:
                inside[number] = disjoint(lines[number], [*inside.get(number, ()), *found])
                if not rest(lines[number], inside[number]).strip(NOTHING):
                    gone[number] = found[0].form
        if self._patterns:
            gone |= dict.fromkeys(self._matched(lines, kept, self._patterns), Form(GIVEN, "", "line", True, ""))
        unknown = [number for number in candidates if number not in gone and number not in inside]
        likely = self._likely(lines, unknown, gone, known)
        if gone or inside or likely:
            yield from _replacements(lines, gone, inside, likely)

    def _likely(
        self, lines: list[str], candidates: list[int], gone: Collection[int], known: Collection[int]
    ) -> dict[int, Verdict]:
        """
        Return what the model says of the lines that no pattern knows.

        What stands on buttons is left to `blocks`, which knows when "Facebook" is one and when a firm.
        """
        if self._strength == "listed" or not candidates:
            return {}
        weights = model()
        bodies = weights.candidates(lines, candidates)
        if not bodies:
            return {}
        buttons = everything().index.button
        kept = {number for number, body in bodies.items() if body.lower() in buttons}
        least = weights.weights[f"*{self._strength}"]
        return verdicts(weights, lines, bodies, gone, least, kept.union(known), self._keep)

    def _matched(self, lines: list[str], kept: Collection[int], patterns: Patterns) -> Iterator[int]:
        """Yield the numbers of the lines that a pattern of the options matches."""
        for number, line in enumerate(lines):
            if number not in kept and (body := line.strip()) and patterns.match(body):
                yield number

    def _standing(self, lines: list[str], listed: frozenset[str]) -> frozenset[int]:
        """Return the numbers of the lines that are in a list, or whose shape is."""
        if not listed:
            return frozenset()
        told = ((n, line.strip()) for n, line in enumerate(lines))
        return frozenset(n for n, line in told if line in listed or shape_of(line) in listed)

    def _doubted(self, line: str, found: Sequence[Part]) -> list[Part]:
        """Return the parts of a line that are neither allowed nor of a kind to keep."""
        return [
            part
            for part in found
            if part.form.kind not in self._keep and line[part.start : part.end].strip() not in self._allowed
        ]


def by_forms(
    lines: Sequence[str], suspects: Iterable[int], judge: Judge, kept: Collection[int] = ()
) -> tuple[dict[int, Form], dict[int, Sequence[Part]]]:
    """
    Return the lines that some form removes, and what forms cut out of others, by number.

    Args:
        lines: All lines of a text.
        suspects: The numbers of those that may hold words of some form.
        judge: Knows the forms that may fire.
        kept: Lines that are text whatever they look like.
    """
    whole: dict[int, Form] = {}
    inside: dict[int, Sequence[Part]] = {}
    for number in suspects:
        form, found = judge.judgement(lines[number])
        if form and number not in kept:
            whole[number] = form
        if found and number not in kept:
            inside[number] = found
    if not whole:
        return whole, inside
    gone = removed(lines, whole)
    return {number: form for number, form in gone.items() if number not in kept}, inside


def _replacements(
    lines: list[str], gone: Mapping[int, Form], inside: Mapping[int, Sequence[Part]], likely: Mapping[int, Verdict]
) -> Iterator[Replacement]:
    """
    Yield the replacements that take out lines, each with its line feed, and parts of others.

    Lines that are the end of the text give up the line feed in front of them instead of the one they do not have.
    """
    whole = {number: (form.rule, 1.0, form.kind, True) for number, form in gone.items()}
    for number, verdict in likely.items():
        whole[number] = (MODEL, verdict.probability, verdict.kind, verdict.removed)
    lengths = list(accumulate(map(len, lines), initial=0))
    size = lengths[-1] + len(lines) - 1
    tail = len(lines)
    while tail - 1 in whole:
        tail -= 1
    for number in sorted(whole.keys() | inside.keys()):
        start, end = lengths[number] + number, lengths[number + 1] + number + 1
        if number in whole:
            rule, score, kind, safe = whole[number]
            back = 1 if number >= tail > 0 else 0
            yield Replacement(start - back, min(end - back, size), "", rule, score, kind, safe)
        else:
            for part in inside[number]:
                first, last, text = _spaced(lines[number], part)
                yield Replacement(start + first, start + last, text, part.form.rule, note=part.form.kind)


def _spaced(line: str, part: Part) -> tuple[int, int, str]:
    """Return what to replace, and by what, so that a sentence closes over the gap with one space, or none."""
    before, after = part.start, part.end
    while before and line[before - 1].isspace():
        before -= 1
    while after < len(line) and line[after].isspace():
        after += 1
    if before == 0:
        return part.start, after, ""
    if after == len(line) or line[after] in CLOSING or line[after : after + 2] in ("'s", "’s"):
        return before, after, ""
    if before < part.start:
        return before + 1, after, ""
    return part.start, after, " "
