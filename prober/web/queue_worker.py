"""Single checks that are only enqueued here: `prober worker`s on any number of machines do the probing."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from prober.app.worker import WATCHED, options_to_send
from prober.errors import StoreError
from prober.models.run import Result, Work
from prober.queueing.board import Board
from prober.queueing.jobs import make_app, make_tables, queue_up
from prober.web.settings import ServeOptions
from prober.web.submissions import ACTIVE, Submission, Submissions

log = logging.getLogger(__name__)
LOOK_EVERY = 0.3  # seconds between two looks at the table while something is asked for
AWAY = 5.0  # seconds until a lost database is tried again
PREFIX = "check-"  # of a single check's run in the table


@dataclass
class _Asked:
    """A submission at the queue. number: of the last event taken home."""

    id: str
    number: int = 0


class QueueWorker:
    """Takes the place of the embedded worker; `run` until cancelled. What workers do goes on when this ends."""

    def __init__(self, options: ServeOptions, submissions: Submissions) -> None:
        self.options, self.submissions = options, submissions
        self.counts: dict[str, int] = {}
        self.seconds = 0.0
        self._asked: dict[str, _Asked] = {}
        self._given_up: set[str] = set()
        self._news = asyncio.Event()

    @property
    def running(self) -> int:
        """Cases in work, at any worker."""
        return sum(one.state == "running" for one in self.submissions.active())

    def wake(self) -> None:
        """There may be something to do."""
        self._news.set()

    def cancel(self, id: str) -> None:
        """Give up a submission; a worker that has it ends it soon."""
        one = self.submissions.get(id)
        if one is not None and one.state in ACTIVE:
            self._given_up.add(id)
            self._end(one, "cancelled")
            self.wake()

    async def run(self) -> None:
        """Ask for what waits and take home what came of it; a lost database is tried again."""
        while True:
            try:
                async with Board(self.options.queue) as board:
                    await self._serve(board)
            except StoreError as problem:
                log.warning("%s", problem.message)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.Event().wait(), AWAY)

    async def close(self) -> None:
        """Nothing is held open here."""

    async def _serve(self, board: Board) -> None:
        async def nothing(run: str, id: str) -> None:
            raise AssertionError("this process only asks")

        app = make_app(self.options.queue, nothing)
        async with app.open_async():
            await make_tables(app, board)
            while True:
                self._news.clear()
                await self._abandon(board)
                for one in self.submissions.active():
                    if one.id not in self._asked:
                        await self._ask(board, app, one)
                await self._take_home(board)
                if not self._news.is_set():
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._news.wait(), LOOK_EVERY if self._asked else None)

    async def _ask(self, board: Board, app: Any, one: Submission) -> None:
        """Enqueue a check; one that an earlier server asked for is not asked for twice, its events come again."""
        run = PREFIX + one.id
        options = replace(self.options.check, recall=not one.holders)
        work = Work(id=one.id, line=1, url=one.url, place=one.place, scenario=one.scenario)
        for new in await board.submit(run, options_to_send(options) | {WATCHED: True}, [work]):
            await queue_up(app, run, new.id, new.place)
        self._asked[one.id] = _Asked(one.id)

    async def _abandon(self, board: Board) -> None:
        for id in tuple(self._given_up):
            await board.give_up(PREFIX + id)
            self._given_up.discard(id)

    async def _take_home(self, board: Board) -> None:
        """Events first known are told first; a result ends its submission when all its events are here."""
        if not self._asked:
            return
        results = await board.results_of([PREFIX + id for id in self._asked])
        while told := await board.told({PREFIX + one.id: one.number for one in self._asked.values()}):
            for run, number, data in told:
                asked = self._asked[run.removeprefix(PREFIX)]
                asked.number = number
                self._hear(asked.id, data)
        for run, result in results.items():
            one = self.submissions.get(run.removeprefix(PREFIX))
            if one is not None and one.state in ACTIVE:
                self._finish(one, result)
            await board.forget(run)
        for id in tuple(self._asked):
            one = self.submissions.get(id)
            if one is None or one.state not in ACTIVE:
                del self._asked[id]

    def _hear(self, id: str, data: dict[str, Any]) -> None:
        one = self.submissions.get(id)
        if one is None or one.state not in ACTIVE:
            return
        event = str(data.get("event", "notice"))
        if event == "case_opened":
            started = one.started_at or datetime.now(UTC)
            self.submissions.change(id, state="running", case_id=str(data.get("case_id", "")), started_at=started)
        self.submissions.tell(id, event, data)

    def _finish(self, one: Submission, result: Result) -> None:
        verdict = result.verdict
        case_id = str(verdict.get("case_id") or "")
        if result.refused or result.fault or not case_id:
            self._end(one, "failed", message=result.refused or result.fault or str(verdict.get("reason", "")))
            return
        word = str(verdict["verdict"])
        self.counts[word] = self.counts.get(word, 0) + 1
        self.seconds += float(verdict.get("seconds") or 0.0)
        self._end(one, "done", case_id=case_id, verdict=word)

    def _end(self, one: Submission, state: str, **values: Any) -> None:
        self.submissions.tell(one.id, "ended", {"state": state, **values})
        self.submissions.change(one.id, state=state, ended_at=datetime.now(UTC), **values)
        self.counts[state] = self.counts.get(state, 0) + 1
