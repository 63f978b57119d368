"""What people say about cases (tags, notes), who may see them, and what was purged: a text file beside the cases,
which the index repeats."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from prober.errors import StoreError
from prober.models.base import Noun

REMARKS = "remarks.jsonl"


class Remark(Noun):
    """One line of `remarks.jsonl`. text: the tag, the note, who holds the case, or why it was purged.

    manifest: SHA-256 of the purged case's SHA256SUMS, '' where it had none.
    """

    at: datetime
    what: Literal["tag", "untag", "note", "held", "purged"]
    case_id: str
    text: str
    manifest: str = ""


def add_remark(folder: Path, remark: Remark) -> None:
    """Append a remark, to the disk. Raises StoreError when it cannot be written."""
    try:
        with (folder / REMARKS).open("ab") as file:
            file.write(remark.model_dump_json().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise StoreError(f"Could not write {folder / REMARKS}: {problem.strerror}; nothing was changed.") from problem


def remarks(folder: Path) -> Iterator[Remark]:
    """All remarks in order; a line that was cut off is passed over."""
    file = folder / REMARKS
    if not file.exists():
        return
    for line in file.read_bytes().splitlines():
        try:
            yield Remark.model_validate(json.loads(line))
        except (ValueError, ValidationError):
            continue
