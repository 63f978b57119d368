"""Keeps a browser at hand for a run: replaced when it is old, has grown or has died; a suspect killer gets its own."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from prober.app.machine import children_memory
from prober.ports import Browser

Opener = Callable[[], AbstractAsyncContextManager[Browser]]
LOOK_EVERY = 5.0  # seconds between looks at the memory


@dataclass(eq=False)
class Held:
    """One browser process, opened and closed by a task of its own."""

    browser: Browser
    task: asyncio.Task[None]
    release: asyncio.Event
    users: int = 0
    cases: int = 0
    retired: str = ""  # why it takes no more cases

    @property
    def alive(self) -> bool:
        """False once the process is gone."""
        return bool(getattr(self.browser, "alive", True)) and not self.task.done()


@dataclass
class BrowserKeeper:
    """Lends out browsers.

    cases: a browser is replaced after this many. memory: and when all browsers together take more bytes than this.
    """

    opener: Opener
    cases: int = 150
    memory: int = 4 * 2**30
    notice: Callable[[str], None] = lambda text: None
    started: int = 0
    _current: Held | None = None
    _held: set[Held] = field(default_factory=set)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _looked: float = 0.0

    @contextlib.asynccontextmanager
    async def lease(self, *, alone: bool = False) -> AsyncIterator[Held]:
        """A living browser for one case; `alone`: one that no other case uses.

        Raises BrowserError when none starts.
        """
        held = await self._open() if alone else await self._shared()  # no await until it is counted as used
        held.users += 1
        held.cases += 1
        try:
            yield held
        finally:
            held.users -= 1
            if alone:
                held.retired = held.retired or "used alone"
            self._look(held)
            if held.users == 0 and (held.retired or not held.alive):
                await self._close(held)

    async def warm(self) -> None:
        """Start the shared browser now, so that a machine without one is told at once."""
        await self._shared()

    def retire(self, held: Held, why: str) -> None:
        """It takes no more cases, and ends with its last one."""
        held.retired = held.retired or why
        if held is self._current:
            self._current = None

    async def close(self) -> None:
        """End all browsers."""
        for held in tuple(self._held):
            await self._close(held)

    async def _shared(self) -> Held:
        async with self._opening:
            held = self._current
            if held is not None and not held.alive:
                self.retire(held, "died")
                self.notice("the browser died and was replaced; its running cases are tried again")
                if held.users == 0:
                    await self._close(held)
            elif held is not None and held.cases >= self.cases:
                self.retire(held, f"after {held.cases} cases")
                if held.users == 0:
                    await self._close(held)
            if self._current is None:
                self._current = await self._open()
            return self._current

    async def _open(self) -> Held:
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[Browser] = loop.create_future()
        release = asyncio.Event()
        task = asyncio.create_task(self._hold(ready, release))
        try:
            browser = await ready
        except asyncio.CancelledError:
            release.set()
            task.cancel()
            raise
        self.started += 1
        held = Held(browser, task, release)
        self._held.add(held)
        return held

    async def _hold(self, ready: asyncio.Future[Browser], release: asyncio.Event) -> None:
        """Own the browser's life: what is opened in a task is closed in the same."""
        try:
            async with self.opener() as browser:
                if not ready.done():
                    ready.set_result(browser)
                    await release.wait()
        except Exception as problem:
            if not ready.done():
                ready.set_exception(problem)
            # else: a dead browser could not be closed tidily, which changes nothing

    async def _close(self, held: Held) -> None:
        self._held.discard(held)
        if held is self._current:
            self._current = None
        held.release.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(held.task), 15.0)

    def _look(self, held: Held) -> None:
        """Retire a browser that has grown."""
        if held.retired or held is not self._current:
            return
        if time.monotonic() - self._looked > LOOK_EVERY:
            self._looked = time.monotonic()
            if children_memory() > self.memory:
                self.retire(held, "it had grown")
                self.notice("the browser had grown and is being replaced")
