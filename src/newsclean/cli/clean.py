"""The filter itself: `newsclean [FILE]`, and `-w`, `--check` and `--diff` for files."""

from __future__ import annotations

from collections.abc import Callable

from newsclean.cli.common import (
    FAILED,
    STDIN,
    Document,
    cleaner_for,
    complain,
    documents,
    findings,
    no_input,
    parser,
    put,
    say,
)
from newsclean.errors import InputError
from newsclean.files import replace

DESCRIPTION = """\
Clean English news text: repair encoding, remove ad prompts, collapse white space, correct typos.

  newsclean < article.txt > clean.txt     a filter; clean text comes out as it went in
  newsclean --diff article.txt            show what would change
  newsclean -w *.txt                      change files in place
  newsclean explain article.txt           tell each change and its rule
  newsclean rules                         list the rules
"""
EPILOG = """\
exit status: 0 clean or written, 1 something would change (--check, --diff),
2 wrong usage or a file that could not be read, decoded or written
"""


def run(arguments: list[str]) -> int:
    """Run `newsclean` without a command's name; return the exit status."""
    made = parser("newsclean", DESCRIPTION)
    made.epilog = EPILOG
    how = made.add_mutually_exclusive_group()
    how.add_argument("-w", "--write", action="store_true", help="write the files that change")
    how.add_argument("--check", action="store_true", help="write nothing; list what would change, exit 1 if anything")
    how.add_argument("--diff", action="store_true", help="write nothing; show a unified diff, exit 1 if not empty")
    made.add_argument("--output-encoding", metavar="ENCODING", default="", help="default: that of the input")
    made.add_argument("--version", action="store_true", help="print the versions of code and data")
    options = made.parse_args(arguments)
    if options.version:
        return _version()
    files = options.files or [STDIN]
    if len(files) > 1 and not (options.write or options.check or options.diff):
        made.error("several files need -w (write them), --check or --diff")
    if options.write and STDIN in files:
        made.error("-w needs files: standard input cannot be written; leave -w out")
    cleaner = cleaner_for(options)
    if cleaner is None or no_input(options.files):
        return FAILED
    show = _write if options.write else _check if options.check else _diff if options.diff else _print
    return max(_shown(show, document, options.output_encoding) for document in documents(cleaner, options))


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


def _write(document: Document) -> int:
    if document.result.edits or document.data is None:
        replace(document.path, _clean_bytes(document))
    return 0


def _check(document: Document) -> int:
    for line in findings(document._replace(result=document.result._replace(suggestions=()))):
        say(line)
    return 1 if document.result.edits else 0


def _diff(document: Document) -> int:
    put(document.result.diff(document.name).encode("utf-8", "surrogateescape"))
    return 1 if document.result.edits else 0


def _version() -> int:
    import newsclean

    print(f"newsclean {newsclean.__version__} (data {newsclean.data_version})")
    return 0
