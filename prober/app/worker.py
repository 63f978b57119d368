"""`prober worker`: takes suspects from the queue and probes them on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import math
import os
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from pydantic import TypeAdapter

from prober.app.attempt import End, ProbeOne, attempt, discard
from prober.app.check import CheckOptions
from prober.app.delivery import Delivery
from prober.app.keeper import BrowserKeeper, Opener
from prober.app.own_verdicts import failed, parked
from prober.app.pool import GIVE_UP_AFTER, PARK_AFTER
from prober.app.result import public
from prober.app.turns import HostTurn
from prober.errors import ProberError, StoreError, UsageError
from prober.models.events import Event, ProbeStarted, StepTaken
from prober.models.run import Result
from prober.queueing.board import Board, Entry
from prober.queueing.jobs import Again, Timings, make_app, make_tables, run_worker, sweep
from prober.store.folder import write_whole

log = logging.getLogger(__name__)

HOST_TAKEN, AFTER_FAULT = 3, 1  # seconds until a job is tried again
BACK_AFTER = 2.0  # seconds until a lost queue is tried again
SAY_EVERY = 1.0  # seconds between two notes of what a suspect is doing
WATCHED = "watched"  # beside the options that a run sends: tell every event

# How a worker probes, from the run's options and its own folder.
ProbeFor = Callable[[CheckOptions, Path], ProbeOne]


@dataclass
class Worker:
    """One process that probes what the queue hands it.

    case: seconds of real time after which a case counts as hung. evidence: URL to which cases are brought.
    """

    url: str
    folder: Path
    jobs: int
    opener: Opener
    probe_for: ProbeFor
    timings: Timings = field(default_factory=Timings)
    case: float = 600.0
    recycle: int = 150
    evidence: str = ""
    patience: float = 600.0  # seconds that a finished case waits for a lost queue
    name: str = field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}")

    async def work(self) -> None:
        """Until a signal asks to end, or the task is cancelled. A queue that was there and is lost is waited for.

        Raises StoreError: the queue cannot be reached at the start. BrowserError: no browser starts.
        """
        self._keeper = BrowserKeeper(self.opener, cases=self.recycle)
        await asyncio.to_thread(Delivery(self.folder, self.evidence).bring_left)
        joined = False
        try:
            while True:
                try:
                    async with Board(self.url) as self._board:
                        app = make_app(self.url, self._job)
                        async with app.open_async():
                            await make_tables(app, self._board)
                            await self._keeper.warm()
                            joined = True
                            await self._serve(app)
                    return
                except (StoreError, ConnectorException) as problem:
                    if not joined:
                        raise
                    log.warning("the queue was lost, trying again in %g s: %s", BACK_AFTER, problem)
                    await asyncio.sleep(BACK_AFTER)
        finally:
            await self._keeper.close()

    async def _serve(self, app: App) -> None:
        sweeper = asyncio.create_task(sweep(app, self._board, self.timings))
        try:
            await run_worker(app, self.name, self.jobs, self.timings)
        finally:
            sweeper.cancel()
            await asyncio.gather(sweeper, return_exceptions=True)

    async def _job(self, run: str, id: str) -> None:
        """One job of the queue; raises Again when it is to come back."""
        asked = await self._board.asked(run, id)
        if asked is None:
            return
        wait = await self._board.wait_for_place(asked.place) if asked.host_pace else 0.0
        if not wait and asked.pace:
            wait = await self._board.wait_for_run(run, asked.pace)
        if wait:
            raise Again(math.ceil(wait))
        # Held on a connection of its own for the whole case: a paused worker whose job was given to another keeps it.
        async with self._board.keys() as keys:
            turn = HostTurn(keys)
            if not await turn.begin(asked.keys):
                raise Again(HOST_TAKEN)
            entry = await self._board.begin(run, id, self.name)
            if entry is None:
                return
            if entry.lost >= PARK_AFTER:
                await self._board.finish(run, id, parked(entry.work, entry.lost))
                return
            try:
                end = await self._attempt(run, entry, turn)
            except asyncio.CancelledError:
                await asyncio.shield(self._board.again(run, id))
                raise
            if end is None:
                await self._board.again(run, id)
                return
            await self._settle(run, entry, end, turn)
            if asked.host_pace:
                await self._board.rest(asked.place, asked.host_pace)

    async def _attempt(self, run: str, entry: Entry, turn: HostTurn) -> End | None:
        """How it ended; None when the run was given up meanwhile."""
        options = replace(options_from(entry.options, self.folder), index=self.url, evidence=self.evidence)
        probe_one = self.probe_for(options, self.folder)
        teller = Teller(self._board, run, entry.work.id, whole=bool(entry.options.get(WATCHED)))
        work = asyncio.create_task(attempt(entry.work, self._keeper, probe_one, self.case, teller.hear, turn))
        telling = asyncio.create_task(teller.until_given_up())
        try:
            await asyncio.wait({work, telling}, return_when=asyncio.FIRST_COMPLETED)
            return work.result() if work.done() else None
        except ProberError as error:
            return End(entry.work, error=error)
        finally:
            work.cancel()
            teller.end()
            await asyncio.gather(work, telling, return_exceptions=True)

    async def _settle(self, run: str, entry: Entry, end: End, turn: HostTurn) -> None:
        """Keep the result, or let the suspect come back."""
        if end.lost:
            discard(self.folder, end.opened)
            await self._board.learnt(run, entry.work.id, tuple(sorted({*turn.kept, end.lost})))
            raise Again(HOST_TAKEN)
        result = final_result(end, entry.faults)
        if result is not None:
            await self._when_back(lambda: self._board.finish(run, entry.work.id, result))
            return
        counts = not end.crashed and not isinstance(end.error, StoreError)
        await self._when_back(lambda: self._board.again(run, entry.work.id, crashed=end.crashed, fault=counts))
        raise Again(AFTER_FAULT)

    async def _when_back(self, write: Callable[[], Awaitable[object]]) -> None:
        """Write what came of a case; where the queue is lost, when it is back."""
        until = time.monotonic() + self.patience
        while True:
            try:
                await write()
                return
            except StoreError as problem:
                if time.monotonic() > until:
                    raise
                log.warning("a result waits for the queue: %s", problem.message)
                await asyncio.sleep(BACK_AFTER)


class Teller:
    """Tells the table what a suspect in work is doing, and learns from it whether anybody still wants it.

    whole: every event is told, for a page that is watched; else one sentence a second.
    """

    def __init__(self, board: Board, run: str, id: str, *, whole: bool) -> None:
        self._board, self._run, self._id, self._whole = board, run, id, whole
        self._sentence = ""
        self._events: list[dict[str, Any]] = []
        self._news = asyncio.Event()
        self._over = False

    def hear(self, event: Event) -> None:
        """A listener to the engine's events."""
        if isinstance(event, ProbeStarted | StepTaken):
            self._sentence = event.sentence if isinstance(event, StepTaken) else event.why or event.arm
        if self._whole:
            self._events.append(public(event))
            self._news.set()

    def end(self) -> None:
        """There is nothing more to hear."""
        self._over = True
        self._news.set()

    async def until_given_up(self) -> None:
        """Returns when the run was given up, or at the `end`; a database that is away for a moment changes nothing."""
        wanted = True
        while wanted:
            over = self._over
            self._news.clear()
            try:
                if events := self._events[:]:
                    await self._board.tell(self._run, events)
                    del self._events[: len(events)]
                if over:
                    return
                wanted = await self._board.doing(self._run, self._id, self._sentence)
            except StoreError as problem:
                log.warning("%s", problem.message)
                if over:
                    return
            if wanted and not self._over:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), SAY_EVERY)


