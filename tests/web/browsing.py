"""A real server on the lab, and the browser of a person who visits it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from prober.app.check import CheckOptions
from prober.browser.find import find_browser
from prober.web.app import make_app, make_site
from prober.web.settings import ServeOptions
from prober.web.site import Site

BROWSER = os.environ.get("PROBER_BROWSER", "")
SOON = 60_000  # milliseconds


@dataclass
class Served:
    """A server and what its visitor's browser complained of."""

    site: Site
    origin: str
    faults: list[str] = field(default_factory=list)

    def link(self) -> str:
        return f"{self.origin}/enter?key={self.site.access.new_link()}"


class Quiet(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def visitor() -> AsyncIterator[Browser]:
    """The browser of a person who uses the pages."""
    choice = find_browser(BROWSER)
    assert choice is not None
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(choice.path), args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def served(tmp_path: Path, engine, monkeypatch) -> AsyncIterator[Served]:
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path / "keys"))
    check = CheckOptions(output=tmp_path / "cases", allow_private=True)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    site = make_site(ServeOptions(port=port, check=check), lambda: contextlib.nullcontext(engine))
    server = Quiet(uvicorn.Config(make_app(site), log_config=None, timeout_graceful_shutdown=2))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    yield Served(site, f"http://127.0.0.1:{port}")
    site.close()
    server.should_exit = True
    await running
    listener.close()


async def opened(visitor: Browser, served: Served, **options) -> tuple[BrowserContext, Page]:
    """A page on the server's start, with every complaint noted."""
    context = await visitor.new_context(**{"viewport": {"width": 390, "height": 844}, "locale": "en-GB", **options})
    page = await context.new_page()
    page.on("console", lambda message: served.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: served.faults.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((served.origin, "data:")) else served.faults.append(request.url),
    )
    await page.goto(served.link())
    return context, page


async def no_sideways(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
