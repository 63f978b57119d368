"""One attempt at one suspect in a borrowed browser, and how it ended."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from prober.app.keeper import BrowserKeeper
from prober.app.turns import HostTurn
from prober.errors import StoreError, UsageError
from prober.models.events import CaseOpened, Event, StepTaken
from prober.models.run import Result, Work
from prober.ports import Browser

Tell = Callable[[Event], None]


class ProbeOne(Protocol):
    """Probes one suspect in a browser, telling events as it goes. What a site does never raises."""

    def __call__(self, work: Work, browser: Browser, tell: Tell) -> Awaitable[Result]: ...


@dataclass(frozen=True)
class End:
    """A result, or a fault of ours, or a browser that died or hung under the suspect, or another case at its host.

    lost: the host (or address) that another case is at; opened: the case that was begun nevertheless.
    """

    work: Work
    result: Result | None = None
    error: Exception | None = None
    crashed: bool = False
    lost: str = ""
    opened: str = ""


async def attempt(
    work: Work, keeper: BrowserKeeper, probe_one: ProbeOne, limit: float, tell: Tell, turn: HostTurn
) -> End:
    """Probe once; a suspect under which a browser died before gets one of its own.

    limit: seconds of real time after which the case counts as hung. turn: holds what the case is known to need.
    Raises BrowserError when no browser starts.
    """
    opened = ""
    moves: set[asyncio.Task[None]] = set()

    def hear(event: Event) -> None:
        nonlocal opened
        if isinstance(event, CaseOpened):
            opened = event.case_id
        elif isinstance(event, StepTaken) and (host := urlsplit(event.step.url).hostname):
            moves.add(asyncio.ensure_future(turn.moved(host)))
        tell(event)

    async with keeper.lease(alone=work.crashes > 0) as held:
        probing = asyncio.ensure_future(probe_one(work, held.browser.at_turn(turn), hear))
        turn.on_lost = probing.cancel
        try:
            async with asyncio.timeout(limit):
                result = await probing
        except TimeoutError:
            keeper.retire(held, "hung")
            return End(work, crashed=True)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not turn.lost or (task is not None and task.cancelling()):
                raise
            return End(work, lost=turn.lost, opened=opened)
        except Exception as error:
            if held.alive or isinstance(error, StoreError | UsageError):
                return End(work, error=error)
            return End(work, crashed=True)
        finally:
            await asyncio.gather(*moves, return_exceptions=True)
        # What a dead browser leaves is a part of a case: only what more probes cannot undo stands.
        return End(work, result, crashed=not held.alive and result.verdict.get("verdict") != "fraudulent")


def discard(output: Path, case_id: str) -> None:
    """Take away what was begun of a case that came to nothing."""
    if case_id and not (output / case_id / "case.json").exists():
        shutil.rmtree(output / case_id, ignore_errors=True)
