"""The heartbeat of a visit: everything that happens stirs it, waiting means waiting for the next stir."""

from __future__ import annotations

import asyncio
import time


class Pulse:
    """count: stirs so far; dom: those by a change of the document; last: when (monotonic seconds)."""

    def __init__(self) -> None:
        self.count = 0
        self.dom = 0
        self.last = time.monotonic()
        self._event = asyncio.Event()

    def stir(self, dom: bool = False) -> None:
        self.count += 1
        self.dom += dom
        self.last = time.monotonic()
        self._event.set()

    @property
    def still(self) -> float:
        """Real seconds since the last stir."""
        return time.monotonic() - self.last

    async def next(self, limit: float) -> bool:
        """Wait for a stir at most `limit` real seconds; True when there was one."""
        self._event.clear()
        try:
            await asyncio.wait_for(self._event.wait(), max(limit, 0.0))
        except TimeoutError:
            return False
        return True
