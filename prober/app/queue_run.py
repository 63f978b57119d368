"""A run whose suspects are probed by workers on other machines; the results come home to the same files."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

from prober.app.check import CheckOptions
from prober.app.worker import options_to_send
from prober.models.run import Result, RunEvent, RunNotice, SuspectDone, SuspectStarted, SuspectStep, Work
from prober.queueing.board import Board
from prober.queueing.jobs import make_app, make_tables, queue_up
from prober.store.run import Results, RunState

LOOK_EVERY = 0.3  # seconds between two looks at the table
NOBODY_AFTER = 20.0  # seconds without anything in work until the user is told that workers are missing
_TOGETHER = 500  # suspects asked for at once


class QueueRunner:
    """`Runner` over a queue: submits what waits, then fetches results until all are there.

    run: names the run in the database; a resumed run asks for nothing twice.
    paces: least seconds between two starts of the run, and between two cases at one host.
    """

    def __init__(
        self, state: RunState, results: Results, url: str, run: str, options: CheckOptions, paces: tuple[float, float]
    ) -> None:
        self._state, self._results, self._url, self._run = state, results, url, run
        self._options = options_to_send(options) | {"pace": paces[0], "host_pace": paces[1]}
        self._stopping = asyncio.Event()
        self._given_up = False
        self._shown: dict[str, str] = {}

    def stop(self) -> None:
        """Watch no longer; the workers go on, and a resumed run fetches what they did."""
        self._stopping.set()

    def give_up(self) -> None:
        """Watch no longer, and have the workers end what is in work; a resumed run goes on from there."""
        self._given_up = True
        self._stopping.set()

    async def events(self) -> AsyncIterator[RunEvent]:
        """See `Runner`. Raises StoreError when the database is lost; what is finished is kept."""
        async with Board(self._url) as board:
            await board.redeliver(self._run)
            await self._submit(board)
            quiet = time.monotonic()
            while not self._stopping.is_set():
                fetched = await board.results(self._run)
                for event in self._keep(fetched):
                    yield event
                await board.delivered(self._run, [work.id for work, _ in fetched])
                total, done = self._state.totals()
                if done == total:
                    return
                working = await board.in_work(self._run)
                for event in self._watch(working):
                    yield event
                quiet = time.monotonic() if working or fetched else quiet
                if time.monotonic() - quiet > NOBODY_AFTER:
                    yield RunNotice(text="nothing is in work; start workers with: prober worker --queue URL")
                    quiet = time.monotonic() + 10 * NOBODY_AFTER
                if not fetched:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._stopping.wait(), LOOK_EVERY)
            if self._given_up:
                await board.give_up(self._run)

    async def _submit(self, board: Board) -> None:
        async def nothing(run: str, id: str) -> None:
            raise AssertionError("this process only asks")

        app = make_app(self._url, nothing)
        waiting = self._state.waiting()
        async with app.open_async():
            await make_tables(app, board)
            for id, place in await board.take_up(self._run):
                await queue_up(app, self._run, id, place)
            for start in range(0, len(waiting), _TOGETHER):
                part = list(waiting[start : start + _TOGETHER])
                for work in await board.submit(self._run, self._options, part):
                    await queue_up(app, self._run, work.id, work.place)

    def _keep(self, fetched: list[tuple[Work, Result]]) -> list[RunEvent]:
        """Write what came home, each once."""
        new = [(work, result) for work, result in fetched if not self._state.is_done(work.id)]
        if new:
            written = self._results.append([result.verdict for _, result in new if result.verdict])
            self._state.finish(new, written)
        for work, _ in new:
            self._shown.pop(work.id, None)
        return [SuspectDone(work=work, result=result) for work, result in new]

    def _watch(self, working: list[tuple[Work, str]]) -> list[RunEvent]:
        events: list[RunEvent] = []
        for work, doing in working:
            if work.id not in self._shown:
                events.append(SuspectStarted(work=work))
            if doing and self._shown.get(work.id) != doing:
                events.append(SuspectStep(id=work.id, sentence=doing))
            self._shown[work.id] = doing
        return events
