"""Works the runs one after another, on the machinery of `prober run`; single checks go on beside them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from prober.app.after_run import Wanted, summarise, write_summary
from prober.app.attempt import ProbeOne
from prober.app.keeper import Opener
from prober.app.run import Run, RunRequest
from prober.errors import ProberError
from prober.models.run import (
    RunEvent,
    RunFinished,
    RunNotice,
    RunStarted,
    SuspectDone,
    SuspectRetried,
    SuspectStarted,
    SuspectStep,
)
from prober.web.lists import Lists
from prober.web.runs import RunRecord, Runs
from prober.web.settings import ServeOptions
from prober.web.slots import Slots

log = logging.getLogger(__name__)
LATEST = 40  # finished suspects that the live page shows
STEP_EVERY = 1.0  # seconds between two stored steps of one suspect
RATE_OVER = 120.0  # seconds over which the rate is taken
SAVE_EVERY = 2.0  # seconds between two writings of the record


@dataclass
class InWork:
    """A suspect in work and what it is doing."""

    id: str
    url: str
    line: int
    doing: str = ""
    steps: int = 0
    since: float = field(default_factory=time.monotonic)
    told: float = float("-inf")


@dataclass
class Now:
    """How a run in work stands, for those who watch. ends: when suspects ended, newest last."""

    begun: float = field(default_factory=time.monotonic)
    working: dict[str, InWork] = field(default_factory=dict)
    latest: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=LATEST))
    ends: deque[float] = field(default_factory=deque)
    notice: str = ""

    def rate(self) -> float:
        """Suspects a minute, lately; 0 when nothing has ended yet."""
        now = time.monotonic()
        while self.ends and now - self.ends[0] > RATE_OVER:
            self.ends.popleft()
        span = min(now - self.begun, RATE_OVER)
        return 60.0 * len(self.ends) / span if span > 1 else 0.0


class RunsWorker:
    """`run` until cancelled. probe_one: in place of real probing, for tests."""

    def __init__(
        self, options: ServeOptions, runs: Runs, lists: Lists, opener: Opener, slots: Slots,
        probe_one: ProbeOne | None = None,
    ) -> None:  # fmt: skip
        self.options, self.runs, self.lists, self.opener, self.slots = options, runs, lists, opener, slots
        self.probe_one = probe_one
        self.hold: Callable[[str, frozenset[str]], None] = lambda case, by: None  # lets a run's holders see its cases
        self.now: dict[str, Now] = {}
        self._id = ""  # of the run in work
        self._run: Run | None = None
        self._given_up = False
        self._news = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do."""
        self._news.set()

    def cancel(self, id: str) -> None:
        """Give up a run; what is finished stays, and it can be resumed."""
        one = self.runs.get(id)
        if one is None or one.state not in ("waiting", "running"):
            return
        if id != self._id:
            self._end(id, "cancelled")
            return
        self._given_up = True
        if self._run is not None:
            self._run.give_up()

    def resume(self, id: str) -> None:
        """Let a run go on that was given up or has failed."""
        one = self.runs.get(id)
        if one is not None and one.state in ("cancelled", "failed"):
            self.runs.change(id, state="waiting", ended_at=None, message="")
            self.runs.tell(id, "resumed", {})
            self.wake()

    async def run(self) -> None:
        """Work until cancelled; a run in work then goes on at the next start."""
        while True:
            self._news.clear()
            one = self.runs.waiting()
            if one is None:
                await self._news.wait()
                continue
            await self._one(one)

    async def _one(self, one: RunRecord) -> None:
        started = one.started_at or datetime.now(UTC)
        one = self.runs.change(one.id, state="running", started_at=started)
        begun = time.monotonic()
        now = self.now[one.id] = Now(begun)
        self._id, self._given_up = one.id, False
        try:
            interrupted = await self._work(one, now)
            state, message = ("cancelled" if interrupted else "done"), ""
        except ProberError as error:
            state, message = "failed", error.message
        except Exception:  # a fault of prober: the server goes on, the log has the traceback
            log.exception("the run %s failed", one.folder)
            state, message = "failed", "This is a fault of prober, please report it; the log has the details."
        finally:
            self._id, self._run = "", None
            self.now.pop(one.id, None)
        self.runs.change(one.id, seconds=round(one.seconds + time.monotonic() - begun, 1))
        self._end(one.id, state, message)

    async def _work(self, one: RunRecord, now: Now) -> bool:
        """Whether it was interrupted. Raises ProberError."""
        run = Run(self.request(one))
        try:
            await asyncio.to_thread(run.prepare)
            self._run = run
            if self._given_up:
                run.give_up()
            end: RunFinished | None = None
            saved = 0.0
            async with contextlib.aclosing(run.events(self.opener, self.probe_one, self.slots)) as events:
                async for event in events:
                    self._hear(one.id, event, now)
                    end = event if isinstance(event, RunFinished) else end
                    if time.monotonic() - saved > SAVE_EVERY:
                        saved = time.monotonic()
                        self.runs.change(one.id)
            seconds = one.seconds + (end.seconds if end else 0.0)
            await asyncio.to_thread(_summary, run, seconds)
            return end is None or end.interrupted
        finally:
            run.close()

    def request(self, one: RunRecord) -> RunRequest:
        """What `prober run` would be asked. Raises ProberError: the list is gone."""
        listed = self.lists.get(one.list)
        if listed is None:
            raise ProberError(f"The list of the run {one.folder} is gone; send it in again.")
        folder = self.options.output / one.folder
        return RunRequest(
            target=one.target, list=str(self.lists.path(listed)), output=folder, column=one.column,
            options=replace(self.options.check, output=folder, recall=not one.holders), jobs=self.options.jobs, resume=True,
            queue=self.options.queue,
        )  # fmt: skip

    def _hear(self, id: str, event: RunEvent, now: Now) -> None:
        """Keep what a watcher needs, and store it."""
        if isinstance(event, RunStarted):
            told = event.model_dump(include={"total", "done", "duplicates", "unusable", "counts"})
            self.runs.change(id, **told)
        elif isinstance(event, SuspectStarted):
            now.working[event.work.id] = InWork(event.work.id, event.work.url, event.work.line)
        elif isinstance(event, SuspectStep):
            one = now.working.get(event.id)
            if one is None:
                return
            one.steps, one.doing = one.steps + 1, event.sentence
            if time.monotonic() - one.told < STEP_EVERY:
                return
            one.told = time.monotonic()
        elif isinstance(event, SuspectRetried):
            now.working.pop(event.work.id, None)
        elif isinstance(event, SuspectDone):
            self._done(id, row_of(event), now)
        elif isinstance(event, RunNotice):
            now.notice = event.text
        self.runs.tell(id, event.event, public(event))

    def _done(self, id: str, row: dict[str, Any], now: Now) -> None:
        run = self.runs.change(id, keep=False)
        counts = {**run.counts, row["outcome"]: run.counts.get(row["outcome"], 0) + 1}
        self.runs.change(id, keep=False, done=run.done + 1, counts=counts)
        if row["case_id"]:
            self.hold(row["case_id"], frozenset(run.holders))
        now.working.pop(row["id"], None)
        now.ends.append(time.monotonic())
        now.latest.appendleft(row)

    def _end(self, id: str, state: str, message: str = "") -> None:
        self.runs.tell(id, "ended", {"state": state, "message": message})
        self.runs.change(id, state=state, ended_at=datetime.now(UTC), message=message)


