"""`newsclean bulk INPUT... -o DIR`: whole corpora, shard by shard, with an account of what changed."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from typing import Any

from newsclean.bulk.cleaning import Tally, Work
from newsclean.bulk.plan import BATCH_ROWS, Plan, passed_over, plan
from newsclean.bulk.rows import MISSING, NOT_JSON, NOT_UTF_8, missing
from newsclean.bulk.run import Summary
from newsclean.bulk.run import run as run_plan
from newsclean.bulk.sample import looked_at
from newsclean.bulk.shards import write_whole
from newsclean.cli.console import FAILED, complain, numbered, say
from newsclean.cli.parsers import MEGABYTE, add_config, add_jobs, add_max_size, add_stages, bare_parser, names, whole
from newsclean.cli.progress import Display
from newsclean.cli.settings import chain_options
from newsclean.errors import NewscleanError

DESCRIPTION = """\
Clean corpora: JSON lines (.jsonl, .ndjson, .json) and tables (.csv, .tsv), also with .gz or .zst; Parquet; text files.

  newsclean bulk corpus/ -o clean/                      each shard of a folder, under the same name
  newsclean bulk corpus/ -o clean/ --resume             go on after an interruption
  newsclean bulk corpus/ -o clean/ -j 0 --edits edits/  on all processors, every edit on record
  newsclean bulk corpus/ --dry-run --sample 20          show what would happen
  newsclean undo clean/ --edits edits/ -o corpus2/      the way back

