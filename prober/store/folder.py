"""The case folder: exhibits as they are taken, a journal against crashes, and the record at the end."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from errno import EACCES, ENOTDIR
from pathlib import Path
from typing import Any

from pydantic_core import PydanticSerializationError

from prober.errors import StoreError
from prober.models.base import Noun
from prober.models.case import Case, Exhibit
from prober.models.page import Snapshot
from prober.store.har import HarFile
from prober.store.naming import case_id

CASE = "case.json"
JOURNAL = "journal.jsonl"
HAR = "network.har"
EXHIBITS = "exhibits"
SNAPSHOTS = "exhibits/snapshots"
WRITTEN_BESIDE = ".part"


class CaseFolder:
    """Where one case is kept; implements `ports.Evidence`.

    Life: `create`, `begin` with the head of the case, then exhibits, snapshots, HAR and events as they
    come, at last `write_case`. Until then `journal.jsonl` holds what `reading.recover_case` needs.
    """

    def __init__(self, path: Path, id: str) -> None:
        self.path = path
        self.id = id
        self._exhibits: list[Exhibit] = []
        self._lock = threading.Lock()
        self._har: HarFile | None = None

    @classmethod
    def create(cls, output: Path, url: str, at: datetime | None = None) -> CaseFolder:
        """Make `output/<case id>/`. Raises StoreError, and leaves nothing, when that cannot be written."""
        at = at or datetime.now(UTC)
        with _told("make a case folder in", output):
            output.mkdir(parents=True, exist_ok=True)
            for attempt in range(100):
                path = output / case_id(url, at, attempt)
                with contextlib.suppress(FileExistsError):
                    path.mkdir()
                    break
            else:
                raise StoreError(f"{output} already holds a hundred cases of this address and second; try again")
        folder = cls(path, path.name)
        try:
            with _told("write to", path):
                (path / SNAPSHOTS).mkdir(parents=True)
                folder._har = HarFile(path / HAR)
        except StoreError:
            shutil.rmtree(path, ignore_errors=True)
            raise
        return folder

    @staticmethod
    def refuse_unwritable(output: Path) -> None:
        """Raises StoreError where it is plain beforehand that no case can be kept in `output`; writes nothing."""
        with _told("make a case folder in", output):
            nearest = next(place for place in (output.absolute(), *output.absolute().parents) if place.exists())
            if not nearest.is_dir():
                raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR))
            if not os.access(nearest, os.W_OK | os.X_OK):
                raise PermissionError(EACCES, os.strerror(EACCES))

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All exhibits so far, in the order in which they were taken."""
        return tuple(self._exhibits)

    def add(
        self,
        kind: str,
        data: bytes,
        *,
        suffix: str,
        probe: str = "",
        step: int | None = None,
        url: str = "",
        note: str = "",
    ) -> Exhibit:
        """Store, hash and number one exhibit; the hash is taken of the bytes in hand, before they are written."""
        with self._lock:
            number = f"E{len(self._exhibits) + 1:02d}"
            place = "-".join(part for part in (number, probe, "" if step is None else f"{step:02d}", kind) if part)
            exhibit = Exhibit.model_validate(
                {
                    "id": number,
                    "kind": kind,
                    "file": f"{EXHIBITS}/{place}.{suffix.lstrip('.')}",
                    "sha256": hashlib.sha256(data).hexdigest(),
                    "size": len(data),
                    "taken_at": datetime.now(UTC),
                    "probe": probe,
                    "step": step,
                    "url": url,
                    "note": note,
                }
            )
            write_whole(self.path / exhibit.file, data)
            self._exhibits.append(exhibit)
            self._journal("exhibit", exhibit)
        return exhibit

    def keep_snapshot(self, snapshot: Snapshot) -> str:
        """Store a snapshot compressed under the SHA-256 of its JSON; returns that hash."""
        data = to_json(snapshot)
        sha = hashlib.sha256(data).hexdigest()
        target = self.path / SNAPSHOTS / f"{sha}.json.gz"
        if not target.exists():
            write_whole(target, gzip.compress(data, compresslevel=1, mtime=0))
        return sha

    def keep_har(self, probe: str, log: dict[str, Any]) -> None:
        """Append to `network.har` what is new in the probe's HAR log so far."""
        with self._lock, _told("write", self.path / HAR):
            if self._har is None:
                self._har = HarFile(self.path / HAR)
            self._har.keep(probe, log)

    def begin(self, case: Case) -> None:
        """Journal the head of the case (no probes yet), so that a crash leaves a readable record."""
        self._journal("case", case)

    def listen(self, event: Noun) -> None:
        """Journal an event of the engine; steps and finished probes are what a recovery is made of."""
        name = getattr(event, "event", "")
        if name in ("probe_started", "step_taken", "probe_finished"):
            self._journal(name, event)

    def write_case(self, case: Case) -> Path:
        """Write `case.json` whole, then drop the journal that it replaces."""
        target = self.path / CASE
        write_whole(target, to_json(case, indent=1) + b"\n")
        (self.path / JOURNAL).unlink(missing_ok=True)
        return target

    def _journal(self, kind: str, record: Noun) -> None:
        line = b'{"kind": "%b", "record": %b}\n' % (kind.encode(), to_json(record))
        with _told("write", self.path / JOURNAL), (self.path / JOURNAL).open("ab") as file:
            file.write(line)


def to_json(noun: Noun, indent: int | None = None) -> bytes:
    """A noun as JSON in UTF-8; half characters that a hostile page planted become '?'."""
    try:
        return noun.model_dump_json(by_alias=True, indent=indent).encode()
    except PydanticSerializationError:
        plain = noun.model_dump(mode="python", by_alias=True)
        return json.dumps(plain, ensure_ascii=False, indent=indent, default=_plain).encode("utf-8", "replace")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; StoreError says why not."""
    beside = target.with_name(target.name + WRITTEN_BESIDE)
    with _told("write", target):
        try:
            beside.write_bytes(data)
            beside.replace(target)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def _told(doing: str, what: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise StoreError(
            f"Could not {doing} {what}: {reason}. Free the space or choose another folder with --output."
        ) from problem
