"""What people asked to have checked, and what happened since: one folder each, events appended as they come."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from prober.errors import StoreError
from prober.models.base import Noun
from prober.store.folder import write_whole

State = Literal["waiting", "running", "done", "failed", "cancelled"]
ACTIVE = frozenset({"waiting", "running"})
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
KEPT = 2000  # submissions remembered; older ones are found as cases


class Submission(Noun):
    """One request to check an address. The id is unguessable.

    text: what was pasted. others: further links of the message, which are not checked.
    place: what no two cases may share at a time. key: the client's idempotency key, with the client.
    message: why it failed, for a person. by: who asked. holders: the users and teams who may see it; whoever joins
    it comes to them.
    """

    schema_: Literal["prober/submission/1"] = Field(default="prober/submission/1", alias="schema")
    id: str
    url: str
    text: str
    others: tuple[str, ...] = ()
    scenario: str = "auto"
    place: str = ""
    state: State = "waiting"
    submitted_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    case_id: str = ""
    verdict: str = ""
    message: str = ""
    key: str = ""
    by: str = ""
    holders: tuple[str, ...] = ()

    model_config = Noun.model_config | {"populate_by_name": True}


def seen_by(one: Submission, by: frozenset[str] | None) -> bool:
    """Whether somebody may see a submission; None sees all."""
    return by is None or bool(by.intersection(one.holders))


class Told(Noun):
    """One stored event: its number (from 1), when, its kind and the engine's own event as JSON."""

    number: int
    at: datetime
    event: str
    data: dict[str, Any]


class Submissions:
    """All submissions, in memory and under `folder`; what was in work when the server ended waits again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._all: dict[str, Submission] = {}
        self._events: dict[str, list[Told]] = {}
        self._news: dict[str, asyncio.Event] = {}
        self.closing = asyncio.Event()
        self.opened: Callable[[Submission], None] = lambda one: None  # told when its case has an id

    def load(self) -> None:
        """Read what an earlier server left. Raises StoreError when the folder cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StoreError(f"Could not make {self.folder}: {problem.strerror}.") from problem
        found = []
        for file in self.folder.glob("*/submission.json"):
            try:
                found.append(Submission.model_validate_json(file.read_bytes()))
            except (OSError, ValidationError):  # a newer version's, or cut off: its case still stands
                continue
        for one in sorted(found, key=lambda s: s.submitted_at)[-KEPT:]:
            self._all[one.id] = one
            if one.state == "running":
                (self.folder / one.id / "events.jsonl").unlink(missing_ok=True)
                self.change(one.id, state="waiting", started_at=None, case_id="")

    def add(
        self, url: str, text: str, scenario: str, place: str, others: tuple[str, ...], key: str, by: str = "",
        holders: frozenset[str] = frozenset(),
    ) -> Submission:  # fmt: skip
        """A new one, waiting."""
        one = Submission(
            id=secrets.token_urlsafe(16), url=url, text=text, scenario=scenario, place=place, others=others, key=key,
            submitted_at=datetime.now(UTC), by=by, holders=tuple(sorted(holders)),
        )  # fmt: skip
        self._save(one)
        for old in [s for s in self._all.values() if s.state not in ACTIVE][: max(0, len(self._all) - KEPT)]:
            self._all.pop(old.id)
            self._events.pop(old.id, None)
        return one

    def get(self, id: str) -> Submission | None:
        """By id; None where there is none."""
        return self._all.get(id) if _ID.fullmatch(id) else None

    def active(self) -> tuple[Submission, ...]:
        """Waiting and running, oldest first."""
        return tuple(one for one in self._all.values() if one.state in ACTIVE)

    def recent(self, limit: int, by: frozenset[str] | None = None) -> tuple[Submission, ...]:
        """The newest first, of those that somebody may see; None sees all."""
        return tuple(islice((one for one in reversed(self._all.values()) if seen_by(one, by)), limit))

    def since(self, place: str, at: datetime) -> int:
        """How many were made for a place since then, whoever asked."""
        return sum(one.place == place and one.submitted_at >= at for one in self._all.values())

    def with_key(self, key: str) -> Submission | None:
        """The one made with that idempotency key."""
        return next((one for one in self._all.values() if key and one.key == key), None)

    def in_work(self, url: str, scenario: str) -> Submission | None:
        """The one that is checking this very address already."""
        return next((one for one in self.active() if one.url == url and one.scenario == scenario), None)

    def change(self, id: str, **values: Any) -> Submission:
        """Replace fields of one and wake whoever follows it."""
        one = self._all[id].model_copy(update=values)
        self._save(one)
        if one.case_id and values.keys() & {"case_id", "holders"}:
            self.opened(one)
        self._wake(id)
        return one

    def tell(self, id: str, event: str, data: dict[str, Any]) -> Told:
        """Append an event and wake whoever follows."""
        events = self._loaded(id)
        told = Told(number=len(events) + 1, at=datetime.now(UTC), event=event, data=data)
        with (self.folder / id / "events.jsonl").open("ab") as file:
            file.write(told.model_dump_json().encode() + b"\n")
        events.append(told)
        self._wake(id)
        return told

    def events(self, id: str, after: int = 0) -> list[Told]:
        """Stored events with a number above `after`."""
        return self._loaded(id)[max(0, after) :]

    async def follow(self, id: str, after: int = 0, beat: float = 15.0) -> AsyncIterator[Told | None]:
        """Stored events, then new ones as they come, until the submission has ended; None when nothing came for a beat."""
        while not self.closing.is_set():
            news = self._news.setdefault(id, asyncio.Event())
            news.clear()
            for told in self.events(id, after):
                after = told.number
                yield told
            one = self._all.get(id)
            if one is None or (one.state not in ACTIVE and not self.events(id, after)):
                return
            if not news.is_set():
                try:
                    await asyncio.wait_for(news.wait(), beat)
                except TimeoutError:
                    yield None

    def close(self) -> None:
        """End all who follow."""
        self.closing.set()
        for news in self._news.values():
            news.set()

    def _wake(self, id: str) -> None:
        if id in self._news:
            self._news.pop(id).set()

    def _save(self, one: Submission) -> None:
        self._all[one.id] = one
        place = self.folder / one.id
        try:
            place.mkdir(exist_ok=True)
        except OSError as problem:
            raise StoreError(f"Could not make {place}: {problem.strerror}.") from problem
        write_whole(place / "submission.json", one.model_dump_json(by_alias=True).encode())

    def _loaded(self, id: str) -> list[Told]:
        if id not in self._events:
            file = self.folder / id / "events.jsonl"
            lines = file.read_bytes().split(b"\n") if file.exists() else []
            self._events[id] = [Told.model_validate(json.loads(line)) for line in lines if line.endswith(b"}")]
        return self._events[id]
