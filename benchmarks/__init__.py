"""Benchmarks: ratios between stages and peers, measured in one run. `pytest benchmarks`."""
