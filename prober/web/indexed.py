"""The cases out of the index over their folders: quick with a hundred thousand of them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, literal_column, select

from prober.app.kits import find_kits
from prober.errors import ProberError, StoreError
from prober.store.folder import CASE
from prober.store.index.database import open_database, told
from prober.store.index.index import CaseIndex
from prober.store.index.kits import Campaign, Kits
from prober.store.index.search import has_trigrams, having, is_narrow
from prober.store.index.tables import cases, holders
from prober.store.reading import load_case
from prober.web.cases import CASE_ID, ORDER, CaseLine, CasePage, CaseQuery, folder_of

log = logging.getLogger(__name__)
LOOK_EVERY = 30.0  # seconds between looks for folders that came by another way
COUNT_SERVES = 2.0  # seconds
SLOW = 0.02  # seconds of the processor; a count that takes longer serves on while the next one is made beside
COUNT_LASTS = 60.0  # seconds, at the longest
FEW = 5000  # cases that are sooner sorted than found in the order of all
SORTS: dict[str, tuple[Any, ...]] = {
    "newest": (cases.c.started_at.desc(),),  # one column each, so that an index gives the order
    "oldest": (cases.c.started_at,),
    "host": (cases.c.host,),
    "verdict": (case(ORDER, value=cases.c.verdict, else_=9), cases.c.started_at.desc()),
    "slowest": (cases.c.seconds.desc(), cases.c.id),
}
SORTS_OF_FEW: dict[str, tuple[Any, ...]] = {  # SQLite uses no index for what has a sign
    "newest": (literal_column("+cases.started_at").desc(),),
    "oldest": (literal_column("+cases.started_at"),),
    "host": (literal_column("+cases.host"),),
}


_Key = tuple[object, ...]  # all of a query that decides what fits


@dataclass(frozen=True)
class _Counted:
    """A count of verdicts; when (monotonic clock), and the processor seconds it took."""

    at: float
    took: float
    counts: dict[str, int]


class IndexedCases:
    """`Cases` over the index. Checks put themselves into it; folders copied here are taken in now and then."""

    def __init__(self, output: Path) -> None:
        output.mkdir(parents=True, exist_ok=True)
        self.output = output
        self._index = CaseIndex(output)
        self._engine = open_database(self._index.where)
        with told(str(self._index.where)), self._engine.connect() as connection:
            self._dialect, self._trigrams = connection.dialect.name, has_trigrams(connection)
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._kits_since: datetime | None = None
        self._counting = threading.Lock()
        self._counted: dict[_Key, _Counted] = {}
        self._recounting: set[_Key] = set()

    def search(self, query: CaseQuery) -> CasePage:
        """See `Cases`. Raises StoreError."""
        self._look()
        counts = self._counts(query)
        total = counts.get(query.verdict, 0) if query.verdict else sum(counts.values())
        pages = max(1, -(-total // query.size))
        page = min(max(1, query.page), pages)
        wanted = self._conditions(query, few=total < FEW)
        if query.verdict:
            wanted.append(cases.c.verdict == query.verdict)
        # Sorting the few that fit is quicker than walking all in their order.
        few = total < FEW and self._dialect == "sqlite" and (query.text.strip() or query.by is not None)
        order = (SORTS_OF_FEW if few else {}).get(query.sort, SORTS[query.sort])
        rows = select(cases).where(*wanted).order_by(*order).limit(query.size).offset((page - 1) * query.size)
        with told(str(self._index.where)), self._engine.connect() as connection:
            lines = tuple(_line(dict(row)) for row in connection.execute(rows).mappings())
        return CasePage(cases=lines, total=total, page=page, pages=pages, counts=counts)

    def _counts(self, query: CaseQuery) -> dict[str, int]:
        """How many of each verdict; counting all takes longest, so a count serves for a moment."""
        key = (query.text.strip(), query.host, query.scenario, query.by, query.campaign, query.ids)
        with self._counting:
            found = self._counted.get(key)
            age = time.monotonic() - found.at if found else COUNT_LASTS
            if found and (age < COUNT_SERVES or key in self._recounting):
                return found.counts
            if found and found.took > SLOW and age < COUNT_LASTS:
                self._recounting.add(key)
                threading.Thread(target=self._recount, args=(key, query), daemon=True).start()
                return found.counts
        return self._count(key, query)

    def _count(self, key: _Key, query: CaseQuery) -> dict[str, int]:
        begun = time.thread_time()
        grouped = select(cases.c.verdict, func.count()).where(*self._conditions(query)).group_by(cases.c.verdict)
        with told(str(self._index.where)), self._engine.connect() as connection:
            counts = {str(verdict): int(count) for verdict, count in connection.execute(grouped)}
        took = time.thread_time() - begun
        with self._counting:
            if len(self._counted) > 256:
                self._counted.clear()
            self._counted[key] = _Counted(time.monotonic(), took, counts)
        return counts

    def _recount(self, key: _Key, query: CaseQuery) -> None:
        try:
            self._count(key, query)
        except StoreError as problem:
            log.warning("cases were not counted: %s", problem.message)
        finally:
            with self._counting:
                self._recounting.discard(key)

    def rows(self, query: CaseQuery) -> Iterator[CaseLine]:
        """See `Cases`. Raises StoreError."""
        wanted = self._conditions(query)
        if query.verdict:
            wanted.append(cases.c.verdict == query.verdict)
        found = select(cases).where(*wanted).order_by(*SORTS[query.sort])
        with told(str(self._index.where)), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=500).execute(found).mappings():
                yield _line(dict(row))

    def campaigns(self, by: frozenset[str] | None) -> tuple[tuple[Campaign, tuple[str, ...]], ...]:
        """See `Cases`. Raises StoreError."""
        kits = Kits(self._index)
        return tuple((one, kits.shared(one.id)) for one in kits.all(by))

    def campaign_of(self, id: str) -> str:
        """See `Cases`. Raises StoreError."""
        return Kits(self._index).of(id)

    def find_kits(self, most: int) -> int:
        """See `Cases`. After a whole pass only what began since yesterday is looked through. Raises StoreError."""
        begun = datetime.now(UTC)
        done = find_kits(self._index, most, self._kits_since)
        if done < most:
            self._kits_since = begun - timedelta(days=1)
        return done

    def _narrow(self, text: str) -> bool:
        if not self._trigrams or not text.strip():
            return False
        with told(str(self._index.where)), self._engine.connect() as connection:
            return is_narrow(connection, text, FEW)

    def _conditions(self, query: CaseQuery, few: bool = True) -> list[ColumnElement[bool]]:
        """few: start from the cases that the asker holds, rather than look at each whether they do.

        Where words or a host are looked for, what fits is looked at one by one.
        """
        found = having(query.text, trigrams=self._narrow(query.text), dialect=self._dialect)
        if query.scenario:
            found.append(cases.c.scenario == query.scenario)
        if query.host:
            found.append(cases.c.host == query.host)
        if query.campaign:
            found.append(cases.c.campaign_id == query.campaign)
        if query.ids:
            found.append(cases.c.id.in_(query.ids))
        if query.by is not None:
            held = holders.c.holder.in_(sorted(query.by))
            among = cases.c.id.in_(select(holders.c.case_id).where(held))
            small = few and not (query.text.strip() or query.host)
            found.append(among if small else exists().where(holders.c.case_id == cases.c.id, held))
        return found

    def folder(self, id: str) -> Path | None:
        """See `Cases`."""
        if found := folder_of(self.output, id):
            return found
        if not CASE_ID.fullmatch(id):
            return None
        with told(str(self._index.where)), self._engine.connect() as connection:
            place = connection.execute(select(cases.c.case_dir).where(cases.c.id == id)).scalar()
        folder = self._index.folder / str(place or "")
        return folder if folder.name == id and folder_of(folder.parent, id) else None

    def held(self, id: str, by: frozenset[str] | None) -> bool:
        """See `Cases`. Raises StoreError."""
        return by is None or bool(by & self._index.holders(id))

    def hold(self, id: str, by: frozenset[str]) -> None:
        """See `Cases`. Raises StoreError."""
        self._index.hold(id, by)

    def _look(self) -> None:
        """Take in folders that the index does not know."""
        with self._lock:
            if time.monotonic() - self._looked < LOOK_EVERY:
                return
            self._looked = time.monotonic()
            with told(str(self._index.where)), self._engine.connect() as connection:
                known = set(connection.execute(select(cases.c.id)).scalars())
            new = [
                entry for entry in self.output.iterdir() if entry.name not in known and CASE_ID.fullmatch(entry.name)
            ]
            for folder in new:
                if (folder / CASE).is_file():
                    self._take_in(folder)

    def _take_in(self, folder: Path) -> None:
        try:
            self._index.put((load_case(folder), folder.relative_to(self._index.folder).as_posix()))
        except (ProberError, ValueError) as problem:
            log.warning("%s is not listed: %s", folder.name, problem)


def _line(row: dict[str, Any]) -> CaseLine:
    return CaseLine(
        id=row["id"],
        url=row["url"],
        host=row["host"],
        scenario=row["scenario"],
        verdict=row["verdict"],
        obstacle=row["obstacle"],
        reason=row["reason"],
        claim=row["amount"][:40],
        started_at=row["started_at"].astimezone(UTC).isoformat().replace("+00:00", "Z"),
        seconds=row["seconds"],
    )
