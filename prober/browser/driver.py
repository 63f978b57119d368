"""The automation driver, started while the rest of prober is still being loaded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Playwright, async_playwright


@asynccontextmanager
async def driver_ahead() -> AsyncIterator[asyncio.Task[Playwright]]:
    """A driver that is starting, and is stopped at the end; it takes a third of a second in a process of its own."""
    manager = async_playwright()
    starting = asyncio.create_task(manager.__aenter__())
    await asyncio.sleep(0)  # lets the task begin, so that the process is there before the caller goes on
    try:
        yield starting
    finally:
        await asyncio.wait([starting])
        if not starting.cancelled() and starting.exception() is None:
            await manager.__aexit__(None, None, None)
