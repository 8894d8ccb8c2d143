"""`newsclean explain PATH`: each change, where it is, what it was, what it became and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from newsclean.cli.console import FAILED, has_colour, say
from newsclean.cli.documents import documents, no_input
from newsclean.cli.parsers import parser
from newsclean.cli.settings import is_usable
from newsclean.formats import Finding, findings, json_line, silencing, window
from newsclean.options import MAKERS, Options

DESCRIPTION = """\
Tell each change that newsclean would make to a file, and each it thought of and left alone:

  FILE:LINE:COLUMN: RULE: BEFORE -> AFTER (why)
      the line that it stands in, marked, with what becomes of it
      why: the evidence, how probable it is that the change is right, and what the rule does
      to keep it: how to have the text left alone

Lines and columns count from 1, columns in characters. Nothing is written.

With --word, tell instead what is thought of one word: which lists have it, what may have been meant by it, whether
it is changed, and what would alter that.
"""
EPILOG = "exit status: 0 done, 2 wrong usage, or a file that could not be read or decoded (the others are done)\n"
FORMATS = ("text", "line", "json")

BOLD, DIM, RED, GREEN, CYAN = "1", "2", "9;31", "32", "36"
Paint = Callable[[str, str], str]


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    made = parser("newsclean explain", DESCRIPTION, EPILOG)
    made.add_argument(
        "--output-format", choices=FORMATS, default="text", help="in full, a line each, or JSON lines (default: text)"
    )
    made.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="of text (default: auto)")
    made.add_argument("--word", metavar="WORD", help="tell what is thought of this word")
    made.add_argument("--context", metavar="FILE", default="", help="where the word stands; else it stands alone")
    options = made.parse_args(arguments)
    if options.context and options.word is None:
        made.error("--context tells where a word stands: say which with --word")
    if options.word is not None:
        if options.files:
            made.error(f"--word takes no PATH: say where it stands with --context {options.files[0]}")
        from newsclean.cli import word

        return word.run(options) if is_usable(options) else FAILED
    if not is_usable(options) or no_input(options.files):
        return FAILED
    paint = _painted if has_colour(options.color) else _plain
    writers: dict[str, Callable[[Finding], str]] = {"json": json_line, "line": str}
    write = writers.get(options.output_format, partial(explained, paint=paint))
    status = 0
    for document in documents(options):
        if document is None:
            status = FAILED
            continue
        for finding in findings(document.path, document.result, suggestions=True):
            say(write(finding))
    return status


def explained(finding: Finding, paint: Paint) -> str:
    """
    Return all there is to say about a finding, in lines.

    >>> row = Finding("a", 1, 5, 1, 8, "typos/listed", "teh", "the", "transposition", False, "See teh cat", 0.98)
    >>> print(explained(row, lambda text, colour: text))
    a:1:5: typos/listed: 'teh' -> 'the' (transposition)
        See teh[the] cat
        why: transposition; .98 probable. Mends a misspelling of the list.
        to keep it: allow the word (--add-allowed), or --off typos/listed
    """
    place = paint(f"{finding.path}:{finding.line}:{finding.column}:", BOLD)
    told = str(finding).partition(f": {finding.rule}")[2]
    front, marked, behind = window(finding)
    after = finding.after.strip("\r\n")
    line = front + paint(marked, RED) + (paint(f"[{after}]", GREEN) if after else "") + behind
    return "\n".join(
        (
            f"{place} {paint(finding.rule, CYAN)}{told}",
            f"    {line}",
            f"    {paint('why:', DIM)} {_why(finding)}",
            f"    {paint('to keep it:', DIM)} {silencing(finding)}",
        )
    )


def _why(finding: Finding) -> str:
    note = "" if finding.rule.startswith("prompts/") else finding.note  # the kind, which the rule tells
    evidence = [note, f"{_share(finding.score)} probable" if finding.score < 1 else ""]
    told = "; ".join(each for each in evidence if each)
    return f"{told}. {_does().get(finding.rule, '')}".removeprefix(". ")


def _share(score: float) -> str:
    """
    Return a probability with two digits; what is not certain is not told as if it were.

    >>> _share(0.956), _share(0.998)
    ('.96', 'over .99')
    """
    return f"{score:.2f}".lstrip("0") if score < 0.995 else "over .99"


@cache
def _does() -> dict[str, str]:
    return {rule.id: rule.does for make in MAKERS.values() for rule in make(Options()).rules()}


def _painted(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if text else ""


def _plain(text: str, colour: str) -> str:
    return text
