"""The state of a run in one SQLite file: survives kill -9 at any moment."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from prober.errors import StoreError
from prober.models.run import Finished, Highlights, Result, Skipped, Work

FILE = "run.sqlite"
WAITING, IN_WORK, DONE = 0, 1, 2
_WORK = "id, line, url, place, scenario, among, tries, crashes"


class RunState:
    """Which suspects wait, are in work and are done. Every method is one transaction.

    Used by one process at a time (`open` says so when another one holds it), and by one of its threads at a time.
    """

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path = path
        self._database = database

    @classmethod
    def open(cls, folder: Path) -> RunState:
        """The state in `folder`, made where there is none.

        Raises StoreError: it cannot be written, is damaged, or another run is using it.
        """
        path = folder / FILE
        with _told(path):
            folder.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path, isolation_level=None, timeout=2.0, check_same_thread=False)
            try:
                database.execute("PRAGMA locking_mode=EXCLUSIVE")
                database.execute("PRAGMA journal_mode=WAL")
                database.execute("PRAGMA synchronous=NORMAL")
                database.execute("BEGIN IMMEDIATE")
                if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                    for statement in resources.files("prober.store.run").joinpath("schema.sql").read_text().split(";"):
                        database.execute(statement)
                database.execute("COMMIT")
            except BaseException:
                database.close()
                raise
        return cls(path, database)

    def close(self) -> None:
        """Leave the file whole and without its log."""
        with _told(self.path):
            self._database.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _told(self.path):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def get(self, key: str, default: str = "") -> str:
        """A note about the run."""
        with _told(self.path):
            row = self._database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def put(self, key: str, value: str) -> None:
        """Keep a note about the run."""
        with self._writing() as database:
            _put(database, key, value)

    def load(self, rows: Iterable[Work | Skipped]) -> None:
        """Take in a list, whole or not at all; suspects that are known already keep what is known of them."""
        with self._writing() as database:
            number = int(self.get("pass", "0")) + 1
            _put(database, "pass", str(number))
            database.execute("DELETE FROM skipped")
            for row in rows:
                if isinstance(row, Skipped):
                    _skip(database, row)
                    continue
                known = database.execute("SELECT line, pass FROM suspects WHERE id = ?", (row.id,)).fetchone()
                if known and known[1] == number:
                    same = f"the same as line {known[0]}" if known[0] != row.line else "twice in this line"
                    _skip(database, Skipped(row.line, row.url, "duplicate", same))
                elif known:
                    database.execute("UPDATE suspects SET pass = ?, line = ? WHERE id = ?", (number, row.line, row.id))
                else:
                    values = (row.id, row.line, row.url, row.place, row.scenario, " ".join(row.among), number)
                    database.execute(
                        "INSERT INTO suspects (id, line, url, place, scenario, among, pass) VALUES (?,?,?,?,?,?,?)",
                        values,
                    )
            _put(database, "loaded", "yes")
            _settle(database)

    def recover(self) -> tuple[Work, ...]:
        """After an interruption: what was in work waits again; returns it (`case_of` still names its cases)."""
        with self._writing() as database:
            rows = database.execute(f"SELECT {_WORK} FROM suspects WHERE state = ?", (IN_WORK,)).fetchall()
            database.execute("UPDATE suspects SET state = 0 WHERE state = ?", (IN_WORK,))
            _settle(database)
        return tuple(_work(row) for row in rows)

    def claim(self, now: float) -> Work | float | None:
        """The next suspect whose place is free; else the seconds until one may be; None when none waits."""
        with self._writing() as database:
            row = database.execute(
                "SELECT place, next FROM places WHERE busy = 0 AND next IS NOT NULL AND not_before <= ? "
                "ORDER BY next LIMIT 1",
                (now,),
            ).fetchone()
            if row is None:
                return _wait(database, now)
            place, number = row
            database.execute("UPDATE places SET busy = 1 WHERE place = ?", (place,))
            found = database.execute(
                f"UPDATE suspects SET state = 1, tries = tries + 1, case_id = '' WHERE number = ? RETURNING {_WORK}",
                (number,),
            ).fetchone()
        return _work(found).model_copy(update={"tries": found[6] - 1})

    def opened(self, id: str, case_id: str) -> None:
        """The case of a suspect in work has this id."""
        with self._writing() as database:
            database.execute("UPDATE suspects SET case_id = ? WHERE id = ?", (case_id, id))

    def case_of(self, id: str) -> str:
        """The id of the case last opened for a suspect, '' when there is none."""
        with _told(self.path):
            row = self._database.execute("SELECT case_id FROM suspects WHERE id = ?", (id,)).fetchone()
        return str(row[0]) if row else ""

    def give_back(self, work: Work, *, not_before: float = 0.0, crashed: bool = False, counts: bool = True) -> None:
        """A suspect waits again. counts: this try counts; crashed: the browser died under it."""
        with self._writing() as database:
            database.execute(
                "UPDATE suspects SET state = 0, crashes = crashes + ?, tries = tries - ? WHERE id = ?",
                (crashed, not counts, work.id),
            )
            _free(database, work.place, not_before)

    def finish(self, done: Iterable[tuple[Work, Result]], written: int, free_at: float = 0.0) -> None:
        """Suspects are done, and the results file has `written` bytes with them."""
        with self._writing() as database:
            for work, result in done:
                database.execute(
                    "UPDATE suspects SET state = 2, outcome = ?, obstacle = ?, chosen = ?, reason = ?, seconds = ?, "
                    "case_id = ?, highlights = ? WHERE id = ?",
                    (*_columns(result), work.id),
                )
                _free(database, work.place, free_at)
            _put(database, "written", str(written))

    def forget_results(self) -> None:
        """Nothing counts as done any more: the results file is to be read again from its start."""
        with self._writing() as database:
            database.execute("UPDATE suspects SET state = 0 WHERE state = 2 AND outcome != 'refused'")
            _put(database, "written", "0")
            _settle(database)

    def work(self, id: str) -> Work | None:
        """A suspect by its id."""
        with _told(self.path):
            row = self._database.execute(f"SELECT {_WORK} FROM suspects WHERE id = ?", (id,)).fetchone()
        return _work(row) if row else None

    def waiting(self) -> tuple[Work, ...]:
        """All suspects that are not done, in the order of the list."""
        with _told(self.path):
            rows = self._database.execute(f"SELECT {_WORK} FROM suspects WHERE state != 2 ORDER BY number").fetchall()
        return tuple(map(_work, rows))

    def is_done(self, id: str) -> bool:
        """Whether a suspect has its result."""
        with _told(self.path):
            return bool(self._database.execute("SELECT 1 FROM suspects WHERE id = ? AND state = 2", (id,)).fetchone())

    def counts(self) -> dict[str, int]:
        """How many ended how: verdicts, 'refused', 'failed'."""
        query = "SELECT outcome, count(*) FROM suspects WHERE state = 2 GROUP BY outcome"
        with _told(self.path):
            return dict(self._database.execute(query).fetchall())

    def totals(self) -> tuple[int, int]:
        """All suspects, and those done."""
        with _told(self.path):
            row = self._database.execute("SELECT count(*), coalesce(sum(state = 2), 0) FROM suspects").fetchone()
        return int(row[0]), int(row[1])

    def skipped(self, kind: str = "") -> Iterator[Skipped]:
        """The rows of the list that are not probed, in order."""
        query = "SELECT line, text, kind, reason FROM skipped WHERE kind = ? OR ? = '' ORDER BY line"
        with _told(self.path):
            for row in self._database.execute(query, (kind, kind)):
                yield Skipped(*row)

    def skipped_counts(self) -> tuple[int, int]:
        """How many rows are duplicates, how many unusable."""
        query = "SELECT coalesce(sum(kind = 'duplicate'), 0), coalesce(sum(kind = 'unusable'), 0) FROM skipped"
        with _told(self.path):
            row = self._database.execute(query).fetchone()
        return int(row[0]), int(row[1])

    def finished(self) -> Iterator[Finished]:
        """All suspects that are done, in the order of the list."""
        query = (
            "SELECT line, url, outcome, obstacle, chosen, reason, seconds, case_id, highlights FROM suspects "
            "WHERE state = 2 ORDER BY number"
        )
        with _told(self.path):
            for row in self._database.execute(query):
                lights = Highlights.model_validate_json(row[8]) if row[8] else Highlights()
                line, url, outcome, obstacle, scenario, reason, seconds, case_id = row[:8]
                yield Finished(line, url, outcome, obstacle, scenario, reason, seconds, case_id, lights)


def _work(row: tuple[Any, ...]) -> Work:
    id, line, url, place, scenario, among, tries, crashes = row
    return Work.model_construct(
        id=id, line=line, url=url, place=place, scenario=scenario, among=tuple(among.split()), tries=tries, crashes=crashes
    )  # fmt: skip


def _columns(result: Result) -> tuple[object, ...]:
    verdict = result.verdict
    outcome = "refused" if result.refused else "failed" if result.fault else verdict["verdict"]
    lights = result.highlights.model_dump_json(exclude_defaults=True) if result.highlights != Highlights() else ""
    return (
        outcome,
        verdict.get("obstacle") or "",
        verdict.get("scenario") or "",
        result.refused or result.fault or verdict.get("reason", ""),
        verdict.get("seconds") or 0.0,
        verdict.get("case_id") or "",
        lights,
    )


def _put(database: sqlite3.Connection, key: str, value: str) -> None:
    database.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
    )


def _skip(database: sqlite3.Connection, row: Skipped) -> None:
    database.execute("INSERT INTO skipped VALUES (?,?,?,?)", (row.line, row.text, row.kind, row.reason))


def _settle(database: sqlite3.Connection) -> None:
    """Work out anew what waits where; nothing is in work."""
    database.execute("DELETE FROM places")
    database.execute(
        "INSERT INTO places (place, next) SELECT place, min(number) FROM suspects WHERE state = 0 GROUP BY place"
    )


def _free(database: sqlite3.Connection, place: str, not_before: float) -> None:
    database.execute(
        "UPDATE places SET busy = 0, not_before = max(not_before, ?), "
        "next = (SELECT min(number) FROM suspects WHERE place = ? AND state = 0) WHERE place = ?",
        (not_before, place, place),
    )


def _wait(database: sqlite3.Connection, now: float) -> float | None:
    row = database.execute("SELECT min(not_before) FROM places WHERE busy = 0 AND next IS NOT NULL").fetchone()
    if row[0] is not None:
        return max(0.01, float(row[0]) - now)
    waiting = database.execute("SELECT 1 FROM places WHERE next IS NOT NULL AND busy = 1 LIMIT 1").fetchone()
    return float("inf") if waiting else None


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as problem:
        if "locked" in str(problem) or "busy" in str(problem):
            raise StoreError(
                f"{path.parent} is in use by another run; wait for it, or choose another --output."
            ) from None
        raise StoreError(
            f"Could not write {path}: {problem}. Free the space or mend the folder's permissions, "
            "then continue with --resume; nothing finished is lost."
        ) from problem
    except sqlite3.DatabaseError as problem:
        raise StoreError(
            f"{path} is damaged: {problem}. Delete it and continue with --resume; results.jsonl says what is done."
        ) from problem
    except OSError as problem:
        raise StoreError(
            f"Could not write {path}: {problem.strerror}. Choose another folder with --output."
        ) from problem


def now() -> float:
    """Unix time, as the state keeps it."""
    return time.time()
