"""Writes and asks the SQLite index without SQLAlchemy, so that a single check starts and ends fast."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from prober.errors import StoreError
from prober.models.case import Case
from prober.store.index.marks import Mark, SeenBefore
from prober.store.index.place import index_of
from prober.store.index.rows import DERIVED, rows_of
from prober.store.index.trigrams import sqlite_trigrams

VERSION = "0003"  # of the schema that this file writes; older ones are migrated first
PATIENCE = 10.0  # seconds that a writer waits for another


def index_case(output: Path, case: Case, folder: Path, place: str = "") -> None:
    """Add or replace a case in the index that covers `output`. place: its URL where it is kept elsewhere.

    Raises StoreError when it cannot be written; the case folder is whole all the same.
    """
    index = index_of(output)
    try:
        case_dir = place or folder.resolve().relative_to(index.parent.resolve()).as_posix()
        with closing(_open(index)) as database:
            database.execute("BEGIN IMMEDIATE")
            put_case(database, case, case_dir)
            database.execute("COMMIT")
    except (sqlite3.Error, OSError) as problem:
        raise StoreError(
            f"The index {index} could not be written: {problem}. The case is whole; prober cases --rebuild mends the index."
        ) from problem


def put_case(database: sqlite3.Connection, case: Case, case_dir: str) -> None:
    """Rows of a case into an open transaction, in place of those that it had."""
    for table in DERIVED:
        database.execute(f"DELETE FROM {table} WHERE {'id' if table == 'cases' else 'case_id'} = ?", (case.id,))
    for table, rows in rows_of(case, case_dir).tables.items():
        for row in rows:
            names = ", ".join(row)
            values = [stored(value) for value in row.values()]
            database.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", values)


def seen_before(output: Path, marks: tuple[Mark, ...], but: str = "", limit: int = 5) -> tuple[SeenBefore, ...]:
    """Earlier cases that share one of the marks, the newest first; () where there is no index.

    but: the id of the case that asks.
    """
    index = index_of(output)
    if not index.exists() or not marks:
        return ()
    wanted = ", ".join(["(?, ?)"] * len(marks))
    query = (
        "SELECT kind, value, cases.id, verdict, started_at, url FROM traces JOIN cases ON cases.id = case_id "
        f"WHERE (kind, value) IN (VALUES {wanted}) AND cases.id != ? ORDER BY started_at DESC, cases.id LIMIT ?"
    )
    values = [part for mark in marks for part in mark]
    try:
        with closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True, timeout=2)) as database:
            rows = database.execute(query, (*values, but, limit)).fetchall()
    except sqlite3.Error:  # what is known of earlier cases is a help, never a condition
        return ()
    return tuple(SeenBefore(kind, value, id, verdict, str(at)[:10], url) for kind, value, id, verdict, at, url in rows)


def stored(value: object) -> object:
    """A value as SQLAlchemy would store it in SQLite."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def _open(index: Path) -> sqlite3.Connection:
    index.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(index, timeout=PATIENCE, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")
        if _version(database) == "":
            database.execute("BEGIN IMMEDIATE")
            if _version(database) == "":
                for statement in (
                    resources.files("prober.store.index").joinpath("schema.sql").read_text("utf-8").split(";")
                ):
                    database.execute(statement)
                sqlite_trigrams(database.execute)
            database.execute("COMMIT")
        elif (found := _version(database)) != VERSION:
            _migrate(index, found)
    except BaseException:
        database.close()
        raise
    return database


def _version(database: sqlite3.Connection) -> str:
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return ""
    row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _migrate(index: Path, found: str) -> None:
    if found > VERSION:
        raise sqlite3.DatabaseError(f"a newer prober made it (schema {found}, this one knows {VERSION})")
    from prober.store.index.database import open_database

    open_database(index).dispose()
