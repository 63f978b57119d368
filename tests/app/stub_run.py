"""A run whose browser and probing are played: for the pool's logic, for killing, for measuring.

As a program: `python -m tests.app.stub_run LIST FOLDER JOBS SECONDS` runs, resuming, until all is done.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from prober.app.attempt import Tell
from prober.app.own_verdicts import failed
from prober.app.run import Run, RunRequest
from prober.models.run import Result, RunEvent, Work


@dataclass(eq=False)
class StubBrowser:
    """Stands in for a browser process."""

    version: str = "stub"
    ocr: bool = False
    alive: bool = True

    def at_turn(self, turn) -> AtTurn:
        return AtTurn(self, turn)


class AtTurn:
    """A stub browser as one case sees it; `turn` is for played redirects."""

    def __init__(self, browser: StubBrowser, turn) -> None:
        self.__dict__.update(browser=browser, turn=turn)

    def __getattr__(self, name: str):
        return getattr(self.browser, name)

    def __setattr__(self, name: str, value) -> None:
        setattr(self.browser, name, value)


@dataclass
class StubEngine:
    """Opens stub browsers and counts them; `refuse` of them do not start."""

    opened: list[StubBrowser] = field(default_factory=list)
    closed: int = 0
    refuse: Exception | None = None

    @contextlib.asynccontextmanager
    async def __call__(self) -> AsyncIterator[StubBrowser]:
        if self.refuse is not None:
            raise self.refuse
        browser = StubBrowser()
        self.opened.append(browser)
        try:
            yield browser
        finally:
            self.closed += 1


def verdict(work: Work, word: str = "no_fraud_found") -> Result:
    """A result as a real probe would give it."""
    line = failed(work, "x").verdict | {"verdict": word, "obstacle": None, "reason": "played", "seconds": 0.01}
    return Result(verdict=line)


@dataclass
class StubProbe:
    """Probes nothing for a while and keeps a log of what ran when."""

    seconds: float = 0.0
    log: list[tuple[str, str, float, float]] = field(default_factory=list)
    begun: Path | None = None  # a line is added as each probe begins

    async def __call__(self, work: Work, browser: StubBrowser, tell: Tell) -> Result:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        if self.begun is not None:
            with self.begun.open("a") as file:
                file.write(f"{work.url}\n")
        await asyncio.sleep(self.seconds * random.random() * 2)
        self.log.append((work.url, work.place, begun, loop.time()))
        return verdict(work)


def request(listing: Path, folder: Path, **more) -> RunRequest:
    return RunRequest(**{"target": "kz-fines", "list": str(listing), "output": folder, "jobs": 4} | more)


async def play(wanted: RunRequest, probe, engine=None) -> list[RunEvent]:
    """Run to the end; all events."""
    run = Run(wanted)
    try:
        run.prepare()
        return [event async for event in run.events(engine or StubEngine(), probe)]
    finally:
        run.close()


if __name__ == "__main__":
    _, listing, folder, jobs, seconds = sys.argv
    played = StubProbe(float(seconds), begun=Path(folder).with_suffix(".begun"))
    asyncio.run(play(request(Path(listing), Path(folder), jobs=int(jobs), resume=True), played))
