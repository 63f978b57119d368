"""Opens the index: SQLite beside the cases by default, PostgreSQL by URL; migrated to today's schema."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from prober.errors import StoreError


def open_database(where: Path | str) -> Engine:
    """A file (made where there is none) or a `postgresql://` URL, at today's schema.

    Raises StoreError: it cannot be reached, written or read, or a newer prober made it.
    """
    with told(str(where)):
        if isinstance(where, Path):
            where.parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(f"sqlite:///{where}", connect_args={"timeout": 10})
            event.listen(engine, "connect", _sqlite)
        else:
            engine = create_engine(where.replace("postgresql://", "postgresql+psycopg://", 1))
        with engine.begin() as connection:
            upgrade(connection)
    return engine


def upgrade(connection: Connection) -> None:
    """Bring the schema to today's version; nothing happens where it is."""
    config = Config()
    config.set_main_option("script_location", str(resources.files("prober.store.index").joinpath("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _sqlite(connection: object, record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


@contextlib.contextmanager
def told(where: str) -> Iterator[None]:
    """The database's own errors as one sentence."""
    shown = where.rsplit("@", 1)[-1]
    try:
        yield
    except OperationalError as problem:
        raise StoreError(
            f"The index {shown} cannot be used: {problem.orig}. Case folders are whole; try again, or rebuild it "
            "with prober cases --rebuild."
        ) from problem
    except DatabaseError as problem:
        raise StoreError(
            f"The index {shown} is damaged: {problem.orig}. Delete it, then prober cases --rebuild."
        ) from problem
    except OSError as problem:
        raise StoreError(f"The index {shown} cannot be written: {problem.strerror}.") from problem
