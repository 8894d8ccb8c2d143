"""`newsclean undo DIR --edits DIR -o DIR`: the original corpus from the clean one and the edit log."""

from __future__ import annotations

from newsclean.bulk.undo import undo
from newsclean.cli.console import FAILED, complain, numbered
from newsclean.cli.parsers import bare_parser
from newsclean.errors import NewscleanError

DESCRIPTION = """\
Undo what newsclean bulk did: write the original of each shard from the clean one and its edit log.

  newsclean bulk corpus/ -o clean/ --edits edits/
  newsclean undo clean/ --edits edits/ -o corpus2/

Shards that are not compressed come back byte for byte, which is checked; the others hold the same rows.
"""
EPILOG = "exit status: 0 done, 2 wrong usage, or a shard that is not as newsclean left it\n"


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    made = bare_parser("newsclean undo", DESCRIPTION, EPILOG)
    made.add_argument("folder", metavar="DIR", help="where newsclean bulk wrote the clean shards")
    made.add_argument("--edits", metavar="DIR", required=True, help="where it wrote the edit log")
    made.add_argument("-o", "--output", metavar="DIR", required=True, help="where the originals go")
    options = made.parse_args(arguments)
    try:
        restored = list(undo(options.folder, options.edits, options.output))
    except NewscleanError as error:
        complain(str(error))
        return FAILED
    rows, verified = sum(each.rows_changed for each in restored), sum(each.is_verified for each in restored)
    told = f"{numbered(len(restored), 'shard')} restored, {numbered(rows, 'row')} changed back"
    complain(f"{told}; {verified:,} have their old checksum")
    return 0
