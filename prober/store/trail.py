"""Whom a case was told to: `trail.jsonl`, each line holding the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from prober.errors import BrokenCase, StoreError
from prober.models.custody import TrailEntry
from prober.store.folder import to_json

TRAIL = "trail.jsonl"


def add_entry(folder: Path, what: str, *, at: datetime | None = None, **fields: Any) -> TrailEntry:
    """Append one line to the trail; `what` and the fields are those of TrailEntry."""
    file = folder / TRAIL
    lines = file.read_bytes().splitlines() if file.exists() else []
    before = hashlib.sha256(lines[-1]).hexdigest() if lines else ""
    entry = TrailEntry.model_validate({"at": at or datetime.now(UTC), "what": what, "before": before, **fields})
    try:
        with file.open("ab") as stream:
            stream.write(to_json(entry) + b"\n")
    except OSError as problem:
        raise StoreError(f"Could not write {file}: {problem.strerror}.") from problem
    return entry


def load_trail(folder: Path) -> tuple[TrailEntry, ...]:
    """The trail in order. Raises BrokenCase where a line was changed, taken out or put in; StoreError for no folder."""
    if not folder.is_dir():
        raise StoreError(f"{folder} is no case folder.")
    file = folder / TRAIL
    before, found = "", []
    for number, line in enumerate(file.read_bytes().splitlines() if file.exists() else (), 1):
        try:
            entry = TrailEntry.model_validate(json.loads(line))
        except (ValueError, ValidationError) as problem:
            raise BrokenCase(f"Line {number} of {file} does not read.") from problem
        if entry.before != before:
            raise BrokenCase(f"{file} was changed before line {number}: the chain of hashes breaks there.")
        found.append(entry)
        before = hashlib.sha256(line).hexdigest()
    return tuple(found)


def told(entries: tuple[TrailEntry, ...]) -> dict[str, TrailEntry]:
    """Address -> when a desk was first told; withdrawn reports count, since the desk has read them."""
    first: dict[str, TrailEntry] = {}
    for entry in entries:
        if entry.what == "sent" and entry.address:
            first.setdefault(entry.address, entry)
    return first
