"""Opens the index: SQLite beside the cases by default, PostgreSQL by URL; migrated to today's schema."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from prober.errors import StoreError, UsageError

_MAKING = 7_262_002  # advisory lock: one process makes or migrates the tables

_alembic = threading.Lock()  # Alembic keeps what it is doing in globals


def open_database(where: Path | str) -> Engine:
    """A file (made where there is none) or a `postgresql://` URL, at today's schema.

    Raises StoreError: it cannot be reached, written or read, or a newer prober made it.
    """
    with told(str(where)):
        if isinstance(where, Path):
            where.parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(f"sqlite:///{where}", connect_args={"timeout": 10})
            event.listen(engine, "connect", sqlite_manners)
        else:
            engine = create_engine(address_of(where), pool_pre_ping=True)
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MAKING})
            upgrade(connection)
    return engine


def address_of(url: str) -> str:
    """The URL with the driver that prober brings. Raises UsageError where it is none, or the driver is missing."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            break
    else:
        raise UsageError(f"'{url.rsplit('@', 1)[-1]}' is no index; give postgresql://user:password@host/name.")
    try:
        import psycopg
    except ImportError:
        raise UsageError("An index in PostgreSQL needs further parts: pip install 'prober[cluster]'") from None
    assert psycopg
    return f"postgresql+psycopg://{url.removeprefix(scheme)}"


def upgrade(connection: Connection, room: str = "prober.store.index") -> None:
    """Bring the schema to today's version; nothing happens where it is. room: the package with the migrations."""
    config = Config()
    config.set_main_option("script_location", str(resources.files(room).joinpath("migrations")))
    config.attributes["connection"] = connection
    with _alembic:
        command.upgrade(config, "head")


def sqlite_manners(connection: object, record: object) -> None:
    """Readers and a writer side by side, and keys that point somewhere."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


@contextlib.contextmanager
def told(where: str) -> Iterator[None]:
    """The database's own errors as one sentence, without the password."""
    shown = where.rsplit("@", 1)[-1]
    try:
        yield
    except OperationalError as problem:
        raise StoreError(
            f"The index {shown} cannot be used: {_first(problem)}. Case folders are whole; try again, or rebuild it "
            "with prober cases --rebuild."
        ) from problem
    except DBAPIError as problem:
        remedy = "Delete it, then" if "://" not in where else "Mend it, then"
        raise StoreError(
            f"The index {shown} is damaged: {_first(problem)}. {remedy} prober cases --rebuild."
        ) from problem
    except CommandError as problem:
        raise StoreError(f"The index {shown} was made by a newer prober ({problem}); use that one.") from problem
    except OSError as problem:
        raise StoreError(f"The index {shown} cannot be written: {problem.strerror}.") from problem


def _first(problem: DBAPIError) -> str:
    """The database's words, one line of them."""
    return next(iter(str(problem.orig).strip().splitlines()), type(problem.orig).__name__)