Texts are cleaned, all else stays as it is. Beside the shards, DIR/manifest.jsonl says what was done to each, and
DIR/rejects.jsonl which rows could not be cleaned and passed through.
"""
EPILOG = """\
exit status: 0 done, 2 wrong usage, or a shard that could not be read (the others are done), or a full disk
"""

MOST_NAMES = 3
"""Of files that are passed over."""


def parser_of() -> argparse.ArgumentParser:
    """Return the parser of the command."""
    made = bare_parser("newsclean bulk", DESCRIPTION, EPILOG, "INPUT ... -o DIR [options]")
    made.add_argument("inputs", nargs="+", metavar="INPUT", help="a shard, or a folder of shards")
    made.add_argument("-o", "--output", metavar="DIR", default="", help="where the clean shards go")
    made.add_argument(
        "--text-column", metavar="NAME[,NAME]", type=names, default=("text",),
        help="what to clean; dots lead into objects and structs (default: text)",
    )  # fmt: skip
    made.add_argument("--id-column", metavar="NAME", default="", help="what names a row in the edit log")
    made.add_argument(
        "--to", metavar="FORMAT", default="",
        help="write another format: jsonl, csv, tsv, each with .gz or .zst, or parquet (default: that of the input)",
    )  # fmt: skip
    made.add_argument("--resume", action="store_true", help="go on where a run of the same configuration ended")
    made.add_argument("--edits", metavar="DIR", default="", help="write the edit log, for review and undo")
    made.add_argument("--dry-run", action="store_true", help="write nothing; show what would happen to some rows")
    made.add_argument(
        "--sample", metavar="N", type=whole(1), default=20, help="rows that --dry-run looks at (default: %(default)s)"
    )
    made.add_argument("--report", metavar="FILE", default="", help="write a page of HTML that shows what --edits tells")
    made.add_argument("--summary", metavar="FILE", default="", help="write the summary as JSON")
    made.add_argument(
        "--batch-size", metavar="ROWS", type=whole(1), default=BATCH_ROWS,
        help="rows that are cleaned at a time; the output does not depend on it (default: %(default)s)",
    )  # fmt: skip
    add_max_size(made, "longer texts pass through and are listed (default: %(default)s)")
    made.add_argument("-q", "--quiet", action="store_true", help="show neither progress nor summary")
    add_stages(made)
    add_config(made)
    add_jobs(made)
    return made


def run(arguments: list[str]) -> int:
    """Run the command; return the exit status."""
    made = parser_of()
    options = made.parse_args(arguments)
    if not options.dry_run and not options.output:
        made.error("-o DIR says where the clean shards go; or look first with --dry-run")
    if options.report and not options.edits:
        made.error("--report shows what the edit log tells: say with --edits DIR where to write that")
    try:
        planned = _plan(options)
        return _dry_run(planned, options.sample) if options.dry_run else _run(planned, options)
    except NewscleanError as error:
        complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        complain("interrupted; what has its final name is whole: go on with --resume")
        raise


def _plan(options: argparse.Namespace) -> Plan:
    work = Work(
        options=chain_options(options),
        columns=tuple(dict.fromkeys(options.text_column)),
        id_column=options.id_column,
        most=int(options.max_size * MEGABYTE),
        to=options.to,
    )
    made = plan(options.inputs, options.output, work, options.edits, options.batch_size)
    if unknown := passed_over(options.inputs):
        told = f"{numbered(len(unknown), 'file')} or links passed over, for the name tells no format that is known: "
        complain(told + ", ".join(unknown[:MOST_NAMES]) + ", ..." * (len(unknown) > MOST_NAMES))
    return made


def _run(planned: Plan, options: argparse.Namespace) -> int:
    if options.report:
        from newsclean.cli import pages

        review = pages.begun(options, options.inputs)
    with Display(planned, is_quiet=options.quiet) as display:
        summary = run_plan(planned, options.jobs, is_resumed=options.resume, heard=display.hear)
    for error in summary.failed:
        complain(str(error))
    if options.summary:
        write_whole(options.summary, json.dumps(summary.as_dict(), indent=2).encode() + b"\n")
    if options.report:
        review.read_logs([shard.log for shard in planned.shards if os.path.exists(shard.log)], summary.tally["texts"])
        pages.write(review, options.report)
    if not options.quiet:
        complain(summary_text(summary))
    return FAILED if summary.failed or _found_nothing(summary.tally, planned) else 0


def _found_nothing(tally: Mapping[str, Any], planned: Plan) -> bool:
    """Tell whether no row had such a column, which is no corpus but a wrong name or form; say so."""
    rejects = set(tally["rejects"])
    is_wrong = bool(rejects) and not tally["texts"] and rejects <= {MISSING.reason, NOT_JSON, NOT_UTF_8}
    if is_wrong:
        complain(missing(planned.work.columns))
    return is_wrong


def summary_text(summary: Summary) -> str:
    """Return a summary for people to read."""
    tally: dict[str, Any] = summary.tally
    rules = [f"  {count:>11,}  {rule}" for rule, count in tally["rules"].items()]
    rejects = [f"  {count:>11,}  {reason}" for reason, count in tally["rejects"].items()]
    lines = [
        f"{summary.shards - len(summary.failed):,} of {numbered(summary.shards, 'shard')} done"
        + f", {summary.before:,} of them before" * bool(summary.before),
        f"{numbered(tally['rows'], 'row')}, {tally['rows_changed']:,} changed; {numbered(tally['edits'], 'edit')}",
        *rules,
        *(
            [f"{numbered(sum(tally['rejects'].values()), 'text')} passed through unchanged: rejects.jsonl"]
            * bool(rejects)
        ),
        *rejects,
        f"{_size(summary.text_bytes)} of text in {summary.seconds:,.1f} s, "
        f"{summary.text_bytes / MEGABYTE / summary.seconds:,.1f} MB/s",
    ]
    return "\n".join(lines)


def _size(count: int) -> str:
    """
    Return a number of bytes in words.

    >>> _size(61), _size(2_345_678)
    ('61 bytes', '2.3 MB')
    """
    return f"{count / MEGABYTE:,.1f} MB" if count >= MEGABYTE / 10 else numbered(count, "byte")


def _dry_run(planned: Plan, sample: int) -> int:
    """Show the edits of some rows, and what they come to."""
    tally = Tally()
    for line in looked_at(planned, sample, tally):
        say(line)
    return FAILED if _found_nothing(tally.as_dict(), planned) else 0
