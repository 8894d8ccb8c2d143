"""
Bulk: shards in, the same shards clean out, with an account of what changed.

    plan      what is to be done: inputs, outputs, columns, options, and the digest of all that decides the output
    formats   which format a shard is in; jsonlines, delimited, parquet, textfiles: one each; compression
    conversion  rows of one format as those of another
    cleaning  one batch of rows: clean values, edit log, rejects
    shards    one shard: read, clean, written beside its final name
    manifest  what is done; what may go on
    run       all of it, with any number of processes
    undo      the way back, from output and edit log

The rules are those of one text at a time: nothing is cleaned here that `Cleaner.explain` does not clean.
"""
