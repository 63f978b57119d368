"""The audit log: who submitted, reviewed, purged, signed in and altered what."""

from __future__ import annotations

import getpass
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, insert, select

from prober.errors import StoreError
from prober.models.people import Deed
from prober.store.access.database import open_access, told
from prober.store.access.place import access_of
from prober.store.access.tables import deeds

log = logging.getLogger(__name__)
LONGEST = 500  # characters of a field


class Deeds:
    """Appends and reads; nothing here alters or deletes. where: for messages."""

    def __init__(self, engine: Engine, where: Path | str) -> None:
        self._engine, self._where = engine, where

    def note(self, who: str, what: str, subject: str = "", detail: str = "", address: str = "") -> None:
        """Append a line. Raises StoreError."""
        told_of = {"who": who, "what": what, "subject": subject, "detail": detail, "address": address}
        values = {name: text[:LONGEST] for name, text in told_of.items()}
        with told(self._where), self._engine.begin() as connection:
            connection.execute(insert(deeds).values(at=datetime.now(UTC), **values))

    def read(
        self, *, who: str = "", what: str = "", subject: str = "", since: datetime | None = None, limit: int = 100,
        offset: int = 0,
    ) -> tuple[tuple[Deed, ...], int]:  # fmt: skip
        """The newest lines that fit, and how many fit in all."""
        wanted: list[Any] = [column == text for column, text in
                             ((deeds.c.who, who), (deeds.c.what, what), (deeds.c.subject, subject)) if text]  # fmt: skip
        if since:
            wanted.append(deeds.c.at >= since)
        rows = select(deeds).where(*wanted).order_by(deeds.c.number.desc()).limit(limit).offset(offset)
        with told(self._where), self._engine.connect() as connection:
            total = int(connection.execute(select(func.count()).select_from(deeds).where(*wanted)).scalar() or 0)
            return tuple(Deed.model_validate(dict(row)) for row in connection.execute(rows).mappings()), total

    def kinds(self) -> tuple[str, ...]:
        """Every kind of deed that occurs."""
        with told(self._where), self._engine.connect() as connection:
            return tuple(connection.execute(select(deeds.c.what).distinct().order_by(deeds.c.what)).scalars())


def note_here(output: Path, what: str, *subjects: str, detail: str = "") -> None:
    """Deeds done at this machine's terminal, where a server with an audit log keeps these cases; never fails."""
    where = access_of(output)
    if not where.exists():
        return
    try:
        engine = open_access(where)
        for subject in subjects:
            Deeds(engine, where).note(terminal(), what, subject, detail)
        engine.dispose()
    except StoreError as error:
        log.warning("The audit log was not written: %s", error.message)


def terminal() -> str:
    """Who works at this terminal, for the log."""
    try:
        return f"terminal:{getpass.getuser()}"
    except (KeyError, OSError):
        return "terminal"
