r"""
What ftfy did to a line, and where: its answer and its list of steps, turned into replacements.

ftfy tells which steps lead from a line to the repaired one, but not where each changed anything. Here the steps are
taken again one after the other. What a step changed is found by taking it on small pieces of the line, or by what it
cannot have touched, and the edits of all steps are composed. Should they not add up to ftfy's answer, there is one
edit from the first character that differs to the last: the answer is ftfy's in every case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from newsclean.edits import Edit, Edits, Replacement, apply, compose, record
from newsclean.repairing.switches import EncodingOptions

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

DEPTH = 16
"""How often ftfy may go over a line before its damage counts as nested without end. News has been seen to need 3."""

RUN = 128
"""
The longest unbroken run of mojibake, in characters, that ftfy may repair by itself inside a line of other encodings.

It goes over such a run again and again, at a cost that grows with the square of its length. A line that is broken
from end to end is another matter: its mojibake may be as long as it likes.
"""

Plan: TypeAlias = list[tuple[str, str]]
"""One step of ftfy's from text to text: actions and their parameters. What goes by way of bytes has several."""


class Fix(NamedTuple):
    """What a fix of ftfy's is to us: a rule and, for the record, what was found."""

    rule: str
    note: str


FIXES = {
    "unescape_html": Fix("encoding/entity", "HTML entity"),
    "fix_c1_controls": Fix("encoding/c1", "Latin-1 control character, meant as windows-1252"),
    "fix_latin_ligatures": Fix("encoding/ligature", "ligature"),
    "fix_character_width": Fix("encoding/width", "character of another width"),
    "uncurl_quotes": Fix("encoding/quotes", "curly quotation mark"),
    "fix_line_breaks": Fix("encoding/line-break", "line break other than a line feed"),
    "remove_terminal_escapes": Fix("encoding/terminal-escape", "terminal escape"),
    "remove_control_chars": Fix("encoding/control", "control character"),
}
"""The fixes that ftfy names by function."""

MOJIBAKE, COMPOSED, SURROGATE = "encoding/mojibake", "encoding/composed", "encoding/surrogate"

OWN = re.compile(
    r"\x1b(?:"
    r"\[(?![\d;]*[A-Za-z])[0-?]*[ -/]*[@-~]"  # matches "\x1b[38:5:1m"; the plain "\x1b[31m" is left to ftfy
    r"|[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)"  # matches "\x1b]0;title\a"
    r"|[()][0AB])"  # matches "\x1b(B"
    "|([\ud800-\udbff][\udc00-\udfff])"  # matches "\ud83d\ude00"
)
"""What ftfy leaves half of, and what we join because ftfy, let loose on it, would write U+FFFD for a lone half."""

KEEP = 16
"""How much of either end of a dull stretch ftfy gets to see: more than any of its patterns reaches into it."""

DULL = re.compile(r"""[ !"$%'-:<->@-~]{64,}""")  # matches "Rain fell in the north", if that went on
"""Printable ASCII without what is part of entities (`&#;`) or may stand for a lost byte (`?`)."""

PIECE = re.compile(r"&#?[0-9A-Za-z]{1,24};|\x1b\[[\d;]*[A-Za-z]|\r\n|[^ -~]")  # matches "&amp;", "\x1b[31m", "ﬁ"
LETTERS = re.compile(r"[\0-\x7f]?[^\0-\x7f]+")  # matches "e\u0301", with the odd letters that follow
KEPT = [re.compile(pattern) for pattern in ("([ -~]+)", "([!->@-~]+)", "([A-Za-z]+)")]
"""What mojibake and its repair leave alone: ASCII, but for spaces and "?" where they stand for bytes that were lost."""


def repair(line: str, options: EncodingOptions, offset: int = 0) -> Iterator[Replacement]:
    """
    Yield what ftfy changes in a line, and the little that we mend besides.

    Args:
        line: A line with its line feed, or a piece of one.
        options: What to repair.
        offset: Where the line begins in the text that the replacements are for.

    >>> for found in repair("cafÃ© &amp; bar", EncodingOptions()):
    ...     print(found.start, found.end, found.text, found.rule, "-", found.note)
    3 5 é encoding/mojibake - UTF-8 read as latin-1
    6 11 & encoding/entity - HTML entity
    """
    for start, end, _, after, parts in _edits(line, options):
        rules = [part.rule for part in parts]
        notes = dict.fromkeys(part.note for part in parts)
        rule = MOJIBAKE if MOJIBAKE in rules else rules[0]
        yield Replacement(offset + start, offset + end, after, rule, note=", then ".join(notes))


