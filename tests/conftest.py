"""One browser and one lab for all tests that need them; none is started or imported for those that do not."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest_asyncio

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from prober.browser.engine import Engine
    from prober.lab.server import Lab

BROWSER = os.environ.get("PROBER_BROWSER", "")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine() -> AsyncIterator[Engine]:
    from prober.browser.engine import open_engine

    async with open_engine(executable=BROWSER) as browser:
        yield browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def lab() -> AsyncIterator[Lab]:
    from prober.lab.server import serve

    async with serve() as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def guarded_browser() -> AsyncIterator[Browser]:
    """A browser without the engine, for tests of what encloses it."""
    from playwright.async_api import async_playwright

    from prober.browser.find import find_browser
    from prober.browser.launch import open_browser

    choice = find_browser(BROWSER)
    assert choice is not None, "there is no browser; name one with PROBER_BROWSER"
    async with async_playwright() as driver:
        browser = await open_browser(driver, choice)
        yield browser
        await browser.close()
