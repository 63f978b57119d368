"""Reading a case folder back: the record, its snapshots, and what a crash left of one."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from prober.errors import BrokenCase, StoreError
from prober.models.case import Case, Exhibit, Probe, Step
from prober.models.identity import Identity, Proof, Value
from prober.models.page import Snapshot
from prober.store.folder import CASE, HAR, JOURNAL, SNAPSHOTS

SNAPSHOT_LIMIT = 64 * 2**20  # bytes of one snapshot unpacked; an imported case may be hostile
SCHEMA = "prober/case/1"

# Older schema -> the function that lifts a record by one version; none yet, as this is the first.
MIGRATIONS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def load_case(path: Path) -> Case:
    """The record of a case from its folder or its `case.json`; a folder without one is recovered from its journal.

    Raises StoreError when there is no case, BrokenCase when it does not read.
    """
    folder = path if path.is_dir() else path.parent
    file = folder / CASE
    if not file.exists():
        if (folder / JOURNAL).exists():
            return recover_case(folder)
        raise StoreError(f"{path} is no case: it holds no {CASE}. Give the folder that prober check named.")
    record = _parse(file)
    while (schema := record.get("schema")) != SCHEMA:
        if schema not in MIGRATIONS:
            raise BrokenCase(f"{file} has schema {schema!r}, which this version cannot read; use a newer prober.")
        record = MIGRATIONS[schema](record)
    try:
        return Case.model_validate(record)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BrokenCase(f"{file} does not read as a case: {where}: {first['msg']}.") from problem


def load_snapshot(path: Path, sha: str) -> Snapshot:
    """A stored snapshot by its hash; BrokenCase when the content is not what the name says."""
    folder = path if path.is_dir() else path.parent
    if not (len(sha) == 64 and all(letter in "0123456789abcdef" for letter in sha)):
        raise BrokenCase(f"{folder} names a snapshot {sha[:80]!r}, which is no SHA-256.")
    file = folder / SNAPSHOTS / f"{sha}.json.gz"
    try:
        packed = file.read_bytes()
    except OSError as problem:
        raise BrokenCase(f"{folder} lacks the snapshot {sha}: {problem.strerror}.") from problem
    data = _unpack(packed, file)
    if hashlib.sha256(data).hexdigest() != sha:
        raise BrokenCase(f"{file} was changed: its content does not have the hash that names it.")
    try:
        return Snapshot.model_validate_json(data)
    except ValidationError as problem:
        raise BrokenCase(f"{file} does not read as a snapshot.") from problem


def exhibit_bytes(path: Path, exhibit: Exhibit) -> bytes:
    """The content of an exhibit, checked against the hash taken with it; never a file outside the case."""
    file = path / exhibit.file
    if not file.resolve().is_relative_to(path.resolve()):
        raise BrokenCase(f"Exhibit {exhibit.id} points outside its case: {exhibit.file}.")
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise BrokenCase(f"Exhibit {exhibit.id} is missing: {exhibit.file}.") from problem
    if hashlib.sha256(data).hexdigest() != exhibit.sha256:
        raise BrokenCase(f"Exhibit {exhibit.id} ({exhibit.file}) was changed after it was taken.")
    return data


def load_har(path: Path) -> dict[str, Any]:
    """The log of `network.har`, {} where there is none; BrokenCase when it does not read."""
    file = path / HAR
    if not file.exists():
        return {}
    log = _parse(file).get("log", {})
    return log if isinstance(log, dict) else {}


def recover_case(folder: Path) -> Case:
    """What is known of a case whose probing was cut off, from its journal; it carries no verdict."""
    head: Case | None = None
    exhibits: list[Exhibit] = []
    finished: dict[str, Probe] = {}
    open_values: dict[str, dict[str, Any]] = {}
    open_steps: dict[str, list[Step]] = {}
    for kind, record in _journal(folder / JOURNAL):
        if kind == "case":
            head = Case.model_validate(record)
        elif kind == "exhibit":
            exhibits.append(Exhibit.model_validate(record))
        elif kind == "probe_started":
            open_values[record["probe"]] = record
        elif kind == "step_taken":
            open_steps.setdefault(record["probe"], []).append(Step.model_validate(record["step"]))
        elif kind == "probe_finished":
            probe = Probe.model_validate(record["probe"])
            finished[probe.name] = probe
    if head is None:
        raise BrokenCase(f"{folder} was cut off before its first step; delete it and check the address again.")
    for name, steps in open_steps.items():
        finished.setdefault(name, _cut_off(head, name, open_values.get(name, {}), steps))
    return head.model_copy(update={"probes": tuple(finished.values()), "exhibits": tuple(exhibits)})


def _cut_off(head: Case, name: str, started: dict[str, Any], steps: list[Step]) -> Probe:
    values: dict[str, tuple[Value, ...]] = {
        kind: (Value(kind=kind, text=text, proof=Proof.NONE, why="the proof was not yet on record"),)
        for kind, text in started.get("values", {}).items()
    }
    return Probe(
        name=name,
        arm=started.get("arm", "identity"),
        identity=Identity(name=name, seed=head.seed, ladder=values),
        profile=head.environment.profile,
        started_at=steps[0].at,
        steps=tuple(steps),
        outcome="interrupted",
        why="prober was cut off",
    )


def _journal(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Whole lines only: the last one may be cut off."""
    for line in file.read_bytes().split(b"\n"):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        yield entry["kind"], entry["record"]


def _parse(file: Path) -> dict[str, Any]:
    try:
        record = json.loads(file.read_bytes())
    except OSError as problem:
        raise StoreError(f"Could not read {file}: {problem.strerror}.") from problem
    except ValueError as problem:
        raise BrokenCase(f"{file} is not JSON; it was changed or cut off.") from problem
    if not isinstance(record, dict):
        raise BrokenCase(f"{file} is not a case.")
    return record


def _unpack(packed: bytes, file: Path) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(packed, SNAPSHOT_LIMIT)
    except zlib.error as problem:
        raise BrokenCase(f"{file} does not unpack; it was changed or cut off.") from problem
    if unpacker.unconsumed_tail:
        raise BrokenCase(f"{file} unpacks to more than {SNAPSHOT_LIMIT // 2**20} MB; refused.")
    return data
