"""A plain browser for walks by hand-written steps."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest_asyncio

if TYPE_CHECKING:
    from playwright.async_api import Browser


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A plain browser, driven by the tests alone."""
    from playwright.async_api import async_playwright

    found = os.environ.get("PROBER_BROWSER") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    sandboxed = not hasattr(os, "geteuid") or os.geteuid() != 0
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=found, chromium_sandbox=sandboxed)
        yield running
        await running.close()
