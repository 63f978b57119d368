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
from prober.queueing.keys import BoardKeys

SCHEMA = "prober_queue"
_MAKING = 7_262_001  # advisory lock: one process makes the tables


@dataclass(frozen=True)
class Asked:
    """What a case needs before it begins. keys: hosts and addresses to itself; paces: seconds, 0 for none."""

    place: str
    keys: tuple[str, ...]
    pace: float
    host_pace: float


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

    async def give_up(self, run: str) -> None:
        """Begin nothing more of a run; its workers end what is in work soon."""
        await self._do("UPDATE prober_queue.runs SET given_up = true WHERE run = %s", (run,))

    async def take_up(self, run: str) -> list[tuple[str, str]]:
        """Let a run go on that was given up; returns (id, place) of what needs a new job."""
        rows = await self._do(
            "UPDATE prober_queue.runs SET given_up = false WHERE run = %s AND given_up RETURNING run", (run,)
        )
        return [(id, place) for _, id, place in await self.orphans(run)] if rows else []

    async def tell(self, run: str, events: list[dict[str, Any]]) -> None:
        """Keep what happened in a run that is watched event by event."""
        values = [json.dumps(event).replace("\\u0000", "") for event in events]
        await self._do("INSERT INTO prober_queue.events (run, data) SELECT %s, unnest(%s::jsonb[])", (run, values))

    async def told(self, after: dict[str, int], limit: int = 500) -> list[tuple[str, int, dict[str, Any]]]:
        """(run, number, event) of watched runs, in order; after: the last number known of each."""
        rows = await self._do(
            "SELECT e.run, e.number, e.data FROM prober_queue.events AS e "
            "JOIN unnest(%s::text[], %s::bigint[]) AS w (run, after) ON e.run = w.run AND e.number > w.after "
            "ORDER BY e.number LIMIT %s",
            (list(after), list(after.values()), limit),
        )
        return [(run, number, data) for run, number, data in rows]

    async def results_of(self, runs: list[str]) -> dict[str, Result]:
        """The results of runs of one suspect, as far as they are there."""
        rows = await self._do(
            "SELECT run, result FROM prober_queue.work WHERE run = ANY(%s) AND result IS NOT NULL", (runs,)
        )
        return {run: Result.model_validate(result) for run, result in rows}

    async def forget(self, run: str) -> None:
        """The events of a run were taken home."""
        await self._do("DELETE FROM prober_queue.events WHERE run = %s", (run,))

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

    async def asked(self, run: str, id: str) -> Asked | None:
        """What a suspect needs before its case may begin; None when it is done, given up or unknown."""
        rows = await self._do(
            "SELECT w.place, w.keys, r.options FROM prober_queue.work AS w JOIN prober_queue.runs AS r USING (run) "
            "WHERE run = %s AND id = %s AND result IS NULL AND NOT r.given_up",
            (run, id),
        )
        if not rows:
            return None
        place, keys, options = rows[0]
        pace, host_pace = (float(options.get(name) or 0.0) for name in ("pace", "host_pace"))
        return Asked(place, tuple(dict.fromkeys((place, *keys))), pace, host_pace)

    async def wait_for_place(self, place: str) -> float:
        """Seconds until the next case may begin at a place; 0 when it may now."""
        rows = await self._do(
            "SELECT extract(epoch FROM next - now()) FROM prober_queue.pace WHERE key = %s", (f"place {place}",)
        )
        return max(0.0, float(rows[0][0])) if rows else 0.0

    async def wait_for_run(self, run: str, pace: float) -> float:
        """Seconds until the next case of a run may begin; 0 when it may now, and then others wait `pace` seconds."""
        key = f"run {run}"
        rows = await self._do(
            "INSERT INTO prober_queue.pace AS p VALUES (%s, now() + %s * interval '1 second') "
            "ON CONFLICT (key) DO UPDATE SET next = now() + %s * interval '1 second' WHERE p.next <= now() RETURNING key",
            (key, pace, pace),
        )
        if rows:
            return 0.0
        rows = await self._do("SELECT extract(epoch FROM next - now()) FROM prober_queue.pace WHERE key = %s", (key,))
        return max(0.01, float(rows[0][0])) if rows else 0.0

    async def rest(self, place: str, seconds: float) -> None:
        """Nothing begins at a place for so many seconds."""
        await self._do(
            "INSERT INTO prober_queue.pace VALUES (%s, now() + %s * interval '1 second') "
            "ON CONFLICT (key) DO UPDATE SET next = greatest(pace.next, excluded.next)",
            (f"place {place}", seconds),
        )

    async def learnt(self, run: str, id: str, keys: tuple[str, ...]) -> None:
        """A suspect's way leads to these hosts and addresses; an attempt ended there without a result."""
        await self._do(
            "UPDATE prober_queue.work SET ended = begun, keys = %s WHERE run = %s AND id = %s", (list(keys), run, id)
        )

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

    async def doing(self, run: str, id: str, sentence: str) -> bool:
        """What a suspect in work is doing, for whoever watches; False when it has been given up."""
        rows = await self._do(
            "UPDATE prober_queue.work AS w SET doing = %s FROM prober_queue.runs AS r "
            "WHERE r.run = w.run AND w.run = %s AND w.id = %s RETURNING r.given_up",
            (sentence[:200].replace("\0", ""), run, id),
        )
        return not (rows and rows[0][0])

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

    async def orphans(self, run: str = "") -> list[tuple[str, str, str]]:
        """(run, id, place) of open work that no job stands for: a machine died between asking and queueing.

        run: of this one only, and then all of it.
        """
        rows = await self._do(
            "SELECT w.run, w.id, w.place FROM prober_queue.work AS w JOIN prober_queue.runs AS r USING (run) "
            "WHERE w.result IS NULL AND NOT r.given_up AND (w.run = %s OR %s = '') AND NOT EXISTS (SELECT 1 FROM prober_queue.procrastinate_jobs AS j WHERE j.status IN ('todo', 'doing') "
            "AND j.args->>'id' = w.id AND j.args->>'run' = w.run) LIMIT %s",
            (run, run, None if run else 500),
        )
        return [(run, id, place) for run, id, place in rows]

    @contextlib.asynccontextmanager
    async def keys(self) -> AsyncIterator[BoardKeys]:
        """Keys of one case, held on a connection of its own until the end.

        A killed process frees them at once (its connection closes), a paused one keeps them.
        """
        with told(self.url):
            connection = await psycopg.AsyncConnection.connect(self.url, autocommit=True)
        try:
            yield BoardKeys(connection)
        finally:
            await connection.close()

    @contextlib.asynccontextmanager
    async def lock(self, name: str) -> AsyncIterator[bool]:
        """Whether the lock of that name was free; held inside, on a connection of its own."""
        async with self.keys() as keys:
            yield await keys.take(name)


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
