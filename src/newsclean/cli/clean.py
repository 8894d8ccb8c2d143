"""The filter itself: `newsclean [PATH]`, and `-w`, `--check` and `--diff` for files and folders."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from functools import partial

from newsclean.cli.console import FAILED, complain, has_colour, numbered, put, say
from newsclean.cli.documents import Document, documents, no_input
from newsclean.cli.parsers import STDIN, parser
from newsclean.cli.settings import is_usable
from newsclean.errors import InputError, NewscleanError
from newsclean.files import append, check_replaceable, replace
from newsclean.formats import FORMATS, Finding, annotation, findings, json_line, sarif, underlined

DESCRIPTION = """\
Clean English news text: repair encoding, remove ad prompts, collapse white space, correct typos.

  newsclean < article.txt > clean.txt     a filter; clean text comes out as it went in
  newsclean --diff article.txt            show what would change
  newsclean -w *.txt                      change files in place
  newsclean --check content/              list what would change in a folder; of Markdown, MDX and HTML the prose
  newsclean explain article.txt           tell each change and its rule
  newsclean bulk corpus/ -o clean/        clean a corpus, with an account; newsclean undo is the way back
  newsclean learn corpus/ -o proposals/   propose prompts and names that a corpus has of its own
  newsclean review content/ -o page.html  show each change in a browser, and make a configuration of your judgement
  newsclean rules                         list the rules
  newsclean config                        tell what is configured, and where
"""
EPILOG = """\
exit status: 0 clean or written, 1 something would change (--check, --diff) or was (-w --exit-nonzero-on-fix),
2 wrong usage, or a file that could not be read, decoded or written (the others are done)
"""


def parser_of() -> argparse.ArgumentParser:
    """Return the parser of `newsclean` without a command's name."""
    made = parser("newsclean", DESCRIPTION, EPILOG)
    how = made.add_mutually_exclusive_group()
    how.add_argument("-w", "--write", action="store_true", help="change the files in place")
    how.add_argument("--check", action="store_true", help="write nothing; list what would change, exit 1 if anything")
    how.add_argument("--diff", action="store_true", help="write nothing; show a unified diff, exit 1 if not empty")
    how.add_argument(
        "--add-allowed", action="store_true", help="write the words that would be corrected to newsclean-allowed.txt"
    )
    made.add_argument("--output-format", choices=FORMATS, help="how --check lists; asks for it, too (default: text)")
    made.add_argument("--report", metavar="FILE", default="", help="write a page of HTML, too, that shows what changes")
    made.add_argument("--exit-nonzero-on-fix", action="store_true", help="exit 1 where -w wrote anything")
    loud = made.add_mutually_exclusive_group()
    loud.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors; the exit status tells")
    loud.add_argument("-v", "--verbose", action="store_true", help="show the line of each finding, and how to keep it")
    made.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="of --diff (default: auto)")
    made.add_argument("--output-encoding", metavar="NAME", default="", help="write this (default: that of the input)")
    made.add_argument("--version", action="store_true", help="print the versions of code and data")
    return made


def run(arguments: list[str]) -> int:
    """Run `newsclean` without a command's name; return the exit status."""
    made = parser_of()
    options = made.parse_args(arguments)
    if options.version:
        return _version()
    _check_usage(made, options)
    if not is_usable(options) or no_input(options.files):
        return FAILED
    rows: list[Finding] = []
    show: Callable[[Document], int]
    if options.write:
        show = partial(_write, options)
    elif options.check:
        show = partial(_check, options, rows)
    elif options.diff:
        show = partial(_diff, options)
    else:
        show = partial(_collect, rows) if options.add_allowed else _print
    try:
        status = _run_through(options, show)
    except NewscleanError as error:
        complain(str(error))
        return FAILED
    if options.check and options.output_format == "sarif" and not options.quiet:
        import newsclean

        say(sarif(rows, newsclean.__version__))
    if options.add_allowed:
        _add_allowed(rows)
    return status


