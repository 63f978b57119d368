"""One attempt at one suspect in a borrowed browser, and how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from prober.app.keeper import BrowserKeeper
from prober.errors import StoreError, UsageError
from prober.models.events import Event
from prober.models.run import Result, Work
from prober.ports import Browser

Tell = Callable[[Event], None]


class ProbeOne(Protocol):
    """Probes one suspect in a browser, telling events as it goes. What a site does never raises."""

    def __call__(self, work: Work, browser: Browser, tell: Tell) -> Awaitable[Result]: ...


@dataclass(frozen=True)
class End:
    """A result, or a fault of ours, or a browser that died or hung under the suspect."""

    work: Work
    result: Result | None = None
    error: Exception | None = None
    crashed: bool = False


async def attempt(work: Work, keeper: BrowserKeeper, probe_one: ProbeOne, limit: float, tell: Tell) -> End:
    """Probe once; a suspect under which a browser died before gets one of its own.

    limit: seconds of real time after which the case counts as hung.
    Raises BrowserError when no browser starts.
    """
    async with keeper.lease(alone=work.crashes > 0) as held:
        try:
            async with asyncio.timeout(limit):
                result = await probe_one(work, held.browser, tell)
        except TimeoutError:
            keeper.retire(held, "hung")
            return End(work, crashed=True)
        except Exception as error:
            if held.alive or isinstance(error, StoreError | UsageError):
                return End(work, error=error)
            return End(work, crashed=True)
        # What a dead browser leaves is a part of a case: only what more probes cannot undo stands.
        return End(work, result, crashed=not held.alive and result.verdict.get("verdict") != "fraudulent")
