"""Measurements of prober against what it must hold; each module runs by itself, `python -m benchmarks.NAME`."""