def row_of(event: SuspectDone) -> dict[str, Any]:
    """A finished suspect in short."""
    verdict, lights, result = event.result.verdict, event.result.highlights, event.result
    outcome = "refused" if result.refused else "failed" if result.fault else verdict.get("verdict", "inconclusive")
    return {
        "id": event.work.id,
        "line": event.work.line,
        "url": event.work.url,
        "outcome": outcome,
        "obstacle": verdict.get("obstacle") or "",
        "scenario": verdict.get("scenario") or "",
        "reason": (result.refused or result.fault or str(verdict.get("reason", "")))[:400],
        "claim": lights.claim,
        "amount": lights.amount,
        "seconds": verdict.get("seconds") or 0.0,
        "case_id": verdict.get("case_id") or "",
    }


def public(event: RunEvent) -> dict[str, Any]:
    """An event of a run as stored and sent: whole verdicts are in the results."""
    if isinstance(event, SuspectDone):
        return row_of(event)
    if isinstance(event, SuspectStarted):
        return {"id": event.work.id, "line": event.work.line, "url": event.work.url}
    if isinstance(event, SuspectRetried):
        return {"id": event.work.id, "url": event.work.url, "why": event.why, "delay": event.delay}
    return event.model_dump(mode="json", exclude={"event", "folder"})


def _summary(run: Run, seconds: float) -> None:
    write_summary(run, summarise(run, seconds), Wanted())


@contextlib.asynccontextmanager
async def working_runs(worker: RunsWorker) -> AsyncIterator[RunsWorker]:
    """The worker at work while inside."""
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.runs.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
