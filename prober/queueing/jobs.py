"""Procrastinate as prober uses it: one task, short retries, and a sweeper for what dead workers left behind."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from prober.errors import StoreError
from prober.queueing.board import SCHEMA, Board

log = logging.getLogger(__name__)

TASK, QUEUE = "prober.probe", "prober"
Handler = Callable[[str, str], Awaitable[None]]


class Again(Exception):
    """The job is to be run again soon; a long wait would block its host."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class _Retry(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        seconds = exception.seconds if isinstance(exception, Again) else None
        return RetryDecision(retry_in={"seconds": seconds}) if seconds is not None else None


@dataclass(frozen=True)
class Timings:
    """Seconds. A worker that is ending sends no heartbeat, so `stalled` must be longer than `graceful`."""

    heartbeat: float = 10.0
    graceful: float = 30.0
    stalled: float = 90.0


def make_app(url: str, handler: Handler) -> App:
    """The Procrastinate application whose only task calls `handler(run, id)`."""
    app = App(connector=PsycopgConnector(conninfo=url, kwargs={"options": f"-c search_path={SCHEMA}"}))

    @app.task(name=TASK, queue=QUEUE, retry=_Retry())
    async def probe(run: str, id: str) -> None:
        await handler(run, id)

    return app


async def make_tables(app: App, board: Board) -> None:
    """Procrastinate's own tables, in a PostgreSQL schema of their own; made once."""
    while True:
        async with board.lock("make tables") as ours:
            if ours:
                rows = await board._do("SELECT to_regclass(%s)", (f"{SCHEMA}.procrastinate_jobs",))
                if rows[0][0] is None:
                    await app.schema_manager.apply_schema_async()
                return
        await asyncio.sleep(0.2)  # another process is making them


async def queue_up(app: App, run: str, id: str, place: str) -> None:
    """Put a job into the queue; jobs of one place run one after another."""
    await app.configure_task(TASK, queue=QUEUE, lock=place).defer_async(run=run, id=id)


async def sweep(app: App, board: Board, timings: Timings) -> None:
    """Until cancelled: jobs of dead workers run again, work without a job gets one. One process at a time does it."""
    turn = 0
    while True:
        await asyncio.sleep(timings.heartbeat)
        try:
            async with board.lock("sweeper") as ours:
                if ours:
                    await _sweep_once(app, board, timings, orphans=turn % 3 == 0)
                    turn += 1
        except (StoreError, ConnectorException) as problem:
            log.warning("sweeping failed, will be tried again: %s", problem)


async def _sweep_once(app: App, board: Board, timings: Timings, *, orphans: bool) -> None:
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=timings.stalled):
        with contextlib.suppress(ConnectorException):  # another process was faster, or a twin is queued
            await app.job_manager.retry_job(job)
            log.info("job %s of a dead worker runs again", job.id)
    for run, id, place in await board.orphans() if orphans else ():
        await queue_up(app, run, id, place)


async def run_worker(app: App, name: str, jobs: int, timings: Timings) -> None:
    """Work until a signal asks to end or the task is cancelled."""
    options: dict[str, Any] = {
        "queues": [QUEUE], "name": name, "concurrency": jobs, "fetch_job_polling_interval": 1.0,
        "shutdown_graceful_timeout": timings.graceful, "update_heartbeat_interval": timings.heartbeat,
        "stalled_worker_timeout": timings.stalled * 4, "delete_jobs": "successful",
    }  # fmt: skip
    await app.run_worker_async(**options)
