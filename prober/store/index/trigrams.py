"""The index over words of cases, as each database makes it. Without SQLAlchemy, for writers that cannot wait for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

_COLUMNS = "url, id, reason"
_NEW = "INSERT INTO cases_text (rowid, url, id, reason) VALUES (new.rowid, new.url, new.id, new.reason);"
_OLD = (
    "INSERT INTO cases_text (cases_text, rowid, url, id, reason) "
    "VALUES ('delete', old.rowid, old.url, old.id, old.reason);"
)
SQLITE = (
    f"CREATE VIRTUAL TABLE cases_text USING fts5({_COLUMNS}, content='cases', tokenize='trigram')",
    f"CREATE TRIGGER cases_text_in AFTER INSERT ON cases BEGIN {_NEW} END",
    f"CREATE TRIGGER cases_text_out AFTER DELETE ON cases BEGIN {_OLD} END",
    f"CREATE TRIGGER cases_text_new AFTER UPDATE OF {_COLUMNS} ON cases BEGIN {_OLD} {_NEW} END",
    "INSERT INTO cases_text (cases_text) VALUES ('rebuild')",
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_cases_text ON cases USING gin ((url || ' ' || id || ' ' || reason) gin_trgm_ops)",
)


def sqlite_trigrams(execute: Callable[[str], Any]) -> None:
    """Make the index in an open transaction; nothing where this SQLite (before 3.34, or without FTS5) cannot."""
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize='trigram')")
    except sqlite3.OperationalError:
        return
    finally:
        probe.close()
    for statement in SQLITE:
        execute(statement)
