"""`prober worker`: takes suspects from the queue and probes them on this machine."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from prober.app.attempt import End, ProbeOne, attempt
from prober.app.check import CheckOptions
from prober.app.keeper import BrowserKeeper, Opener
from prober.app.own_verdicts import failed, parked
from prober.app.pool import GIVE_UP_AFTER, PARK_AFTER
from prober.errors import ProberError, StoreError, UsageError
from prober.models.events import Event, ProbeStarted, StepTaken
from prober.models.run import Result
from prober.queueing.board import Board, Entry
from prober.queueing.jobs import Again, Timings, make_app, make_tables, run_worker, sweep

log = logging.getLogger(__name__)

HOST_TAKEN, AFTER_FAULT = 3, 1  # seconds until a job is tried again
SAY_EVERY = 1.0  # seconds between two notes of what a suspect is doing

# How a worker probes, from the run's options and its own folder.
ProbeFor = Callable[[CheckOptions, Path], ProbeOne]


@dataclass
class Worker:
    """One process that probes what the queue hands it.

    case: seconds of real time after which a case counts as hung.
    """

    url: str
    folder: Path
    jobs: int
    opener: Opener
    probe_for: ProbeFor
    timings: Timings = field(default_factory=Timings)
    case: float = 600.0
    recycle: int = 150
    name: str = field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}")

    async def work(self) -> None:
        """Until a signal asks to end, or the task is cancelled.

        Raises StoreError: the queue cannot be reached. BrowserError: no browser starts.
        """
        self._keeper = BrowserKeeper(self.opener, cases=self.recycle)
        async with Board(self.url) as self._board:
            app = make_app(self.url, self._job)
            async with app.open_async():
                await make_tables(app, self._board)
                await self._keeper.warm()
                sweeper = asyncio.create_task(sweep(app, self._board, self.timings))
                try:
                    await run_worker(app, self.name, self.jobs, self.timings)
                finally:
                    sweeper.cancel()
                    await asyncio.gather(sweeper, return_exceptions=True)
                    await self._keeper.close()

    async def _job(self, run: str, id: str) -> None:
        """One job of the queue; raises Again when it is to come back."""
        place = await self._board.place(run, id)
        if place is None:
            return
        # Held on a connection of its own for the whole case: a paused worker whose job was given to another keeps it.
        async with self._board.lock(f"host {place}") as ours:
            if not ours:
                raise Again(HOST_TAKEN)
            entry = await self._board.begin(run, id, self.name)
            if entry is None:
                return
            if entry.lost >= PARK_AFTER:
                await self._board.finish(run, id, parked(entry.work, entry.lost))
                return
            try:
                end = await self._attempt(run, entry)
            except asyncio.CancelledError:
                await asyncio.shield(self._board.again(run, id))
                raise
            await self._settle(run, entry, end)

    async def _attempt(self, run: str, entry: Entry) -> End:
        options = options_from(entry.options, self.folder)
        said = 0.0
        notes: set[asyncio.Task[None]] = set()

        def tell(event: Event) -> None:
            nonlocal said
            if isinstance(event, ProbeStarted | StepTaken) and time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                sentence = event.sentence if isinstance(event, StepTaken) else event.why or event.arm
                note = asyncio.create_task(self._board.doing(run, entry.work.id, sentence))
                notes.add(note)
                note.add_done_callback(notes.discard)

        try:
            probe_one = self.probe_for(options, self.folder)
            return await attempt(entry.work, self._keeper, probe_one, self.case, tell)
        except ProberError as error:
            return End(entry.work, error=error)
        finally:
            await asyncio.gather(*notes, return_exceptions=True)

    async def _settle(self, run: str, entry: Entry, end: End) -> None:
        """Keep the result, or let the suspect come back."""
        result = final_result(end, entry.faults)
        if result is not None:
            await self._board.finish(run, entry.work.id, result)
            return
        counts = not end.crashed and not isinstance(end.error, StoreError)
        await self._board.again(run, entry.work.id, crashed=end.crashed, fault=counts)
        raise Again(AFTER_FAULT)


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


_STAYS = {"output", "scenario", "among"}  # what the worker or the suspect decides
_OPTIONS = TypeAdapter(CheckOptions)


def options_to_send(options: CheckOptions) -> dict[str, Any]:
    """The run's options as JSON for the workers."""
    return dict(_OPTIONS.dump_python(options, mode="json", exclude=_STAYS))


def options_from(sent: dict[str, Any], folder: Path) -> CheckOptions:
    """The run's options as a worker uses them; what this version does not know is left out."""
    known = {one.name for one in fields(CheckOptions)} - _STAYS
    return replace(_OPTIONS.validate_python({name: sent[name] for name in sent if name in known}), output=folder)
