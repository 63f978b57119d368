"""The hostile wing in a process of its own, so that what is measured here is prober."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from prober.browser.engine import Engine, open_engine
from tests.conftest import BROWSER


@pytest.fixture(scope="session")
def wing() -> Iterator[int]:
    """The port of a lab that serves the attacks as well."""
    command = [sys.executable, "-u", "-m", "prober.lab", "--hostile", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"localhost:(\d+)", line)
        assert found, line
        yield int(found[1])
        process.kill()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browsers() -> AsyncIterator[list[Engine]]:
    """The browsers that this module attacks, the newest last."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(open_engine(executable=BROWSER))]


@pytest_asyncio.fixture(loop_scope="session")
async def attacked(browsers: list[Engine]) -> AsyncIterator[Engine]:
    """A living browser; an attack that ends it fails, and the next one gets another."""
    async with AsyncExitStack() as stack:
        if not browsers[-1].alive:
            browsers.append(await stack.enter_async_context(open_engine(executable=BROWSER)))
        yield browsers[-1]
