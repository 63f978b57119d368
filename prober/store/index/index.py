"""Lists, filters and remembers cases; what it knows can be rebuilt from the folders at any time."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, tuple_

from prober.errors import ProberError, UsageError
from prober.models.case import Case
from prober.store.depot import Depot, depot_of, drop_case, is_url
from prober.store.folder import CASE
from prober.store.index.database import open_database, told
from prober.store.index.marks import Mark, SeenBefore
from prober.store.index.place import INDEX, index_of
from prober.store.index.remarks import Remark, add_remark, remarks
from prober.store.index.rows import DERIVED, rows_of
from prober.store.index.tables import cases, holders, metadata, notes, purged, tags, traces
from prober.store.reading import load_case
from prober.store.seal import SUMS

_TOGETHER = 200  # cases written in one transaction


@dataclass(frozen=True)
class Filter:
    """Which cases; '' and None leave a question open. host covers everything below it. times: UTC."""

    verdict: tuple[str, ...] = ()
    host: str = ""
    scenario: str = ""
    since: datetime | None = None
    until: datetime | None = None
    tag: str = ""
    campaign: str = ""
    limit: int | None = None


EVERYTHING = Filter()


class CaseIndex:
    """The index of a folder of cases, or with `database` (a `postgresql://` URL) that of many machines.

    In the folder people's words stand in `remarks.jsonl`, and the index repeats them; in a shared database
    they stand in its tables alone, which rebuilding leaves as they are.
    """

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = index_of(folder).parent
        self.where: Path | str = database or self.folder / INDEX
        self._shared = bool(database)
        self.engine = self._engine = open_database(self.where)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def find(self, wanted: Filter = EVERYTHING) -> Iterator[dict[str, Any]]:
        """Cases, the newest first, each with its tags."""
        query = select(cases).order_by(cases.c.started_at.desc(), cases.c.id)
        if wanted.verdict:
            query = query.where(cases.c.verdict.in_(wanted.verdict))
        if wanted.host:
            below = cases.c.host.endswith("." + wanted.host, autoescape=True)
            query = query.where(or_(cases.c.host == wanted.host, cases.c.domain == wanted.host, below))
        if wanted.scenario:
            query = query.where(cases.c.scenario == wanted.scenario)
        if wanted.since:
            query = query.where(cases.c.started_at >= wanted.since)
        if wanted.until:
            query = query.where(cases.c.started_at < wanted.until)
        if wanted.campaign:
            query = query.where(cases.c.campaign_id == wanted.campaign)
        if wanted.tag:
            query = query.where(cases.c.id.in_(select(tags.c.case_id).where(tags.c.tag == wanted.tag)))
        with told(str(self.where)), self._engine.connect() as connection:
            for row in connection.execute(query.limit(wanted.limit)).mappings():
                marked = connection.execute(select(tags.c.tag).where(tags.c.case_id == row["id"]).order_by(tags.c.tag))
                yield dict(row) | {"tags": list(marked.scalars())}

    def seen_before(self, marks: tuple[Mark, ...], but: str = "", limit: int = 5) -> tuple[SeenBefore, ...]:
        """Earlier cases that share one of the marks, the newest first; see `light.seen_before`."""
        if not marks:
            return ()
        query = (
            select(traces.c.kind, traces.c.value, cases.c.id, cases.c.verdict, cases.c.started_at, cases.c.url)
            .join(cases, traces.c.case_id == cases.c.id)
            .where(tuple_(traces.c.kind, traces.c.value).in_(marks), cases.c.id != but)
            .order_by(cases.c.started_at.desc(), cases.c.id).limit(limit)
        )  # fmt: skip
        with told(str(self.where)), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            SeenBefore(kind, value, id, verdict, f"{at:%Y-%m-%d}", url) for kind, value, id, verdict, at, url in rows
        )

    def seen(self, value: str) -> list[dict[str, Any]]:
        """Cases in which a host, an address, a favicon's or a certificate's SHA-256 occurred, the newest first."""
        query = (
            select(cases, traces.c.kind).join(traces, traces.c.case_id == cases.c.id)
            .where(traces.c.value == value.strip().lower(), ~traces.c.kind.startswith("kit"))
            .order_by(cases.c.started_at.desc())
        )  # fmt: skip
        with told(str(self.where)), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def history(self, host: str) -> list[dict[str, Any]]:
        """What the cases about a host came to, the oldest first."""
        return sorted(self.find(Filter(host=host)), key=lambda row: row["started_at"])

    def notes(self, case_id: str) -> list[dict[str, Any]]:
        """The notes on a case, the oldest first."""
        known = self._known(case_id)
        with told(str(self.where)), self._engine.connect() as connection:
            query = select(notes).where(notes.c.case_id == known).order_by(notes.c.at)
            return [dict(row) for row in connection.execute(query).mappings()]

    def put(self, *found: tuple[Case, str]) -> None:
        """Add or replace cases, each with its folder relative to the index."""
        with told(str(self.where)), self._engine.begin() as connection:
            for case, case_dir in found:
                _drop(connection, case.id)
                for table, rows in rows_of(case, case_dir).tables.items():
                    if rows:
                        connection.execute(insert(metadata.tables[table]), rows)

    def tag(self, case_id: str, tag: str, *, off: bool = False) -> None:
        """Give a case a tag, or take it off."""
        self._remark(
            Remark(at=datetime.now(UTC), what="untag" if off else "tag", case_id=self._known(case_id), text=tag)
        )

    def note(self, case_id: str, text: str) -> None:
        """Write a note on a case."""
        self._remark(Remark(at=datetime.now(UTC), what="note", case_id=self._known(case_id), text=text))

    def hold(self, case_id: str, by: frozenset[str]) -> None:
        """Let users (`user:ID`) and teams (`team:NAME`) see a case, also one that is still in work."""
        for holder in sorted(by - self.holders(case_id)):
            self._remark(Remark(at=datetime.now(UTC), what="held", case_id=case_id, text=holder))

    def share(self, case: str, by: frozenset[str]) -> None:
        """See `hold`, for a finished case given by its id or the unique end of its id. Raises UsageError."""
        self.hold(self._known(case), by)

    def holders(self, case_id: str) -> frozenset[str]:
        """Who may see a case; whoever sees all cases is not named."""
        with told(str(self.where)), self._engine.connect() as connection:
            found = connection.execute(select(holders.c.holder).where(holders.c.case_id == case_id))
            return frozenset(found.scalars())

    def rebuild(self, depot: Depot | None = None) -> tuple[int, list[str]]:
        """Make the index anew from the folders, and from a depot; returns how many cases it holds and what does not read."""
        with told(str(self.where)), self._engine.begin() as connection:
            for table in (*DERIVED, *(() if self._shared else ("tags", "notes", "holders", "purged"))):
                connection.execute(delete(metadata.tables[table]))
        count, broken, together = 0, [], []
        for read, place in (*self._folders(), *(_in_depot(depot) if depot else ())):
            try:
                together.append((read(), place))
            except ProberError as problem:
                broken.append(problem.message)
                continue
            count += 1
            if len(together) == _TOGETHER:
                self.put(*together)
                together = []
        self.put(*together)
        with told(str(self.where)), self._engine.begin() as connection:
            for remark in () if self._shared else remarks(self.folder):
                _apply(connection, remark)
        return count, broken

    def _folders(self) -> Iterator[tuple[Callable[[], Case], str]]:
        for record in sorted(self.folder.rglob("case.json")):
            yield partial(load_case, record.parent), self._place(record.parent)

    def _place(self, folder: Path) -> str:
        """A case folder as the index names it: relative to a folder's own index, in full to one that machines share."""
        return str(folder.resolve()) if self._shared else folder.relative_to(self.folder).as_posix()

    def purge(self, before: datetime, reason: str) -> list[str]:
        """Delete the folders of cases begun before a time; hash, date and reason stay. Returns their ids."""
        gone = []
        for row in list(self.find(Filter(until=before))):
            manifest = self._manifest(row["case_dir"])
            remark = Remark(at=datetime.now(UTC), what="purged", case_id=row["id"], text=reason, manifest=manifest)
            self._remark(remark)  # first, so that nothing ever vanishes without a trace
            drop_case(row["case_dir"], self.folder)
            gone.append(row["id"])
        return gone

    def _manifest(self, place: str) -> str:
        """SHA-256 of a case's hash list, '' when it has none."""
        if is_url(place):
            depot, case_id = depot_of(place)
            return hashlib.sha256(depot.read(case_id, SUMS)).hexdigest()
        sums = self.folder / place / SUMS
        return hashlib.sha256(sums.read_bytes()).hexdigest() if sums.exists() else ""

    def _known(self, case_id: str) -> str:
        """The whole id of a case given by its id, its folder or the unique end of its id."""
        name = Path(case_id).name
        query = select(cases.c.id).where(or_(cases.c.id == name, cases.c.id.endswith(name, autoescape=True)))
        with told(str(self.where)), self._engine.connect() as connection:
            found = list(connection.execute(query.limit(2)).scalars())
        if len(found) != 1:
            what = "several cases match" if found else "there is no case"
            raise UsageError(f"In {self.folder} {what} '{case_id}'; prober cases lists them, --rebuild finds new ones.")
        return str(found[0])

    def _remark(self, remark: Remark) -> None:
        if not self._shared:
            add_remark(self.folder, remark)
        with told(str(self.where)), self._engine.begin() as connection:
            _apply(connection, remark)


