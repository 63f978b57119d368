"""The browser process shared by all probes of a run."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser as DriverBrowser
from playwright.async_api import Page, Route, async_playwright

from prober.browser import dom, look
from prober.browser.errors import ask
from prober.browser.session import BrowserSession
from prober.browser.tree import CAPTURE, Part
from prober.errors import BrowserError
from prober.models.page import Snapshot
from prober.ports import Visit

STATIC_LIMIT = 10.0  # real seconds for one static page


class Engine:
    """Implements `ports.Browser`."""

    def __init__(self, driver: DriverBrowser) -> None:
        self.driver = driver
        self.version = driver.version
        self.ocr = look.has_ocr()

    @asynccontextmanager
    async def visit(self, visit: Visit) -> AsyncIterator[BrowserSession]:
        """A fresh context: nothing is shared with any other."""
        phone = visit.profile != "desktop"
        context = await self.driver.new_context(
            viewport={"width": 412, "height": 915} if phone else {"width": 1366, "height": 768},
            device_scale_factor=2.625 if phone else 1,
            is_mobile=phone,
            has_touch=phone,
            locale=visit.locale,
            timezone_id=visit.timezone,
            accept_downloads=False,
            service_workers="block",
            ignore_https_errors=True,
        )
        session = BrowserSession(context, visit, 2.625 if phone else 1.0)
        try:
            await context.new_page()
            yield session
        finally:
            await session.close()

    async def observe_static(
        self,
        html: str,
        width: int = 1280,
        height: int = 1600,
        prepare: Callable[[Page], Awaitable[None]] | None = None,
    ) -> Snapshot:
        """What a saved page shows: scripts off, every request refused; `prepare` may touch it first."""
        context = await self.driver.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=False, service_workers="block"
        )
        try:
            page = await context.new_page()

            async def refuse(route: Route) -> None:
                if route.request.is_navigation_request() and route.request.url == "http://static.invalid/":
                    await route.fulfill(body=html, content_type="text/html; charset=utf-8")
                else:
                    await route.abort()

            await page.route("**/*", refuse)
            cdp = await context.new_cdp_session(page)
            await ask(page.goto("http://static.invalid/", wait_until="domcontentloaded"), STATIC_LIMIT)
            if prepare is not None:
                await prepare(page)
            raw = await ask(cdp.send("DOMSnapshot.captureSnapshot", CAPTURE), STATIC_LIMIT)
            if raw.value is None:
                return Snapshot(url="", failure=raw.problem)
            parts = dom.read([Part(raw.value)], width, height)
            return Snapshot(
                url=parts.url,
                title=parts.title,
                lang=parts.lang,
                status=200,
                frames=parts.frames,
                blocks=parts.blocks,
                controls=parts.controls,
                images=parts.images,
                viewport=parts.viewport,
                page_height=parts.page_height,
                truncated=parts.truncated,
            )
        finally:
            await ask(context.close(), 5.0)


@asynccontextmanager
async def open_engine(executable: str = "", sandbox: bool = False, **options: Any) -> AsyncIterator[Engine]:
    """Start a browser and stop it afterwards; `executable` overrides the search for one."""
    found = executable or next(
        (path for name in ("chromium-headless-shell", "chromium", "google-chrome") if (path := shutil.which(name))), ""
    )
    if not found:
        raise BrowserError("No Chromium was found; install one or name it with --browser.")
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", *options.pop("args", [])]
        driver = await playwright.chromium.launch(executable_path=found, args=arguments, **options)
        try:
            yield Engine(driver)
        finally:
            await ask(driver.close(), 5.0)
