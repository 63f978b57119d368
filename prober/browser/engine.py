"""The browser process shared by all probes of a run."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from playwright.async_api import Browser as DriverBrowser
from playwright.async_api import Page, Playwright, Route

from prober.browser import dom, look
from prober.browser.context import dress, new_context
from prober.browser.driver import driver_ahead
from prober.browser.errors import ask
from prober.browser.fence import put_fence
from prober.browser.find import find_browser
from prober.browser.install import install_browser
from prober.browser.launch import kill_browser, open_browser, process_of
from prober.browser.profiles import profile
from prober.browser.session import BrowserSession
from prober.browser.tree import CAPTURE, Part
from prober.browser.warden import Warden
from prober.errors import BrowserError
from prober.guard.proxy import GuardProxy
from prober.models.page import Snapshot
from prober.ports import Turn, Visit

log = logging.getLogger(__name__)

OPEN_LIMIT = 10.0  # real seconds for a fresh context
STATIC_LIMIT = 10.0  # real seconds for one static page
STATIC_ADDRESS = "http://static.invalid/"


class Engine:
    """Implements `ports.Browser`."""

    def __init__(self, driver: DriverBrowser, *, headed: bool = False) -> None:
        self.driver = driver
        self.headed = headed
        self.visits = 0  # under way
        self.end_busiest: Callable[[], object] = lambda: None
        self.version = driver.version
        self.ocr = look.has_ocr()

    @property
    def alive(self) -> bool:
        """False once the process is gone."""
        return self.driver.is_connected()

    def at_turn(self, turn: Turn) -> TurnEngine:
        """The same browser for one case, whose visits ask for their turn."""
        return TurnEngine(self, turn)

    @asynccontextmanager
    async def visit(self, visit: Visit, turn: Turn | None = None) -> AsyncIterator[BrowserSession]:
        """A fresh context behind a proxy of its own: nothing is shared with any other."""
        async with GuardProxy(visit, turn=turn) as proxy:
            opened = await ask(new_context(self.driver, visit, proxy.url), OPEN_LIMIT)
            if opened.value is None:
                raise BrowserError("the browser has died or does not answer; start it anew")
            context = opened.value
            fence = await put_fence(context, visit, proxy)
            session = BrowserSession(context, visit, proxy, fence, profile(visit.profile).scale, self.end_busiest)
            self.visits += 1
            try:
                page = await ask(context.new_page(), OPEN_LIMIT)
                if page.value is not None:
                    await dress(page.value, visit)
                yield session
            finally:
                self.visits -= 1
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

        async def answer(route: Route) -> None:
            request = route.request
            if request.url == STATIC_ADDRESS and request.is_navigation_request():
                await route.fulfill(body=html, content_type="text/html; charset=utf-8")
            else:
                await route.abort()

        try:
            await context.route("**/*", answer)
            page = await context.new_page()
            cdp = await context.new_cdp_session(page)
            await ask(page.goto(STATIC_ADDRESS, wait_until="load"), STATIC_LIMIT)
            if prepare is not None:
                await prepare(page)
            raw = await ask(cdp.send("DOMSnapshot.captureSnapshot", CAPTURE), STATIC_LIMIT)
            if raw.value is None:
                return Snapshot(url="", failure=raw.problem)
            return dom.snapshot_of(dom.read([Part(raw.value)], width, height), status=200)
        finally:
            await ask(context.close(), 5.0)


class TurnEngine:
    """An engine as one case of a run sees it; implements `ports.Browser`."""

    def __init__(self, engine: Engine, turn: Turn) -> None:
        self._engine, self._turn = engine, turn
        self.version, self.ocr, self.headed = engine.version, engine.ocr, engine.headed

    @property
    def alive(self) -> bool:
        """False once the process is gone."""
        return self._engine.alive

    def visit(self, visit: Visit) -> AbstractAsyncContextManager[BrowserSession]:
        """A fresh context whose way to a page is asked for."""
        return self._engine.visit(visit, self._turn)

    def at_turn(self, turn: Turn) -> TurnEngine:
        """The same browser for another case."""
        return TurnEngine(self._engine, turn)


@asynccontextmanager
async def open_engine(
    executable: str = "",
    *,
    sandbox: bool = True,
    headed: bool = False,
    like: Visit | None = None,
    driver: Awaitable[Playwright] | None = None,
) -> AsyncIterator[Engine]:
    """Start a browser and stop it afterwards; `executable` is taken instead of searching for one.

    Where there is none, one is installed first (a warning in the log tells so).

    driver: one that is starting already (`driver_ahead`); else one is started and stopped here.

    Raises:
        BrowserError: there is none, or it does not start; the sentence says what to do.
    """
    choice = find_browser(executable, headed=headed) or await install_browser(log.warning)
    async with nullcontext(driver) if driver is not None else driver_ahead() as starting:
        browser = await open_browser(starting, choice, headed=headed, sandbox=sandbox, like=like)
        engine = Engine(browser, headed=headed)
        root = process_of(browser)
        warden = Warden(root, lambda: engine.visits) if root is not None else None
        if warden is not None:
            warden.start()
            engine.end_busiest = warden.end_busiest
        try:
            yield engine
        finally:
            if warden is not None:
                warden.stop()
            if (await ask(browser.close(), 5.0)).problem == "hung":
                kill_browser(browser)
