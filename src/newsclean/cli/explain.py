"""`newsclean explain PATH`: each change, where it is, what it was, what it became and why."""

from __future__ import annotations

from newsclean.cli.common import FAILED, documents, is_usable, no_input, parser, say
from newsclean.formats import findings

DESCRIPTION = """\
Tell each change that newsclean would make to a file, and each it thought of and left alone:

  FILE:LINE:COLUMN: RULE: BEFORE -> AFTER (why)

Lines and columns count from 1, columns in characters. Nothing is written.
"""


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    options = parser("newsclean explain", DESCRIPTION).parse_args(arguments)
    if not is_usable(options) or no_input(options.files):
        return FAILED
    status = 0
    for document in documents(options):
        if document is None:
            status = FAILED
            continue
        for finding in findings(document.path, document.result, suggestions=True):
            say(str(finding))
    return status