def _check_usage(made: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Make sure that the options fit each other; end with the usage where they do not."""
    files = options.files or [STDIN]
    looks = options.write or options.diff or options.add_allowed
    if options.output_format and looks:
        made.error("--output-format is of --check: leave it out, or -w, --diff and --add-allowed")
    options.check = options.check or bool(options.output_format)
    if not (looks or options.check) and (len(files) > 1 or os.path.isdir(files[0])):
        several = f"{files[0]} is a folder" if len(files) == 1 else f"{len(files)} files"
        made.error(f"{several}: a folder or several files need -w (write them), --check or --diff")
    if (options.write or options.add_allowed) and STDIN in files:
        made.error("-w needs files: standard input cannot be written; leave -w out")


def _run_through(options: argparse.Namespace, show: Callable[[Document], int]) -> int:
    """Show each document as asked, and write the page about them where there is to be one; return the exit status."""
    if options.report:
        from newsclean.cli import pages

        review = pages.begun(options, options.files)
    status = 0
    for document in documents(options):
        status = max(status, _shown(show, document, options.output_encoding))
        if options.report and document:
            review.add(document.name, document.original, document.result)
    if options.report:
        pages.write(review, options.report)
    return status


def _shown(show: Callable[[Document], int], document: Document | None, encoding: str) -> int:
    if document is None:
        return FAILED
    if encoding:
        document = document._replace(decoded=document.decoded._replace(encoding=encoding, bom=b""), data=None)
    try:
        return show(document)
    except InputError as error:
        complain(f"{document.name}: {error}")
        return FAILED


def _clean_bytes(document: Document) -> bytes:
    """Return the clean document as bytes: those that came in, where nothing was changed."""
    if document.data is not None and not document.result.edits:
        return document.data
    return document.decoded.encode(document.result.text)


def _print(document: Document) -> int:
    put(_clean_bytes(document))
    return 0


def _write(options: argparse.Namespace, document: Document) -> int:
    if not document.result.edits and document.data is not None:
        return 0
    clean = _clean_bytes(document)
    check_replaceable(document.path, document.data)
    replace(document.path, clean)
    if options.verbose:
        complain(f"{document.name}: written, {numbered(len(document.result.edits), 'change')}")
    return 1 if options.exit_nonzero_on_fix else 0


def _check(options: argparse.Namespace, rows: list[Finding], document: Document) -> int:
    status = 1 if document.result.edits else 0
    if options.quiet or not status:
        return status
    found = findings(document.path, document.result)
    if options.output_format == "sarif":
        rows += found
        return status
    format_of = {"json": json_line, "github": annotation}
    write = format_of.get(options.output_format or "text", underlined if options.verbose else str)
    for finding in found:
        say(write(finding))
    return status


def _collect(rows: list[Finding], document: Document) -> int:
    rows += findings(document.path, document.result)
    return 0


def _add_allowed(rows: list[Finding]) -> None:
    """Write the words that would be corrected beside the configuration, and tell what was written."""
    from newsclean.config import ALLOWED, find

    words: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.rule.startswith("typos/"):
            folder = os.path.dirname(os.path.abspath(row.path))
            here = os.getcwd()
            folder = find(folder).root or (here if (folder + os.sep).startswith(here + os.sep) else folder)
            words.setdefault(os.path.join(folder, ALLOWED), {})[row.before] = None
    for path, each in words.items():
        append(path, "".join(f"{word}\n" for word in sorted(each)))
        complain(f"{path}: {numbered(len(each), 'word')} added: {', '.join(sorted(each))}")


def _diff(options: argparse.Namespace, document: Document) -> int:
    if not options.quiet:
        diff = document.result.diff(document.name)
        put((_coloured(diff) if has_colour(options.color) else diff).encode("utf-8", "surrogateescape"))
    return 1 if document.result.edits else 0


COLOURS = {"-": "31", "+": "32", "@": "36"}


def _coloured(diff: str) -> str:
    lines = diff.split("\n")
    return "\n".join(f"\x1b[{COLOURS[line[0]]}m{line}\x1b[0m" if line[:1] in COLOURS else line for line in lines)


def _version() -> int:
    import newsclean

    print(f"newsclean {newsclean.__version__} (data {newsclean.data_version})")
    return 0