def _in_depot(depot: Depot) -> Iterator[tuple[Callable[[], Case], str]]:
    def read(case_id: str) -> Case:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / CASE).write_bytes(depot.read(case_id, CASE))
            return load_case(folder)

    for case_id in depot.cases():
        yield partial(read, case_id), depot.place(case_id)


def _apply(connection: Connection, remark: Remark) -> None:
    """A remark into the tables."""
    here = (tags.c.case_id == remark.case_id) & (tags.c.tag == remark.text)
    if remark.what in ("tag", "untag"):
        connection.execute(delete(tags).where(here))
    if remark.what == "tag":
        connection.execute(insert(tags).values(case_id=remark.case_id, tag=remark.text, at=remark.at))
    elif remark.what == "note":
        id = hashlib.blake2b(remark.model_dump_json().encode(), digest_size=8).hexdigest()
        connection.execute(delete(notes).where(notes.c.id == id))
        connection.execute(insert(notes).values(id=id, case_id=remark.case_id, at=remark.at, text=remark.text))
    elif remark.what == "held":
        held = (holders.c.case_id == remark.case_id) & (holders.c.holder == remark.text)
        connection.execute(delete(holders).where(held))
        connection.execute(insert(holders).values(case_id=remark.case_id, holder=remark.text, at=remark.at))
    elif remark.what == "purged":
        connection.execute(delete(holders).where(holders.c.case_id == remark.case_id))
        connection.execute(delete(purged).where(purged.c.case_id == remark.case_id))
        values = {"case_id": remark.case_id, "manifest": remark.manifest, "at": remark.at, "reason": remark.text}
        connection.execute(insert(purged).values(**values))
        _drop(connection, remark.case_id)


def _drop(connection: Connection, case_id: str) -> None:
    for name in DERIVED:
        table = metadata.tables[name]
        connection.execute(delete(table).where((table.c.id if name == "cases" else table.c.case_id) == case_id))
