"""The page's clock: Chromium's virtual time, granted in small budgets and kept close to real time otherwise."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

from prober.browser.surface import Surface

log = logging.getLogger(__name__)

LEAP = 1.0  # page seconds granted at once while waiting
BRISK = 0.015  # the same while something is being waited for, so that loading never stands still
PACE = 0.1  # page seconds granted for each as many real seconds at other times
CAP = 60.0  # page seconds granted beyond real time in one wait: sessions and countdowns expire


class Clock:
    """Time of one renderer. Until `engage` the page runs in real time; afterwards it runs on grants only."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.engaged = False
        self.ahead = 0.0  # page seconds granted beyond real time so far
        self._expired = asyncio.Event()
        self._turn = asyncio.Lock()
        self._pump: asyncio.Task[None] | None = None
        self._leaping = False
        self._brisk = False
        self._wake = asyncio.Event()
        surface.cdp.on("Emulation.virtualTimeBudgetExpired", self._over)

    def _over(self, _event: Any) -> None:
        self._expired.set()

    def engage(self) -> None:
        """Put the page on granted time; there is no way back (the browser keeps virtual time for good)."""
        if not self.engaged:
            self.engaged = True
            self._pump = asyncio.ensure_future(self._keep_pace())

    def hurry(self, brisk: bool) -> None:
        """Grant in short strides while somebody waits for the page; the pace stays that of real time."""
        self._brisk = brisk
        if brisk:
            self._wake.set()

    async def leap(self, seconds: float = LEAP, limit: float = 1.0, regardless: bool = False) -> bool:
        """Grant page time at once; False when it did not pass within `limit` real seconds (the network holds it).

        regardless: let it pass though requests are under way.
        """
        self.engage()
        self._leaping = True
        try:
            began = asyncio.get_running_loop().time()
            policy = "advance" if regardless else "pauseIfNetworkFetchesPending"
            passed = await self._grant(seconds, policy, limit)
            real = asyncio.get_running_loop().time() - began
            if passed:
                self.ahead += max(seconds - real, 0.0)
            return passed
        finally:
            self._leaping = False

    async def _grant(self, seconds: float, policy: str, limit: float) -> bool:
        async with self._turn:
            self._expired.clear()
            answer = await self.surface.send(
                "Emulation.setVirtualTimePolicy",
                policy=policy,
                budget=round(seconds * 1000),
                maxVirtualTimeTaskStarvationCount=5000,
            )
            if answer.problem:
                return False
            try:
                await asyncio.wait_for(self._expired.wait(), limit)
            except TimeoutError:
                return False
            return True

    async def _keep_pace(self) -> None:
        loop = asyncio.get_running_loop()
        failures = 0
        last = loop.time()
        while not self.surface.closed:
            began = loop.time()
            if not self._leaping:
                due = min(max(began - last, BRISK), 2 * PACE)
                last = began
                passed = await self._grant(due, "advance", PACE * 5)
                failures = 0 if passed else min(failures + 1, 20)
            # This is the pace itself: as much real time as page time.
            pause = (BRISK if self._brisk else PACE) * (1 + failures) - (loop.time() - began)
            self._wake.clear()
            with contextlib.suppress(TimeoutError, asyncio.TimeoutError):
                await asyncio.wait_for(self._wake.wait(), max(pause, 0.005))

    async def stop(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
            self._pump = None
