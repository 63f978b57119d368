"""The embedded worker: checks what waits, a few cases side by side, never two on one host."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from prober.app.attempt import discard
from prober.app.check import check
from prober.app.keeper import BrowserKeeper
from prober.app.result import public, verdict_of
from prober.app.turns import HostTurn, LocalKeys
from prober.errors import ProberError
from prober.models.case import Case
from prober.models.events import CaseOpened, Event, StepTaken
from prober.web.settings import ServeOptions
from prober.web.slots import Slots
from prober.web.submissions import Submission, Submissions

log = logging.getLogger(__name__)
TRIES = 2  # a case is begun again once when the browser died under it


class Checker(Protocol):
    """Works single checks: the embedded worker, or the one that only enqueues. counts: how many ended how."""

    counts: dict[str, int]
    seconds: float

    @property
    def running(self) -> int:
        """Cases in work."""

    def wake(self) -> None:
        """There may be something to do."""

    def cancel(self, id: str) -> None:
        """Give up a submission."""

    async def run(self) -> None:
        """Work until cancelled."""

    async def close(self) -> None:
        """Let go of what is held open."""


class Worker:
    """Takes submissions in their order; `run` until cancelled."""

    def __init__(self, options: ServeOptions, submissions: Submissions, keeper: BrowserKeeper, slots: Slots) -> None:
        self.options, self.submissions, self.keeper, self.slots = options, submissions, keeper, slots
        self._running: dict[str, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        self._known: dict[str, tuple[str, ...]] = {}
        self.counts: dict[str, int] = {}
        self.seconds = 0.0

    @property
    def running(self) -> int:
        """Cases in work."""
        return len(self._running)

    def wake(self) -> None:
        """There may be something to do."""
        self._news.set()

    def cancel(self, id: str) -> None:
        """Give up a submission; what it has observed stays in its folder, without a verdict."""
        if task := self._running.get(id):
            task.cancel()
            return
        one = self.submissions.get(id)
        if one is not None and one.state == "waiting":
            self._end(id, "cancelled")

    async def run(self) -> None:
        """Work until cancelled; then give up what is in work, which waits again at the next start."""
        try:
            while True:
                self._news.clear()
                self._fill()
                await self._news.wait()
        finally:
            tasks = tuple(self._running.values())
            self._running.clear()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """End the browsers."""
        await self.keeper.close()

    def _fill(self) -> None:
        for one in self.submissions.active():
            if len(self._running) >= self.options.jobs:
                return
            if one.id in self._running or any(key in self.slots.keys for key in self._keys_of(one)):
                continue
            if not self.slots.take(one.place):
                continue
            self.submissions.change(one.id, state="running", started_at=datetime.now(UTC))
            task = self._running[one.id] = asyncio.create_task(self._one(one))
            task.add_done_callback(functools.partial(self._left, one.place))

    def _left(self, place: str, task: asyncio.Task[None]) -> None:
        self.slots.free(place)

    def _keys_of(self, one: Submission) -> tuple[str, ...]:
        """The hosts and addresses that its case is known to need."""
        return self._known.get(one.id, (one.place,))

    async def _one(self, one: Submission) -> None:
        keys = LocalKeys(self.slots.keys)
        turn = HostTurn(keys)
        try:
            case = await self._attempts(one, turn) if await turn.begin(self._keys_of(one)) else None
            if case is None:
                self._wait(one, turn)
                return
            word = verdict_of(case).verdict.value
            self.counts[word] = self.counts.get(word, 0) + 1
            self.seconds += case.seconds
            self._end(one.id, "done", case_id=case.id, verdict=word)
        except ProberError as error:
            self._end(one.id, "failed", message=error.message)
        except TimeoutError:
            self._end(one.id, "failed", message="The case took too long and was given up; check the address again.")
        except asyncio.CancelledError:
            if one.id in self._running:  # a person's wish, not the server's end
                self._end(one.id, "cancelled")
            raise
        except Exception:  # a fault of prober: the server goes on, the log has the traceback
            log.exception("checking %s failed", one.id)
            self._end(one.id, "failed", message="This is a fault of prober, please report it; the log has the details.")
        finally:
            keys.give_all()
            self._running.pop(one.id, None)
            self.wake()

    def _wait(self, one: Submission, turn: HostTurn) -> None:
        """Its way leads to a host that another case is at: it begins anew when that one has ended."""
        self._known[one.id] = tuple(sorted({*turn.kept, turn.lost}))
        begun = self.submissions.get(one.id)
        if begun is not None and begun.case_id:
            discard(self.options.output, begun.case_id)
        self.submissions.tell(
            one.id, "notice", {"event": "notice", "text": f"another case is at {turn.lost}; this one waits for it"}
        )
        self.submissions.change(one.id, state="waiting", case_id="")

    async def _attempts(self, one: Submission, turn: HostTurn) -> Case | None:
        """The case; None when another one is at a host that it led to."""
        for attempt in range(TRIES):
            async with self.keeper.lease(alone=attempt > 0) as held:
                options = replace(self.options.check, scenario=one.scenario, recall=not one.holders)
                moves: set[asyncio.Task[None]] = set()
                hear = functools.partial(self._hear, one.id, turn, moves)
                probing = asyncio.ensure_future(check(one.url, options, held.browser.at_turn(turn), (hear,)))
                turn.on_lost = probing.cancel
                try:
                    async with asyncio.timeout(self.options.case_seconds):
                        return await probing
                except asyncio.CancelledError:
                    task = asyncio.current_task()
                    if not turn.lost or (task is not None and task.cancelling()):
                        raise
                    return None
                except ProberError:
                    raise
                except TimeoutError:
                    self.keeper.retire(held, "hung")
                    raise
                except Exception:
                    if held.alive or attempt + 1 == TRIES:
                        raise
                    log.warning("the browser died while checking %s; it is begun again", one.id)
                finally:
                    await asyncio.gather(*moves, return_exceptions=True)
        raise AssertionError("unreachable")

    def _hear(self, id: str, turn: HostTurn, moves: set[asyncio.Task[None]], event: Event) -> None:
        if isinstance(event, CaseOpened):
            self.submissions.change(id, case_id=event.case_id)
        elif isinstance(event, StepTaken) and (host := urlsplit(event.step.url).hostname):
            move = asyncio.ensure_future(turn.moved(host))
            moves.add(move)
        self.submissions.tell(id, event.event, public(event))

    def _end(self, id: str, state: str, **values: Any) -> None:
        if state == "cancelled":
            values["message"] = ""
        self.submissions.tell(id, "ended", {"state": state, **values})
        self.submissions.change(id, state=state, ended_at=datetime.now(UTC), **values)
        self.counts[state] = self.counts.get(state, 0) + 1


@contextlib.asynccontextmanager
async def working(worker: Checker, submissions: Submissions) -> AsyncIterator[Checker]:
    """The worker at work while inside; the browsers end with it."""
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        submissions.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await worker.close()
