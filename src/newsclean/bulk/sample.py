"""A look before the run: what would happen to some rows. Nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from newsclean.bulk.cleaning import Tally, clean_batch
from newsclean.bulk.plan import Plan
from newsclean.bulk.shards import batches


def looked_at(plan: Plan, most: int, tally: Tally) -> Iterator[str]:
    """
    Yield a line for each edit, suggestion and reject in the first rows of each shard, then what they come to.

    Args:
        plan: What would be done.
        most: Rows to look at in all, taken evenly from the shards.
        tally: Counts what would become of them.

    Raises:
        InputError: If a shard cannot be read.
    """
    work = plan.work._replace(logged=True)
    for number, shard in enumerate(plan.shards):
        wanted = (number + 1) * most // len(plan.shards) - number * most // len(plan.shards)
        with closing(batches(shard, 1, work.columns, work.names)) as found:
            for batch, _ in islice(found, wanted):
                cleaned = clean_batch(batch, work, shard.name)
                tally.merge(cleaned.tally)
                lines = (cleaned.log + cleaned.rejects).splitlines()
                yield from (_shown(shard.name, json.loads(line)) for line in lines)
    yield ""
    yield f"rows looked at: {tally.rows:,}; would change: {tally.changed:,}; edits: {tally.counts.edits:,}"
    yield from (f"{count:>11,}  {rule}" for rule, count in tally.counts.as_dict()["rules"].items())


def _shown(shard: str, line: dict[str, Any]) -> str:
    place = f"{shard}:{line['row']} {line['column']}"
    if "reason" in line:
        return f"{place}: passes through: {line['reason']}"
    note = f" ({line['note']})" if "note" in line else ""
    mark = " (suggested)" if "suggested" in line else ""
    return f"{place}: {line['rule']}{mark}: {line['before']!r} -> {line['after']!r}{note}"
