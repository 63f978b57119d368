"""One browser and one lab for all tests that need them; none is started for those that do not."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest_asyncio

from prober.browser.engine import Engine, open_engine
from prober.lab.server import Lab, serve

BROWSER = os.environ.get("PROBER_BROWSER", "")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine() -> AsyncIterator[Engine]:
    async with open_engine(executable=BROWSER) as browser:
        yield browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def lab() -> AsyncIterator[Lab]:
    async with serve() as server:
        yield server
