"""Runs that people asked for: a record and a log of events each; what was in work when the server ended waits again."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from prober.errors import StoreError
from prober.models.base import Noun
from prober.store.folder import write_whole
from prober.web.eventlog import EventLog
from prober.web.lists import SuspectList
from prober.web.submissions import Told

RunStateWord = Literal["waiting", "running", "done", "failed", "cancelled"]
ACTIVE = frozenset({"waiting", "running"})
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


class RunRecord(Noun):
    """One run. The id is unguessable.

    list: id of its list; name: that list's name. folder: of the run, below the server's folder of cases.
    seconds: worked so far, over all resumptions. counts: verdicts, 'refused' and 'failed'. key: idempotency key.
    by: who asked; holders: the users and teams who may see it and its cases.
    """

    schema_: Literal["prober/web-run/1"] = Field(default="prober/web-run/1", alias="schema")
    id: str
    name: str
    list: str
    target: str = "auto"
    column: str = ""
    folder: str
    state: RunStateWord = "waiting"
    by: str = ""
    holders: tuple[str, ...] = ()
    submitted_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: float = 0.0
    total: int = 0
    done: int = 0
    duplicates: int = 0
    unusable: int = 0
    counts: dict[str, int] = Field(default_factory=dict)
    message: str = ""
    key: str = ""

    model_config = Noun.model_config | {"populate_by_name": True}


class Runs:
    """All runs, in memory and under `folder`; their events stay on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._all: dict[str, RunRecord] = {}
        self._logs: dict[str, EventLog] = {}
        self._news: dict[str, asyncio.Event] = {}
        self.closing = asyncio.Event()

    def load(self) -> None:
        """Read what an earlier server left. Raises StoreError when the folder cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StoreError(f"Could not make {self.folder}: {problem.strerror}.") from problem
        found = []
        for file in self.folder.glob("*/run.json"):
            try:
                found.append(RunRecord.model_validate_json(file.read_bytes()))
            except (OSError, ValidationError):  # a newer version's, or cut off: its folder of cases still stands
                continue
        for one in sorted(found, key=lambda run: run.submitted_at):
            self._all[one.id] = one
            if one.state == "running":
                self.change(one.id, state="waiting")

    def add(self, listed: SuspectList, target: str, by: str, holders: frozenset[str], key: str) -> RunRecord:
        """A new one, waiting. Raises StoreError."""
        id, now = secrets.token_urlsafe(16), datetime.now(UTC)
        one = RunRecord(
            id=id, name=listed.name, list=listed.id, target=target, column=listed.column, by=by, key=key,
            holders=tuple(sorted(holders)), submitted_at=now, folder=f"run-{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
            total=listed.suspects, duplicates=listed.duplicates, unusable=listed.unusable,
        )  # fmt: skip
        self._save(one)
        return one

    def get(self, id: str) -> RunRecord | None:
        """One by its id."""
        return self._all.get(id) if _ID.fullmatch(id) else None

    def all(self, by: frozenset[str] | None = None) -> tuple[RunRecord, ...]:
        """The newest first. by: only what one of these holds, None for all."""
        newest = reversed(self._all.values())
        return tuple(one for one in newest if by is None or by.intersection(one.holders))

    def waiting(self) -> RunRecord | None:
        """The one whose turn it is."""
        return next((one for one in self._all.values() if one.state == "waiting"), None)

    def with_key(self, key: str) -> RunRecord | None:
        """The one made with that idempotency key."""
        return next((one for one in self._all.values() if key and one.key == key), None)

    def change(self, id: str, *, keep: bool = True, **values: Any) -> RunRecord:
        """Replace fields of one and wake whoever follows it. keep: also on the disk. Raises StoreError."""
        one = self._all[id] = self._all[id].model_copy(update=values)
        if keep:
            self._save(one)
        self._wake(id)
        return one

    def tell(self, id: str, event: str, data: dict[str, Any]) -> Told:
        """Append an event and wake whoever follows. Raises StoreError."""
        told = self._log(id).append(event, data)
        self._wake(id)
        return told

    def events(self, id: str, after: int = 0, limit: int = 500) -> list[Told]:
        """Stored events with a number above `after`."""
        return self._log(id).read(after, limit)

    def last(self, id: str) -> int:
        """The number of the newest event."""
        return self._log(id).count

    async def follow(self, id: str, after: int = 0, beat: float = 15.0) -> AsyncIterator[list[Told]]:
        """Stored events in portions, then new ones as they come, until the run is not active; [] when a beat was quiet."""
        while not self.closing.is_set():
            news = self._news.setdefault(id, asyncio.Event())
            news.clear()
            portion = self.events(id, after)
            if portion:
                after = portion[-1].number
                yield portion
                continue
            one = self._all.get(id)
            if one is None or one.state not in ACTIVE:
                return
            try:
                await asyncio.wait_for(news.wait(), beat)
            except TimeoutError:
                yield []

    def close(self) -> None:
        """End all who follow."""
        self.closing.set()
        for news in self._news.values():
            news.set()

    def _wake(self, id: str) -> None:
        if id in self._news:
            self._news.pop(id).set()

    def _log(self, id: str) -> EventLog:
        if id not in self._logs:
            self._logs[id] = EventLog(self.folder / id / "events.jsonl")
        return self._logs[id]

    def _save(self, one: RunRecord) -> None:
        self._all[one.id] = one
        place = self.folder / one.id
        try:
            place.mkdir(exist_ok=True)
        except OSError as problem:
            raise StoreError(f"Could not make {place}: {problem.strerror}.") from problem
        write_whole(place / "run.json", one.model_dump_json(by_alias=True).encode())
