"""The table of work on PostgreSQL: what is asked, what is in work, what came of it; one final result per suspect."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row
from psycopg_pool import AsyncConnectionPool

from prober.errors import StoreError
from prober.models.run import Result, Work

SCHEMA = "prober_queue"
_MAKING = 7_262_001  # advisory lock: one process makes the tables


@dataclass(frozen=True)
class Entry:
    """A suspect as a worker takes it. lost: attempts that began and never ended (a worker died)."""

    work: Work
    options: dict[str, Any]
    lost: int
    faults: int


class Board:
    """Connections to the table; open with `async with`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool = AsyncConnectionPool(url, min_size=1, max_size=8, open=False, kwargs={"autocommit": True})

    async def __aenter__(self) -> Board:
        with told(self.url):
            await self._pool.open(wait=True, timeout=10)
            async with self._pool.connection() as connection:
                await connection.execute("SELECT pg_advisory_lock(%s)", (_MAKING,))
                try:
                    for statement in (
                        resources.files("prober.queueing").joinpath("board.sql").read_text("utf-8").split(";")
                    ):
                        if statement.strip():
                            await connection.execute(sql.SQL(statement))
                finally:
                    await connection.execute("SELECT pg_advisory_unlock(%s)", (_MAKING,))
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._pool.close()

    async def _do(self, query: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        with told(self.url):
            async with self._pool.connection() as connection, connection.cursor(row_factory=tuple_row) as cursor:
                await cursor.execute(query, tuple(values))
                return await cursor.fetchall() if cursor.description else []

    async def submit(self, run: str, options: dict[str, Any], works: list[Work]) -> list[Work]:
        """Ask for work; returns what was not asked for before."""
        await self._do(
            "INSERT INTO prober_queue.runs (run, options) VALUES (%s, %s) ON CONFLICT (run) DO UPDATE SET options = excluded.options",
            (run, json.dumps(options)),
        )
        new = []
        for work in works:
            rows = await self._do(
                "INSERT INTO prober_queue.work (run, id, place, work) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
                (run, work.id, work.place, work.model_dump_json()),
            )
            new += [work] if rows else []
        return new

    async def redeliver(self, run: str) -> None:
        """Every result of a run counts as not yet fetched."""
        await self._do("UPDATE prober_queue.work SET delivered = false WHERE run = %s AND delivered", (run,))

    async def results(self, run: str, limit: int = 200) -> list[tuple[Work, Result]]:
        """Results that were not fetched yet."""
        rows = await self._do(
            "SELECT work, result FROM prober_queue.work WHERE run = %s AND result IS NOT NULL AND NOT delivered LIMIT %s",
            (run, limit),
        )
        return [(Work.model_validate(work), Result.model_validate(result)) for work, result in rows]

    async def delivered(self, run: str, ids: list[str]) -> None:
        """These results are written on the other side."""
        await self._do("UPDATE prober_queue.work SET delivered = true WHERE run = %s AND id = ANY(%s)", (run, ids))

    async def in_work(self, run: str) -> list[tuple[Work, str]]:
        """What is in work, and what it is doing."""
        rows = await self._do(
            "SELECT work, doing FROM prober_queue.work WHERE run = %s AND result IS NULL AND begun > ended LIMIT 64",
            (run,),
        )
        return [(Work.model_validate(work), doing) for work, doing in rows]

    async def place(self, run: str, id: str) -> str | None:
        """Where a suspect belongs; None when it is done or unknown."""
        rows = await self._do(
            "SELECT place FROM prober_queue.work WHERE run = %s AND id = %s AND result IS NULL", (run, id)
        )
        return str(rows[0][0]) if rows else None

    async def begin(self, run: str, id: str, worker: str) -> Entry | None:
        """An attempt begins; None when the suspect is done."""
        rows = await self._do(
            "UPDATE prober_queue.work AS w SET begun = begun + 1, worker = %s, doing = '' FROM prober_queue.runs AS r "
            "WHERE r.run = w.run AND w.run = %s AND w.id = %s AND result IS NULL "
            "RETURNING w.work, r.options, begun - 1 - ended, crashes, faults",
            (worker, run, id),
        )
        if not rows:
            return None
        work, options, lost, crashes, faults = rows[0]
        return Entry(Work.model_validate(work | {"crashes": crashes, "tries": faults}), options, lost, faults)

    async def doing(self, run: str, id: str, sentence: str) -> None:
        """What a suspect in work is doing, for whoever watches."""
        await self._do("UPDATE prober_queue.work SET doing = %s WHERE run = %s AND id = %s", (sentence[:200], run, id))

    async def again(self, run: str, id: str, *, crashed: bool = False, fault: bool = False) -> None:
        """An attempt ended without a result."""
        await self._do(
            "UPDATE prober_queue.work SET ended = begun, crashes = crashes + %s, faults = faults + %s WHERE run = %s AND id = %s",
            (int(crashed), int(fault), run, id),
        )

    async def finish(self, run: str, id: str, result: Result) -> bool:
        """The final result; False when there is one already, which stays."""
        rows = await self._do(
            "UPDATE prober_queue.work SET ended = begun, result = %s WHERE run = %s AND id = %s AND result IS NULL RETURNING id",
            (result.model_dump_json().replace("\\u0000", ""), run, id),
        )
        return bool(rows)

    async def orphans(self) -> list[tuple[str, str, str]]:
        """(run, id, place) of open work that no job stands for: a machine died between asking and queueing."""
        rows = await self._do(
            "SELECT w.run, w.id, w.place FROM prober_queue.work AS w WHERE w.result IS NULL AND NOT EXISTS ("
            "SELECT 1 FROM prober_queue.procrastinate_jobs AS j WHERE j.status IN ('todo', 'doing') "
            "AND j.args->>'id' = w.id AND j.args->>'run' = w.run) LIMIT 500"
        )
        return [(run, id, place) for run, id, place in rows]

    @contextlib.asynccontextmanager
    async def lock(self, name: str) -> AsyncIterator[bool]:
        """Whether the lock of that name was free; held inside, on a connection of its own.

        A killed process frees it at once (its connection closes), a paused one keeps it.
        """
        with told(self.url):
            connection = await psycopg.AsyncConnection.connect(self.url, autocommit=True)
        try:
            cursor = await connection.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 7262))", (name,))
            row = await cursor.fetchone()
            yield bool(row and row[0])
        finally:
            await connection.close()


@contextlib.contextmanager
def told(url: str) -> Any:
    """PostgreSQL's errors as one sentence, without the password."""
    try:
        yield
    except psycopg.Error as problem:
        shown = url.rsplit("@", 1)[-1]
        raise StoreError(
            f"The queue {shown} failed: {str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__}. "
            "Nothing finished is lost; when it is back, continue with --resume."
        ) from problem
