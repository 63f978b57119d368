"""Campaigns in the index: what a case shares with others of its kit, and which cases belong together."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, delete, exists, func, insert, select, tuple_, update

from prober.store.index.database import told
from prober.store.index.index import CaseIndex
from prober.store.index.marks import Mark
from prober.store.index.tables import campaigns, cases, holders, traces

BAD = ("fraudulent", "suspicious")
LOOKED = ("kit", "looked at")  # the mark of a case whose kit was looked for
ALIKE = 200  # cases that share the most with one, which are compared with it
_KIT = "kit:"  # before the kinds of a kit's marks


@dataclass(frozen=True)
class Waiting:
    """A case whose kit was not looked for yet."""

    id: str
    host: str
    case_dir: str
    started_at: datetime


@dataclass(frozen=True)
class Campaign:
    """A kit that was seen on several hosts. cases, hosts, verdicts: counted over what the asker may see."""

    id: str
    name: str
    first_seen: datetime
    last_seen: datetime
    cases: int
    hosts: int
    fraudulent: int


class Kits:
    """The campaigns of an index."""

    def __init__(self, index: CaseIndex) -> None:
        self.folder, self._where, self._engine = index.folder, str(index.where), index.engine

    def waiting(self, since: datetime | None = None) -> list[Waiting]:
        """Bad cases that nobody looked at, the oldest first. since: only those begun after that."""
        looked = exists().where(traces.c.case_id == cases.c.id, traces.c.kind == LOOKED[0])
        query = select(cases.c.id, cases.c.host, cases.c.case_dir, cases.c.started_at)
        query = query.where(cases.c.verdict.in_(BAD), ~looked).order_by(cases.c.started_at)
        if since is not None:
            query = query.where(cases.c.started_at > since)
        with told(self._where), self._engine.connect() as connection:
            return [Waiting(*row) for row in connection.execute(query)]

    def alike(self, marks: Iterable[Mark], but: str) -> dict[str, tuple[str, frozenset[Mark]]]:
        """Case id -> host and marks of the cases that share the most of a kit's marks."""
        wanted = [(_KIT + kind, value) for kind, value in marks]
        if not wanted:
            return {}
        near = (
            select(traces.c.case_id).where(tuple_(traces.c.kind, traces.c.value).in_(wanted), traces.c.case_id != but)
            .group_by(traces.c.case_id).order_by(func.count().desc()).limit(ALIKE)
        )  # fmt: skip
        every = (
            select(traces.c.case_id, cases.c.host, traces.c.kind, traces.c.value)
            .join(cases, cases.c.id == traces.c.case_id)
            .where(traces.c.case_id.in_(near), traces.c.kind.startswith(_KIT))
        )
        found: dict[str, set[Mark]] = defaultdict(set)
        hosts: dict[str, str] = {}
        with told(self._where), self._engine.connect() as connection:
            for id, host, kind, value in connection.execute(every):
                hosts[id] = host
                found[id].add((kind.removeprefix(_KIT), value))
        return {id: (hosts[id], frozenset(marks)) for id, marks in found.items()}

    def keep(self, id: str, marks: Iterable[Mark], siblings: Iterable[str]) -> None:
        """Note what a case's kit left, and put it together with its siblings. No siblings: it stands alone."""
        rows = [{"case_id": id, "kind": _KIT + kind, "value": value} for kind, value in set(marks)]
        looked = {"case_id": id, "kind": LOOKED[0], "value": LOOKED[1]}
        with told(self._where), self._engine.begin() as connection:
            own = (traces.c.case_id == id) & (traces.c.kind.startswith(_KIT) | (traces.c.kind == LOOKED[0]))
            connection.execute(delete(traces).where(own))
            connection.execute(insert(traces), [*rows, looked])
            if together := {id, *siblings} if siblings else set():
                _join(connection, together)

    def all(self, by: frozenset[str] | None = None, limit: int = 200) -> tuple[Campaign, ...]:
        """Campaigns with at least two hosts, the most recent first.

        by: counted over what one of these holds, and named after a host of theirs.
        """
        name = campaigns.c.name if by is None else func.min(cases.c.host)
        fraudulent = func.sum(case((cases.c.verdict == "fraudulent", 1), else_=0))
        query = (
            select(
                campaigns.c.id, name, func.min(cases.c.started_at), func.max(cases.c.started_at),
                func.count(), func.count(cases.c.host.distinct()), fraudulent,
            )
            .join(cases, cases.c.campaign_id == campaigns.c.id)
            .group_by(campaigns.c.id, campaigns.c.name)
            .having(func.count(cases.c.host.distinct()) > 1)
            .order_by(func.max(cases.c.started_at).desc()).limit(limit)
        )  # fmt: skip
        if by is not None:
            held = exists().where(holders.c.case_id == cases.c.id, holders.c.holder.in_(sorted(by)))
            query = query.where(held)
        with told(self._where), self._engine.connect() as connection:
            return tuple(Campaign(*tuple(row)) for row in connection.execute(query))

    def of(self, case_id: str) -> str:
        """The campaign of a case, '' for none."""
        with told(self._where), self._engine.connect() as connection:
            return str(connection.execute(select(cases.c.campaign_id).where(cases.c.id == case_id)).scalar() or "")

    def shared(self, campaign: str) -> tuple[str, ...]:
        """The kinds of marks that at least two cases of a campaign have in common, the commonest first."""
        member = select(cases.c.id).where(cases.c.campaign_id == campaign)
        marks = (
            select(traces.c.kind, func.count().label("many"))
            .where(traces.c.case_id.in_(member), traces.c.kind.startswith(_KIT))
            .group_by(traces.c.kind, traces.c.value).having(func.count() > 1).subquery()
        )  # fmt: skip
        query = select(marks.c.kind).group_by(marks.c.kind).order_by(func.max(marks.c.many).desc(), marks.c.kind)
        with told(self._where), self._engine.connect() as connection:
            return tuple(kind.removeprefix(_KIT) for kind in connection.execute(query).scalars())


def _join(connection: Connection, together: set[str]) -> None:
    """Put cases into one campaign; those that some are in already become one, which keeps the oldest's id."""
    member = select(cases.c.id, cases.c.host, cases.c.started_at, cases.c.campaign_id).where(cases.c.id.in_(together))
    rows = connection.execute(member.order_by(cases.c.started_at, cases.c.id)).all()
    old = [row.campaign_id for row in rows if row.campaign_id]
    first = rows[0]
    id = old[0] if old else "kit-" + hashlib.blake2b(first.id.encode(), digest_size=4).hexdigest()
    if not old:
        connection.execute(insert(campaigns).values(id=id, name=first.host))
    others = [one for one in set(old) if one != id]
    connection.execute(
        update(cases).where(cases.c.id.in_(together) | cases.c.campaign_id.in_(others)).values(campaign_id=id)
    )
    connection.execute(delete(campaigns).where(campaigns.c.id.in_(others)))
    span = select(func.min(cases.c.started_at), func.max(cases.c.started_at)).where(cases.c.campaign_id == id)
    begin, end = connection.execute(span).one()
    connection.execute(update(campaigns).where(campaigns.c.id == id).values(first_seen=begin, last_seen=end))