def final_result(end: End, faults: int) -> Result | None:
    """What an attempt came to for good; None when the suspect is to be tried again."""
    work = end.work
    if end.crashed:
        return parked(work, work.crashes + 1, end.result) if work.crashes + 1 >= PARK_AFTER else None
    if isinstance(end.error, UsageError):
        return Result(refused=end.error.message)
    if end.error is not None:
        sentence = (
            end.error.message if isinstance(end.error, ProberError) else f"{type(end.error).__name__}: {end.error}"
        )
        log.error("%s: %s", work.url, sentence, exc_info=end.error)
        return failed(work, sentence) if faults + 1 >= GIVE_UP_AFTER else None
    return end.result


# What the worker or the suspect decides, and what runs in the asking process.
_STAYS = {"output", "scenario", "among", "index", "evidence", "earlier", "attended", "tsa_chain"}
_OPTIONS = TypeAdapter(CheckOptions)
_CHAIN = "tsa_chain_pem"  # the certificates themselves, since workers do not see the asking machine's files


def options_to_send(options: CheckOptions) -> dict[str, Any]:
    """The run's options as JSON for the workers."""
    chain = options.tsa_chain.read_text("ascii", "replace") if options.tsa_chain else ""
    return {**_OPTIONS.dump_python(options, mode="json", exclude=_STAYS), _CHAIN: chain}


def options_from(sent: dict[str, Any], folder: Path) -> CheckOptions:
    """The run's options as a worker uses them; what this version does not know is left out."""
    known = {one.name for one in fields(CheckOptions)} - _STAYS
    options = replace(_OPTIONS.validate_python({name: sent[name] for name in sent if name in known}), output=folder)
    if not sent.get(_CHAIN):
        return options
    chain = str(sent[_CHAIN]).encode("ascii", "replace")
    file = folder / f"tsa-chain-{hashlib.sha256(chain).hexdigest()[:12]}.pem"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(file, chain)
    return replace(options, tsa_chain=file)
