"""Runs the suspects of a run side by side on this machine: one case per place, retries, parking, pace."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from prober.app.attempt import End, ProbeOne, attempt, discard
from prober.app.keeper import BrowserKeeper
from prober.app.own_verdicts import failed, parked
from prober.app.turns import HostTurn, LocalKeys
from prober.errors import BrowserError, ProberError, StoreError, UsageError
from prober.models.events import CaseOpened, Event, ProbeStarted, StepTaken
from prober.models.run import (
    Result,
    RunEvent,
    RunNotice,
    SuspectDone,
    SuspectRetried,
    SuspectStarted,
    SuspectStep,
    Work,
)
from prober.store.run import Results, RunState
from prober.store.run.state import now

log = logging.getLogger(__name__)

PARK_AFTER = 3  # crashes of the browser under one suspect
GIVE_UP_AFTER = 3  # faults of prober's own at one suspect
NO_BROWSER_AFTER = 5  # browsers in a row that did not start
GATE_LOOK = 0.25  # seconds until a shut gate is tried again


class Runner(Protocol):
    """Works through the suspects of a run, on this machine or on many."""

    def events(self) -> AsyncIterator[RunEvent]:
        """What happens, until all is done or `stop` was called."""

    def stop(self) -> None:
        """Begin nothing more and end soon; what is in work will be repeated by a resumed run."""

    def give_up(self) -> None:
        """The same, and whoever works elsewhere for this run ends too."""


class Gate(Protocol):
    """What else this process probes beside the run; asked before each case begins.

    keys: hosts and addresses by the case that is there, as `LocalKeys` keeps them.
    """

    keys: dict[str, object]

    def room(self) -> bool:
        """Whether one more case may begin now."""

    def take(self, place: str) -> bool:
        """Whether the place was free; it is taken then, until `free`."""

    def free(self, place: str) -> None:
        """The case at that place has ended."""


@dataclass(frozen=True)
class Limits:
    """jobs: cases side by side. pace: least seconds between two starts; host_pace: between two cases of one place.

    case: seconds of real time after which a case counts as hung. backoff: seconds before the first retry.
    """

    jobs: int
    pace: float = 0.0
    host_pace: float = 0.0
    case: float = 600.0
    backoff: float = 1.0


class LocalRunner:
    """An asyncio pool over one browser; `Runner` for this machine."""

    def __init__(
        self,
        state: RunState,
        results: Results,
        keeper: BrowserKeeper,
        probe_one: ProbeOne,
        limits: Limits,
        gate: Gate | None = None,
    ) -> None:
        self._state, self._results, self._keeper, self._probe_one, self._limits = (
            state,
            results,
            keeper,
            probe_one,
            limits,
        )
        self._gate = gate
        self._held: dict[str, object] = (
            gate.keys if gate is not None else {}
        )  # hosts and addresses, by the case that is there
        self._known: dict[str, tuple[str, ...]] = {}  # suspect -> where its way leads, learnt when it met another case
        self._out: deque[RunEvent] = deque()
        self._ended: deque[End] = deque()
        self._running: dict[asyncio.Task[None], Work] = {}
        self._wake = asyncio.Event()
        self._stopping = False
        self._next_start = 0.0
        self._no_browser = 0
        keeper.notice = lambda text: self._tell(RunNotice(text=text))

    def stop(self) -> None:
        """Begin nothing more; cases in work are given up and wait again."""
        self._stopping = True
        self._wake.set()

    def give_up(self) -> None:
        """See `stop`: nobody works elsewhere for this run."""
        self.stop()

    async def events(self) -> AsyncGenerator[RunEvent, None]:
        """See `Runner`. Raises StoreError or BrowserError when the run cannot go on; what is finished is kept."""
        try:
            while True:
                self._wake.clear()
                pause = None if self._stopping else self._fill()
                while self._out:
                    yield self._out.popleft()
                if self._stopping or (not self._running and not self._ended and pause is None):
                    break
                if not self._ended:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), pause if pause != float("inf") else None)
                self._settle()
        finally:
            await self._abandon()
        while self._out:
            yield self._out.popleft()

    def _fill(self) -> float | None:
        """Begin what may begin; returns the seconds until more may, None when nothing waits."""
        while len(self._running) < self._limits.jobs:
            moment = now()
            if moment < self._next_start:
                return self._next_start - moment
            if self._gate is not None and not self._gate.room():
                return GATE_LOOK
            claimed = self._state.claim(moment)
            if not isinstance(claimed, Work):
                return claimed
            if any(key in self._held for key in self._keys_of(claimed)) or (
                self._gate is not None and not self._gate.take(claimed.place)
            ):
                self._state.give_back(claimed, not_before=moment + GATE_LOOK, counts=False)
                continue
            self._next_start = moment + self._limits.pace
            self._tell(SuspectStarted(work=claimed))
            task = asyncio.create_task(self._one(claimed))
            if self._gate is not None:
                task.add_done_callback(functools.partial(self._left, claimed.place))
            self._running[task] = claimed
        return float("inf")

    def _left(self, place: str, task: asyncio.Task[None]) -> None:
        assert self._gate is not None
        self._gate.free(place)

    def _keys_of(self, work: Work) -> tuple[str, ...]:
        return self._known.get(work.id, (work.place,))

    async def _one(self, work: Work) -> None:
        end = End(work)
        keys = LocalKeys(self._held)
        turn = HostTurn(keys)
        try:
            if await turn.begin(self._keys_of(work)):
                end = await attempt(
                    work, self._keeper, self._probe_one, self._limits.case, lambda event: self._hear(work, event), turn
                )
                self._no_browser = 0
            else:
                end = End(work, lost=turn.lost)
            if end.lost:
                self._known[work.id] = tuple(sorted({*turn.kept, turn.lost}))
        except (ProberError, Exception) as error:  # a fault of ours; what a site does is in the result
            end = End(work, error=error)
        finally:
            keys.give_all()
            task = asyncio.current_task()
            assert task is not None
            if self._running.pop(task, None) is not None:
                self._ended.append(end)
            self._wake.set()

    def _settle(self) -> None:
        """Keep what has ended: results in one write, the rest waits again."""
        done: list[tuple[Work, Result]] = []
        while self._ended:
            end = self._ended.popleft()
            result = self._judge_end(end)
            if result is not None:
                done.append((end.work, result))
        if not done:
            return
        lines = [result.verdict for _, result in done if result.verdict]
        written = self._results.append(lines)
        self._state.finish(done, written, now() + self._limits.host_pace if self._limits.host_pace else 0.0)
        for work, result in done:
            self._tell(SuspectDone(work=work, result=result))

    def _judge_end(self, end: End) -> Result | None:
        """The result to keep, None when the suspect is to be tried again."""
        work, error = end.work, end.error
        if end.lost:
            discard(self._state.path.parent, end.opened)
            self._state.give_back(work, not_before=now() + GATE_LOOK, counts=False)
            self._tell(SuspectRetried(work=work, why=f"another case is at {end.lost}", delay=GATE_LOOK))
            return None
        if end.crashed:
            if work.crashes + 1 >= PARK_AFTER:
                return parked(work, work.crashes + 1, end.result)
            self._again(work, "the browser died or hung", crashed=True)
            return None
        if isinstance(error, StoreError):
            raise error
        if isinstance(error, UsageError):
            return Result(refused=error.message)
        if isinstance(error, BrowserError):
            self._no_browser += 1
            if self._no_browser >= NO_BROWSER_AFTER:
                raise error
            self._again(work, error.message, counts=False)
            return None
        if error is not None:
            sentence = error.message if isinstance(error, ProberError) else f"{type(error).__name__}: {error}"
            log.error("%s: %s", work.url, sentence, exc_info=error)
            if work.tries + 1 >= GIVE_UP_AFTER:
                return failed(work, sentence)
            self._again(work, sentence)
            return None
        return end.result

    def _again(self, work: Work, why: str, *, crashed: bool = False, counts: bool = True) -> None:
        delay = self._limits.backoff * 4.0 ** min(work.tries, 3)
        self._state.give_back(work, not_before=now() + delay, crashed=crashed, counts=counts)
        self._tell(SuspectRetried(work=work, why=why, delay=delay))

    async def _abandon(self) -> None:
        """Cancel what is in work and write what is left to write."""
        running, self._running = self._running, {}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        try:
            self._settle()
        finally:
            for work in running.values():
                self._state.give_back(work, counts=False)

    def _hear(self, work: Work, event: Event) -> None:
        if isinstance(event, CaseOpened):
            self._state.opened(work.id, event.case_id)
        elif isinstance(event, ProbeStarted):
            self._tell(SuspectStep(id=work.id, sentence=event.why or event.arm))
        elif isinstance(event, StepTaken):
            self._tell(SuspectStep(id=work.id, sentence=event.sentence))

    def _tell(self, event: RunEvent) -> None:
        self._out.append(event)
        self._wake.set()
