"""`newsclean explain FILE`: each change, where it is, what it was, what it became and why."""

from __future__ import annotations

from newsclean.cli.common import FAILED, cleaner_for, documents, findings, no_input, parser, say

DESCRIPTION = """\
Tell each change that newsclean would make to a file, and each it thought of and left alone:

  FILE:LINE:COLUMN: RULE: BEFORE -> AFTER (why)

Lines and columns count from 1, columns in characters. Nothing is written.
"""


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    options = parser("newsclean explain", DESCRIPTION).parse_args(arguments)
    cleaner = cleaner_for(options)
    if cleaner is None or no_input(options.files):
        return FAILED
    status = 0
    for document in documents(cleaner, options):
        if document is None:
            status = FAILED
            continue
        for line in findings(document):
            say(line)
    return status
