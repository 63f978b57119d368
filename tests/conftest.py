"""One browser and one lab for all tests that need them; none is started or imported for those that do not."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest_asyncio

if TYPE_CHECKING:
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
