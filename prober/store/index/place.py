"""Where the index of a folder of cases lies."""

from __future__ import annotations

from pathlib import Path

INDEX = "index.sqlite"


def index_of(output: Path) -> Path:
    """The index that covers cases in `output`: a run's cases are listed with those of the folder around the run."""
    if output.name.startswith("run-") or (not (output / INDEX).exists() and (output.parent / INDEX).exists()):
        return output.parent / INDEX
    return output / INDEX