def _edits(line: str, options: EncodingOptions) -> Edits:
    """
    Return the edits of a line, found on a shorter one: ftfy need not see the middle of a dull stretch.

    Whatever ftfy does, it looks no further than a few characters from what is odd, or at the set of all characters,
    in which ASCII plays no part. Should an edit reach over a stretch all the same, the whole line is looked at.
    """
    dull = [(m.start() + KEEP, m.end() - KEEP) for m in DULL.finditer(line)]
    if dull:
        edges = [0, *(edge for stretch in dull for edge in stretch), len(line)]
        short = "".join(line[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
        edits = _stretched(_line_edits(short, options), dull)
        if edits is not None:
            return edits
    return _line_edits(line, options)


def _stretched(edits: Edits, dull: list[tuple[int, int]]) -> Edits | None:
    """
    Return edits of a shortened line as edits of the line, or None if one reaches over a stretch that was left out.

    >>> from newsclean.edits import Edit
    >>> _stretched((Edit(5, 6, "a", "b", ()),), [(3, 103)])
    (Edit(start=105, end=106, before='a', after='b', parts=()),)
    """
    placed: list[Edit] = []
    left_out, passed = 0, 0
    for edit in edits:
        while passed < len(dull) and dull[passed][0] - left_out <= edit.start:
            left_out += dull[passed][1] - dull[passed][0]
            passed += 1
        if passed < len(dull) and dull[passed][0] - left_out < edit.end:
            return None
        placed.append(edit._replace(start=edit.start + left_out, end=edit.end + left_out))
    return tuple(placed)


def _line_edits(line: str, options: EncodingOptions) -> Edits:
    """Return our own edits of a line and ftfy's, as one list."""
    own = record(line, _own_repairs(line, options))
    text = apply(line, own)
    return compose(own, _ftfys_repairs(text, *_ask_ftfy(text, options)))


def _own_repairs(line: str, options: EncodingOptions) -> Iterator[Replacement]:
    for found in OWN.finditer(line):
        if found[1] and options.fix_surrogates:
            whole = found[1].encode("utf-16", "surrogatepass").decode("utf-16")
            yield Replacement(*found.span(), whole, SURROGATE, note="two halves of a character")
        elif not found[1] and options.remove_terminal_escapes:
            rule, note = FIXES["remove_terminal_escapes"]
            yield Replacement(*found.span(), "", rule, note=note)


def _ask_ftfy(line: str, options: EncodingOptions) -> tuple[str, Plan]:
    """
    Return ftfy's answer for a line and all steps that led there; the line itself if its damage nests without end.

    ftfy goes over a line until nothing changes and asks its switches anew each time, so that a switch which goes off
    after a while bounds the work. `&amp;amp;amp;…` would otherwise cost the square of its length.
    """
    import ftfy
    from ftfy.chardata import UTF8_DETECTOR_RE

    odd = len(line.encode("utf-8", "surrogatepass")) - len(line)  # a run has at least one such byte in four characters
    long_run = 4 * odd > RUN and any(len(run[0]) > RUN for run in UTF8_DETECTOR_RE.finditer(line))
    entities = Fuse(options.unescape_html)
    mixed = Fuse(options.decode_inconsistent_utf8 and not long_run)
    switches: dict[str, Any] = {"unescape_html": entities, "decode_inconsistent_utf8": mixed}
    fixed, steps = ftfy.fix_and_explain(line, _config(options)._replace(**switches))
    if steps is None or entities.blown or mixed.blown:
        return line, []
    return fixed, [(action, parameter) for action, parameter in steps]


@cache
def _config(options: EncodingOptions) -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(**options._asdict())._replace(fix_surrogates=False)  # those that make a pair are mended


class Fuse:
    """
    A switch that is on `DEPTH` times and then blows.

    >>> fuse = Fuse(True)
    >>> sum(bool(fuse) for _ in range(100)), fuse.blown
    (16, True)
    """

    def __init__(self, on: bool) -> None:
        self._on = on
        self._asked = 0
        self.blown = False

    def __bool__(self) -> bool:
        self._asked += 1
        self.blown = self._on and self._asked > DEPTH
        return self._on and not self.blown


def _ftfys_repairs(line: str, fixed: str, steps: Plan) -> Edits:
    """Take ftfy's steps again, one after the other, and return the edits of all of them together."""
    edits: Edits = ()
    text = line
    for plan in _single_steps(steps):
        after = _take(plan, text)
        edits = compose(edits, record(text, _placed(plan, text, after)))
        text = after
    if text == fixed:
        return edits
    start, end, after = _trimmed(line, fixed)
    return record(line, [Replacement(start, end, after, MOJIBAKE, note="several repairs")])


def _single_steps(steps: Plan) -> Iterator[Plan]:
    """
    Cut ftfy's list into steps from text to text.

    >>> list(_single_steps([("encode", "latin-1"), ("decode", "utf-8"), ("apply", "uncurl_quotes")]))
    [[('encode', 'latin-1'), ('decode', 'utf-8')], [('apply', 'uncurl_quotes')]]
    """
    plan: Plan = []
    for step in steps:
        plan.append(step)
        if plan[0][0] != "encode" or step[0] == "decode":
            yield plan
            plan = []


def _take(plan: Plan, text: str) -> str:
    """Take one of ftfy's steps on a text."""
    if plan[0][0] == "normalize":
        import unicodedata

        normalize: Any = unicodedata.normalize
        return str(normalize(plan[0][1], text))
    from ftfy import apply_plan

    return apply_plan(text, plan)


def _placed(plan: Plan, before: str, after: str) -> list[Replacement]:
    """Return the places at which one of ftfy's steps changed a text."""
    action, parameter = plan[0]
    if action == "normalize":
        found, fix = _piece_by_piece(LETTERS, plan, before, after), Fix(COMPOSED, f"not in normal form {parameter}")
    elif action == "encode" and plan[-1] == ("decode", "windows-1252"):
        found, fix = _between_kept(before, after), FIXES["fix_c1_controls"]
    elif action == "encode":
        found, fix = _between_kept(before, after), Fix(MOJIBAKE, _told(plan))
    elif parameter == "decode_inconsistent_utf8":
        return [
            Replacement(start, end, text, MOJIBAKE, note=_told_alone(before[start:end], text))
            for start, end, text in _between_kept(before, after)
        ]
    else:
        found, fix = _piece_by_piece(PIECE, plan, before, after), FIXES.get(parameter, Fix(MOJIBAKE, parameter))
    return [Replacement(start, end, text, fix.rule, note=fix.note) for start, end, text in found]


def _piece_by_piece(pieces: re.Pattern[str], plan: Plan, before: str, after: str) -> list[tuple[int, int, str]]:
    """Return what a step changes in each piece of a text, or in all of it if the pieces do not add up."""
    changed: list[tuple[int, int, str]] = []
    result, at = [], 0
    for piece in pieces.finditer(before):
        fixed = _take(plan, piece[0])
        if fixed != piece[0]:
            start, end, text = _trimmed(piece[0], fixed) if pieces is LETTERS else (0, len(piece[0]), fixed)
            start, end = piece.start() + start, piece.start() + end
            if changed and changed[-1][1] == start:
                first, _, left = changed.pop()
                start, text = first, left + text
            changed.append((start, end, text))
            result += [before[at : piece.start()], fixed]
            at = piece.end()
    result.append(before[at:])
    return changed if "".join(result) == after else [_trimmed(before, after)]


def _between_kept(before: str, after: str) -> list[tuple[int, int, str]]:
    """
    Return where a text differs from its repaired form, given that most of its ASCII was kept.

    >>> _between_kept("voilÃ le cafÃ©?", "voilà le café?")
    [(4, 5, 'à'), (12, 14, 'é')]
    """
    for kept in KEPT:
        old, new = kept.split(before), kept.split(after)
        if old[1::2] == new[1::2]:
            changed, at = [], 0
            for one, other in zip(old, new, strict=True):
                if one != other:
                    start, end, text = _trimmed(one, other)
                    changed.append((at + start, at + end, text))
                at += len(one)
            return changed
    return [_trimmed(before, after)]


def _trimmed(before: str, after: str) -> tuple[int, int, str]:
    """
    Return the span of one text that differs from the other, and what stands there in the other.

    >>> _trimmed("a cafÃ© here", "a café here")
    (5, 7, 'é')
    """
    start, shorter = 0, min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, len(before) - end, after[start : len(after) - end]


def _told(plan: Plan) -> str:
    """
    Say how mojibake came about, from the steps that undo it.

    >>> _told([("encode", "sloppy-windows-1252"), ("decode", "utf-8")])
    'UTF-8 read as windows-1252'
    """
    note = f"UTF-8 read as {plan[0][1].removeprefix('sloppy-')}"
    if ("transcode", "restore_byte_a0") in plan:
        note += ", with spaces for no-break spaces"
    if ("transcode", "replace_lossy_sequences") in plan:
        note += ", with bytes lost"
    return note


def _told_alone(before: str, after: str) -> str:
    """Say the same of a piece that ftfy repaired by itself, in a line that is not all of one encoding."""
    import ftfy

    alone, steps = ftfy.fix_encoding_and_explain(before)
    if alone != after or not steps:
        return "UTF-8 read in another encoding"
    plans = _single_steps([(action, parameter) for action, parameter in steps])
    return ", then ".join(_told(plan) for plan in plans if plan[0][0] == "encode") or "UTF-8 read in another encoding"
