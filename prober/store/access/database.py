"""Opens the database of users: a SQLite file that only its owner may read, or PostgreSQL by URL."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from prober.errors import StoreError
from prober.store.index.database import address_of, sqlite_manners, upgrade

ROOM = "prober.store.access"


def open_access(where: Path | str) -> Engine:
    """The database at today's schema, made where there is none. Raises StoreError."""
    with told(where):
        if isinstance(where, Path):
            where.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(where, os.O_CREAT | os.O_RDWR, 0o600))
            engine = create_engine(f"sqlite:///{where}", connect_args={"timeout": 10})
            event.listen(engine, "connect", sqlite_manners)
        else:
            engine = create_engine(address_of(where), pool_pre_ping=True)
        with engine.begin() as connection:
            upgrade(connection, ROOM)
    return engine


@contextlib.contextmanager
def told(where: Path | str) -> Iterator[None]:
    """The database's own errors as one sentence."""
    try:
        yield
    except (DatabaseError, OSError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else getattr(problem, "orig", problem)
        shown = str(where).rsplit("@", 1)[-1]
        raise StoreError(
            f"The database of users {shown} cannot be used: {why}. Without it nobody is let in; restore it from a copy."
        ) from problem
