"""Lists, filters and remembers cases; what it knows can be rebuilt from the folders at any time."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select

from prober.errors import ProberError, UsageError
from prober.models.case import Case
from prober.store.index.database import open_database, told
from prober.store.index.place import INDEX, index_of
from prober.store.index.remarks import Remark, add_remark, remarks
from prober.store.index.rows import DERIVED, rows_of
from prober.store.index.tables import cases, metadata, notes, purged, tags, traces
from prober.store.reading import load_case

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
    """The index of a folder of cases. database: a URL in place of the SQLite file in the folder."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = index_of(folder).parent
        self.where: Path | str = database or self.folder / INDEX
        self._engine = open_database(self.where)

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

    def seen(self, value: str) -> list[dict[str, Any]]:
        """Cases in which a host, an address, a favicon's or a certificate's SHA-256 occurred, the newest first."""
        query = (
            select(cases, traces.c.kind).join(traces, traces.c.case_id == cases.c.id)
            .where(traces.c.value == value.strip().lower()).order_by(cases.c.started_at.desc())
        )  # fmt: skip
        with told(str(self.where)), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def history(self, host: str) -> list[dict[str, Any]]:
        """What the cases about a host came to, the oldest first."""
        return sorted(self.find(Filter(host=host)), key=lambda row: row["started_at"])

    def notes(self, case_id: str) -> list[dict[str, Any]]:
        """The notes on a case, the oldest first."""
        with told(str(self.where)), self._engine.connect() as connection:
            query = select(notes).where(notes.c.case_id == case_id).order_by(notes.c.at)
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

    def rebuild(self) -> tuple[int, list[str]]:
        """Make the index anew from the folders; returns how many cases it holds and which folders do not read."""
        with told(str(self.where)), self._engine.begin() as connection:
            for table in (*DERIVED, "tags", "notes", "purged"):
                connection.execute(delete(metadata.tables[table]))
        count, broken, together = 0, [], []
        for record in sorted(self.folder.rglob("case.json")):
            folder = record.parent
            try:
                together.append((load_case(folder), folder.relative_to(self.folder).as_posix()))
            except ProberError as problem:
                broken.append(problem.message)
                continue
            count += 1
            if len(together) == _TOGETHER:
                self.put(*together)
                together = []
        self.put(*together)
        with told(str(self.where)), self._engine.begin() as connection:
            for remark in remarks(self.folder):
                _apply(connection, remark)
        return count, broken

    def purge(self, before: datetime, reason: str) -> list[str]:
        """Delete the folders of cases begun before a time; hash, date and reason stay. Returns their ids."""
        gone = []
        for row in list(self.find(Filter(until=before))):
            folder = self.folder / row["case_dir"]
            sums = folder / "SHA256SUMS"
            manifest = hashlib.sha256(sums.read_bytes()).hexdigest() if sums.exists() else ""
            remark = Remark(at=datetime.now(UTC), what="purged", case_id=row["id"], text=reason, manifest=manifest)
            self._remark(remark)  # first, so that nothing ever vanishes without a trace
            if folder.resolve().is_relative_to(self.folder.resolve()) and (folder / "case.json").exists():
                shutil.rmtree(folder)
            gone.append(row["id"])
        return gone

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
        add_remark(self.folder, remark)
        with told(str(self.where)), self._engine.begin() as connection:
            _apply(connection, remark)


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
    elif remark.what == "purged":
        connection.execute(delete(purged).where(purged.c.case_id == remark.case_id))
        values = {"case_id": remark.case_id, "manifest": remark.manifest, "at": remark.at, "reason": remark.text}
        connection.execute(insert(purged).values(**values))
        _drop(connection, remark.case_id)


def _drop(connection: Connection, case_id: str) -> None:
    for name in DERIVED:
        table = metadata.tables[name]
        connection.execute(delete(table).where((table.c.id if name == "cases" else table.c.case_id) == case_id))
