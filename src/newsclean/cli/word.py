"""`newsclean explain --word WORD`: what is thought of one word, with what candidates, and what would change it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from newsclean.cli.console import FAILED, complain, say
from newsclean.cli.parsers import STDIN
from newsclean.cli.settings import settings_for
from newsclean.decoding import decode
from newsclean.edits import Replacement
from newsclean.errors import NewscleanError
from newsclean.files import read
from newsclean.normalizers.typos import STRENGTHS, Typos, TyposOptions, given
from newsclean.spelling.document import Document
from newsclean.spelling.inquiry import Inquiry, inquire
from newsclean.spelling.suspects import weighed

MOST_CANDIDATES = 5


def run(options: argparse.Namespace) -> int:
    """Tell of the word that the options name; return the exit status."""
    if options.word.split() != [options.word]:
        complain(f"--word {options.word!r}: must be one word, as in --word Treudau")
        return FAILED
    try:
        chosen = settings_for(options, options.context or STDIN).options.typos
        text = decode(read(options.context), options.encoding, options.context).text if options.context else ""
        document = Document(text or options.word)
        found = inquire(options.word, document)
    except NewscleanError as error:
        complain(str(error))
        return FAILED
    except ValueError as error:
        complain(f"{options.context or '--word'}: {error}")
        return FAILED
    is_guarded = not any(weighed(document, [options.word], 0.0))
    outcome = outcome_of(found, chosen, is_guarded, _change(document, options.word, chosen))
    lines = (
        [json.dumps(_fields(found) | {"outcome": outcome})] if options.output_format == "json" else told(found, outcome)
    )
    for line in lines:
        say(line)
    return 0


def told(found: Inquiry, outcome: str) -> Iterator[str]:
    """
    Yield what is thought of a word, in lines.

    >>> for line in told(inquire("Kabul"), "left alone"):
    ...     print(line)
    Kabul: left alone
        known as: a place, a name that readers of news know, a name that news has
    """
    yield f"{found.word}: {outcome}"
    yield f"    known as: {', '.join(found.kinds) or 'nothing; no list has it'}"
    if found.listed:
        yield f"    listed as a misspelling of: {', '.join(found.listed)}"
    if found.met:
        yield f"    met in {found.met} articles of the news counts"
    for form, slip, share in found.candidates[:MOST_CANDIDATES]:
        yield f"    may be: {form} ({slip}), {_percent(share)} of all chances"
    if found.verdict and found.verdict.reasons:
        yield f"    for the change speaks: {'; '.join(found.verdict.reasons)}"
    for supposition, score in found.supposed.items():
        yield f"    if {supposition}: {_percent(score)} probable"


def outcome_of(found: Inquiry, chosen: TyposOptions, is_guarded: bool, change: Replacement | None) -> str:
    """
    Return what becomes of a word and why.

    Args:
        found: What is thought of it.
        chosen: The options of the stage.
        is_guarded: Whether it stands where something else speaks for leaving it.
        change: What the stage proposes for its place, if anything.
    """
    corrections = given(chosen.corrections)
    if found.word in corrections:
        return f"becomes {corrections[found.word]!r}, as the options say"
    if found.word in chosen.allowed or found.word.lower() in chosen.allowed:
        return "left alone, as the options say"
    if not found.verdict and change:
        return f"{'changed' if change.safe else 'suggested'}: {change.text!r}, by {change.rule}"
    if found.is_known:
        return "left alone, as it is known"
    if not found.verdict:
        return "left alone, as nothing else can have been meant"
    evidence = found.verdict.evidence
    starts = evidence is not None and bool(evidence.starts)
    least = STRENGTHS[chosen.strength].least(found.word, found.verdict.word, starts)
    probable = f"{found.verdict.word!r} is {_percent(found.verdict.score)} probable"
    if found.verdict.score < least:
        return f"left alone: {probable}, and {chosen.strength!r} asks for {_percent(least)}"
    if is_guarded:
        return f"left alone: {probable}, but what stands around it is code, foreign, dialect, or says that it is meant"
    return f"changed: {probable}, and {chosen.strength!r} asks for {_percent(least)}"


def _change(document: Document, word: str, chosen: TyposOptions) -> Replacement | None:
    """Return what the stage proposes for the first place where a word stands, its other rules among that."""
    at = next(document.places(word), 0)
    found = Typos(chosen).propose(document.text)
    return next((each for each in found if each.start <= at < each.end), None)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _fields(found: Inquiry) -> dict[str, Any]:
    """Return the same for JSON."""
    verdict = found.verdict
    if verdict is None:
        return found._asdict()
    evidence = verdict.evidence._asdict() if verdict.evidence else {}
    told = {"reasons": verdict.reasons, "is_elsewhere": verdict.is_elsewhere, "evidence": evidence}
    return found._asdict() | {"verdict": verdict._asdict() | told}
