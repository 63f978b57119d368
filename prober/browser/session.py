"""One visit: a fresh browser context, observed and acted upon. Nothing a page does raises out of here."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext

from prober.browser import dom, har, look, notices, pictures, traces
from prober.browser.checkpoint import Checkpoint
from prober.browser.dom import PageParts
from prober.browser.errors import ask, name
from prober.browser.fence import Fence
from prober.browser.perform import Performer
from prober.browser.pulse import Pulse
from prober.browser.restraint import Restraint
from prober.browser.settle import Settler
from prober.browser.stage import Stage, Tab
from prober.browser.surface import Surface
from prober.browser.traffic import Traffic
from prober.browser.tree import TARGET_STRIDE, Part
from prober.guard.proxy import GuardProxy
from prober.models.action import Action, Outcome
from prober.models.case import Host
from prober.models.page import Box, Control, Image, Snapshot, TextBlock
from prober.ports import Traces, Visit

GOTO_LIMIT = 20.0  # real seconds for the first answer of an address
LANDING_LIMIT = 20.0  # real seconds in which an address must show something
OVERTIME = 0.4  # real seconds that a call may take beyond the visit


class BrowserSession:
    """Implements `ports.Session` over one Playwright context."""

    def __init__(
        self,
        context: BrowserContext,
        visit: Visit,
        proxy: GuardProxy,
        fence: Fence,
        ratio: float = 1.0,
        end_busiest: Callable[[], object] = lambda: None,
    ) -> None:
        self.context = context
        self.visit = visit
        self.proxy = proxy
        self.fence = fence
        self.ratio = ratio  # device pixels per CSS px
        self.end_busiest = end_busiest  # kills the renderer that computes most, for a page that cannot be closed
        self.pulse = Pulse()
        self.traffic = Traffic(self.pulse.stir)
        self.traffic.listen(context)
        self.stage = Stage(context, self.pulse, self.traffic)
        self.settler = Settler(self.stage, visit.virtual_time)
        self.until = self.stage.until = time.monotonic() + visit.deadline
        self.blank_until = self.until  # when an address that showed nothing yet is given up
        self.restraint = Restraint(self.stage, self.traffic)
        self.settler.stormy = self.restraint.storming
        self.checkpoint = Checkpoint(context, self.traffic)
        self.failure = ""
        self.typed: list[str] = []
        self.last: Snapshot | None = None
        self.extra: list[TextBlock] = []  # read from pictures, to be told with the next snapshot
        self._ahead_told = 0.0
        self._pages: list[dict[str, Any]] = []
        self._certificate = ""

    @property
    def left(self) -> float:
        """Real seconds left of the visit."""
        return self.until - time.monotonic()

    @property
    def _still(self) -> float:
        """Real seconds that a call may take now."""
        return max(self.left, 0.0) + OVERTIME

    # -- going -------------------------------------------------------------------

    async def goto(self, url: str) -> Outcome:
        """Open the address; returns when the document is there or failed. Never raises for what a site does."""
        began = time.monotonic()
        self.failure = ""
        tab = await self.stage.current()
        if tab is None:
            answer = await ask(self.context.new_page(), 10.0)
            if answer.value is None:
                self.failure = answer.problem
                return Outcome(ok=False, changed=False, problem=answer.problem)
            tab = await self.stage.current()
        assert tab is not None
        limit = min(GOTO_LIMIT, max(self.left, 0.1))
        self.blank_until = time.monotonic() + min(LANDING_LIMIT, max(self.left * 0.8, 0.1))
        self._page_entry(url)
        options: dict[str, Any] = {"wait_until": "commit", "timeout": limit * 1000}
        if self.visit.referer:
            options["referer"] = self.visit.referer
        if tab.main is not None:
            await traces.listen_for_certificate(tab.main)
        arrived = await ask(tab.page.goto(url, **options), limit + 1)
        if tab.main is not None and not self._certificate:
            self._certificate = await traces.certificate(tab.main, tab.page.url)
        await self.proxy.landed(urlsplit(tab.page.url).hostname or urlsplit(url).hostname or "")
        problem = arrived.problem
        if problem in ("interrupted", "aborted") and self.stage.tab is not None:
            problem = "" if self.stage.tab.page.url not in ("", "about:blank") or self.stage.dialogs else problem
        if problem == "aborted" and self.stage.downloads:
            problem = "download"
        self.failure = problem = self._reason(problem)
        return Outcome(ok=not problem, changed=not problem, problem=problem, seconds=round(time.monotonic() - began, 4))

    def _reason(self, problem: str) -> str:
        """Why the address was not reached: the proxy knows better than the browser, which only lost its proxy."""
        if not problem:
            return ""
        top = next((e for e in reversed(self.traffic.exchanges) if e.top), None)
        host = (urlsplit(top.url).hostname or "") if top is not None else ""
        return (self.proxy.last_failure(host) if host else "") or problem

    # -- observing -----------------------------------------------------------------

    async def observe(self, patience: float = 4.0) -> Snapshot:
        """Wait until the page is quiet (at most `patience` seconds of page time), then say what is on screen."""
        if self.failure:
            return await self._snapshot(None, self.failure, settled=True)
        if self.left > 0:
            seen = await ask(self._observe(patience), self.left + OVERTIME)
            if seen.value is not None:
                return seen.value
        tab = self.stage.tab
        if tab is not None and self.left > -OVERTIME * 2:
            await self._end_hung(tab)
        return await self._snapshot(None, "timeout", settled=False)

    async def _observe(self, patience: float) -> Snapshot:
        settled = await self.settler.quiet(min(patience, max(self.left, 0.2)))
        for _ in range(5):
            over = await self.restraint.hold()
            if over:
                self.failure = over
                return await self._snapshot(None, over, settled=False)
            if self.settler.stormed:
                self.settler.stormed = False
                settled = await self.settler.quiet(1.0)
            tab = await self.stage.current()
            if tab is None:
                return await self._snapshot(None, "closed", settled)
            if tab.crashed:
                return await self._snapshot(None, "crashed", settled)
            navigations = self.stage.navigations
            spinning = tab.main is not None and tab.main.hung
            parts, problem = ([], "hung") if spinning else await self._capture(tab)
            if problem == "hung":
                if await self.restraint.free(tab):
                    continue
                await self._end_hung(tab)
                return await self._snapshot(None, "hung", settled=False)
            if problem in ("nodes", "text"):
                self.failure = "too_large"
                return await self._snapshot(None, "too_large", settled=False)
            if parts and self.stage.navigations == navigations:
                page = await self._read(tab, parts)
                self.failure = "timeout" if self._gives_nothing(page) else ""
                return await self._snapshot(page, self.failure, settled)
            settled = await self.settler.quiet(1.0)
        return await self._snapshot(None, problem or "loop", settled=False)

    def _gives_nothing(self, page: dom.PageParts) -> bool:
        """The document is still on its way, shows nothing, and has had its time."""
        if _shows(page.blocks, page.controls, page.images):
            self.blank_until = self.until
            return False
        top = next((e for e in reversed(self.traffic.exchanges) if e.top), None)
        waiting = bool(self.traffic.under_way()) or (top is not None and not top.done)
        return waiting and time.monotonic() >= self.blank_until

    async def _capture(self, tab: Tab) -> tuple[list[Part], str]:
        main = tab.main
        if main is None:
            return [], "closed"
        weight = await main.weigh()
        if weight.problem or weight.value:
            return [], weight.problem or weight.value or ""
        answer = await main.capture()
        if answer.value is None:
            return [], answer.problem
        parts = [Part(answer.value, main.number)]
        if len(tab.page.frames) > len(answer.value["documents"]):
            for surface in (await self.stage.surfaces(tab))[1:]:
                inner = await surface.capture()
                if inner.value is not None and surface.owner is not None:
                    parts.append(Part(inner.value, surface.number, surface.owner))
        return parts, ""

    async def _read(self, tab: Tab, parts: list[Part]) -> dom.PageParts:
        size = tab.page.viewport_size or {"width": 1280, "height": 800}
        page = dom.read(parts, size["width"], size["height"])
        surfaces = {s.number: s for s in tab.surfaces.values()}
        catchers: dict[int, str] = {}
        for number, surface in surfaces.items():
            suspects = [backend for target, backend in page.key_suspects if target == number]
            if suspects:
                heard = await surface.key_catchers(suspects)
                catchers |= {backend + number * TARGET_STRIDE: role for backend, role in heard.items()}
        if catchers:
            page = dom.read(parts, size["width"], size["height"], catchers)
        for surface in surfaces.values():
            surface.frames = {b: f for (t, b), f in page.frame_of.items() if t == surface.number}
        return page

    async def _snapshot(self, page: dom.PageParts | None, failure: str, settled: bool) -> Snapshot:
        requests, sockets, pushed = await self.traffic.take()
        stage = self.stage
        url = page.url if page is not None else self._address()
        top = next((e for e in reversed(self.traffic.exchanges) if e.top), None)
        if page is not None and page.url.startswith("chrome-error:"):
            failure = self._reason(name(Exception(f"net::{top.failed}")) if top is not None else "browser")
            url, page = (top.url if top is not None else url), None
        ahead = sum(c.ahead for t in stage.tabs for c in t.clocks.values())
        more: dict[str, Any] = {
            "url": url,
            "status": top.status if top is not None else None,
            "failure": failure,
            "blocks": notices.added(page.blocks if page else (), self.last, stage.texts, self.extra),
            "dialogs": tuple(stage.dialogs),
            "requests": requests,
            "websockets": sockets,
            "pushed": pushed,
            "downloads": tuple(stage.downloads),
            "exits": self.fence.take_exits(),
            "withheld": self.checkpoint.take(),
            "popups": stage.popups,
            "settled": settled,
            "truncated": ", ".join(w for w in (page.truncated if page else "", self._stopped()) if w),
            "virtual_seconds": round(max(ahead - self._ahead_told, 0.0), 2),
        }
        snapshot = dom.snapshot_of(page, **more) if page is not None else Snapshot(**more)
        stage.dialogs, stage.downloads, stage.popups, self._ahead_told = [], [], 0, ahead
        stage.texts, self.extra = [], []
        self.last = snapshot
        return snapshot

    def _stopped(self) -> str:
        return f"scripts ({self.restraint.stopped})" if self.restraint.stopped else ""

    def _address(self) -> str:
        tab = self.stage.tab
        url = tab.page.url if tab is not None else ""
        top = next((e for e in reversed(self.traffic.exchanges) if e.top), None)
        return top.url if top is not None and url in ("", "about:blank", "chrome-error://chromewebdata/") else url

    async def _end_hung(self, tab: Tab) -> None:
        """End a renderer that spins, so that the context can be closed."""
        self.failure = "hung"
        await tab.end(0.5)

    # -- acting, picturing, recording --------------------------------------------------

    async def perform(self, action: Action) -> Outcome:
        """Do it as a person's hand would; what the site makes of it is in the outcome, never an exception."""
        self.restraint.renew()
        done = await ask(Performer(self).perform(action), self._still)
        return done.value or Outcome(ok=False, changed=False, problem="timeout")

    async def look(self, refs: tuple[str, ...], ocr: bool = True) -> tuple[TextBlock, ...]:
        """Text and QR codes in what is painted (whole page when no refs)."""
        tab = await self.stage.current()
        if tab is None or self.failure:
            return ()
        found = await ask(self._look(tab, refs, ocr), self._still)
        return found.value or ()

    async def _look(self, tab: Tab, refs: tuple[str, ...], ocr: bool) -> tuple[TextBlock, ...]:
        if not refs:
            data, whole = await pictures.picture(tab, look.SCALE, full=True, sharp=True)
            return tuple(await look.read(data, whole, ocr))
        boxes = {i.ref: i.box for i in self.last.images} if self.last is not None else {}
        boxes |= {c.ref: c.box for c in self.last.controls} if self.last is not None else {}
        found: list[TextBlock] = []
        for ref in refs:
            place = boxes.get(ref)
            if place is not None and place.area > 0:
                data = await pictures.shoot(tab, place, look.SCALE, beyond=True)
                found.extend(await look.read(data, place, ocr))
        return tuple(found)

    async def picture(self, full: bool = False, sharp: bool = False) -> tuple[bytes, Box]:
        """PNG of the viewport (or the whole page), and which part of the document it shows.

        Empty bytes where nothing can be painted: the page crashed, hangs, or never came.
        """
        tab = await self.stage.current()
        if tab is None or self.failure in ("hung", "crashed", "closed"):
            return b"", Box(x=0, y=0, width=0, height=0)
        shot = await ask(pictures.picture(tab, self.ratio, full, sharp), self._still)
        return shot.value or (b"", Box(x=0, y=0, width=0, height=0))

    async def dom(self) -> str:
        """The serialised documents of all frames, for the evidence."""
        tab = await self.stage.current()
        if tab is None or self.failure:
            return ""
        return (await ask(pictures.documents(tab), self._still)).value or ""

    async def mhtml(self) -> bytes:
        """The page with what it shows as one MHTML file; empty where the browser cannot make one at once."""
        tab = await self.stage.current()
        if tab is None or self.failure:
            return b""
        return (await ask(pictures.mhtml(tab), self._still)).value or b""

    async def traces(self) -> Traces:
        """Agent, favicon and certificate of the suspect; asks its host for nothing but the favicon."""
        tab, exchanges = await self.stage.current(), self.traffic.exchanges
        agent = next((e.headers["user-agent"] for e in exchanges if "user-agent" in e.headers), "")
        icon_url, icon = "", b""
        if tab is not None and not self.failure:
            icon_url, icon = (await ask(traces.icon(tab, exchanges), self._still)).value or ("", b"")
        tls = next((e.tls for e in exchanges if e.tls), "")
        return Traces(agent=agent, icon=icon, icon_url=icon_url, certificate=self._certificate, tls=tls)

    async def look_at_page(self) -> PageParts | None:
        """What is on screen right now, without the bookkeeping of a snapshot."""
        tab = await self.stage.current()
        if tab is None:
            return None
        parts, _ = await self._capture(tab)
        return await self._read(tab, parts) if parts else None

    def surface_of(self, ref: str) -> tuple[Surface, int] | None:
        """The renderer and node behind a control's `ref` on the current page; None when it is gone."""
        tab = self.stage.tab
        number, _, backend = ref.partition(".")
        if tab is None or not number.isdigit() or not backend.isdigit():
            return None
        surface = next((s for s in tab.surfaces.values() if s.number == int(number)), None)
        return (surface, int(backend)) if surface is not None else None

    def host(self) -> str:
        return urlsplit(self._address()).hostname or ""

    def har(self) -> dict[str, Any]:
        """HAR 1.2 log entries so far (a list under 'entries', pages under 'pages')."""
        addresses = {host.name: host.addresses[0] for host in self.proxy.hosts() if host.addresses}
        return har.log(self.traffic.exchanges, self._pages, addresses)

    def hosts(self) -> tuple[Host, ...]:
        """What prober's own proxy connected to for this session."""
        return self.proxy.hosts()

    def _page_entry(self, url: str) -> None:
        number = f"page_{len(self._pages) + 1}"
        started = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        self._pages.append({"id": number, "title": url, "startedDateTime": started, "pageTimings": {}})
        self.traffic.page = number

    async def close(self) -> None:
        """End the visit; a page that hangs is closed from outside."""
        await self.stage.close()
        await self.traffic.drain()
        closing = asyncio.ensure_future(self.context.close())
        if (await ask(asyncio.shield(closing), 0.6)).problem != "hung":
            return
        # A renderer that does not let go is ended by the browser process, which need not ask it, else by the system.
        await asyncio.gather(*(tab.end(0.2) for tab in self.stage.tabs))
        if (await ask(asyncio.shield(closing), 0.2)).problem == "hung":
            self.end_busiest()
            await ask(asyncio.shield(closing), 0.5)  # it goes on closing beside what comes next


def _shows(blocks: tuple[TextBlock, ...], controls: tuple[Control, ...], images: tuple[Image, ...]) -> bool:
    return any(thing.visible for things in (blocks, controls, images) for thing in things)
