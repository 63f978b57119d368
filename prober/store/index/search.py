"""Cases by words: over trigrams where the database has such an index, else by plain comparison; the same answers."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Select, column, literal_column, or_, select, table, text

from prober.store.index.tables import cases
from prober.store.index.trigrams import POSTGRES

SHORTEST = 3  # characters of a word that trigrams find
MOST = 8  # words


def postgres_trigrams(connection: Connection) -> None:
    """Make the index; nothing where the server has no pg_trgm or does not let us."""
    known = connection.execute(text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")).scalar()
    allowed = connection.execute(text("SELECT has_database_privilege(current_database(), 'CREATE')")).scalar()
    if known and allowed:
        for statement in POSTGRES:
            connection.exec_driver_sql(statement)


def has_trigrams(connection: Connection) -> bool:
    """Whether an SQLite index can be searched by trigrams."""
    if connection.dialect.name != "sqlite":
        return False
    return bool(connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'cases_text'").scalar())


def is_narrow(connection: Connection, wanted: str, most: int) -> bool:
    """Whether trigrams find at most so many cases; with more, walking all in their order is quicker."""
    match = _match(_words(wanted))
    if not match:
        return False
    hits = "SELECT count(*) FROM (SELECT rowid FROM cases_text WHERE cases_text MATCH :words LIMIT :most)"
    return int(connection.execute(text(hits), {"words": match, "most": most + 1}).scalar() or 0) <= most


def _words(wanted: str) -> list[str]:
    return wanted.replace("\0", " ").split()[:MOST]


def _match(words: list[str]) -> str:
    """What FTS5 is asked for the words that trigrams can find, '' for none."""
    return " AND ".join('"' + word.replace('"', '""') + '"' for word in words if len(word) >= SHORTEST)


def having(wanted: str, *, trigrams: bool, dialect: str) -> list[ColumnElement[bool]]:
    """Conditions for cases whose address, id or reason hold every word, wherever in them and in whatever case."""
    words = _words(wanted)
    left = [word for word in words if not trigrams or len(word) < SHORTEST]
    found: list[ColumnElement[bool]] = [_contains(word, dialect) for word in left]
    if trigrams and (match := _match(words)):
        hits: Select[tuple[int]] = select(literal_column("rowid")).select_from(table("cases_text", column("rowid")))
        matching = hits.where(text("cases_text MATCH :words").bindparams(words=match))
        found.append(literal_column("cases.rowid").in_(matching))
    return found


def _contains(word: str, dialect: str) -> ColumnElement[bool]:
    if dialect == "postgresql":
        whole = cases.c.url + literal_column("' '") + cases.c.id + literal_column("' '") + cases.c.reason
        return whole.icontains(word, autoescape=True)
    if word.isascii():
        return or_(*(each.contains(word, autoescape=True) for each in (cases.c.url, cases.c.id, cases.c.reason)))
    # SQLite's LIKE folds the case of ASCII alone
    return or_(
        *(each.contains(form, autoescape=True) for form in {word, word.lower(), word.upper(), word.capitalize()}
          for each in (cases.c.url, cases.c.id, cases.c.reason))
    )  # fmt: skip
