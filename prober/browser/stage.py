"""The pages of one visit: which one is current, what they say in dialogs, and the renderers behind them."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from typing import Any

from playwright.async_api import BrowserContext, Dialog, Frame, Page
from playwright.async_api import Download as DriverDownload

from prober.browser.clock import Clock
from prober.browser.errors import ask
from prober.browser.pulse import Pulse
from prober.browser.surface import Surface
from prober.browser.traffic import Traffic
from prober.browser.watch import Notice
from prober.models.page import DialogSeen, Download

DIALOG_CAP = 60
DOWNLOAD_CAP = 30
PAGE_CAP = 6  # pages that are open at a time; further pop-ups are closed as they come
FLOOD = 1500  # navigations, frames or requests since our last action at which a page is ended
FRAME_CAP = 60  # frames that are asked whether they live in a renderer of their own
TEXT_CAP = 400
BLANK = ("", "about:blank", ":")


class Tab:
    """One page of the visit with its renderers; number 0 of the surfaces is the page itself."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.surfaces: dict[Frame, Surface] = {}
        self.same_process: dict[Frame, str] = {}  # frame -> address at which it was found to need no own surface
        self.crashed = False
        self.posing = False  # a picture was asked and did not come yet: ending the renderer now could end the browser
        self.ready: asyncio.Task[None] | None = None
        self.clocks: dict[Surface, Clock] = {}

    async def end(self, limit: float) -> None:
        """End its renderer, or at least its scripts."""
        if self.main is not None:
            if self.posing:
                await self.main.stop_scripts(for_good=True)
            else:
                await ask(self.main.cdp.send("Page.crash"), limit)

    @property
    def main(self) -> Surface | None:
        return self.surfaces.get(self.page.main_frame)


class Stage:
    """Follows every page that a context opens; the newest that shows something is the current one."""

    def __init__(self, context: BrowserContext, pulse: Pulse, traffic: Traffic) -> None:
        self.context = context
        self.pulse = pulse
        self.traffic = traffic
        self.tabs: list[Tab] = []
        self.dialogs: list[DialogSeen] = []
        self.downloads: list[Download] = []
        self.texts: list[Notice] = []
        self.popups = 0
        self.navigations = 0
        self.until: float | None = None  # when the visit ends, monotonic seconds
        self.counts: Counter[str] = Counter()  # of what a page can do without end, since our last action
        self._world = "w" + secrets.token_hex(6)
        self._numbers = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        context.on("page", self._opened)
        context.on("request", lambda _request: self._requested())

    # -- the current page --------------------------------------------------------

    @property
    def tab(self) -> Tab | None:
        """The newest page that is open and not blank; a blank one only where there is no other."""
        alive = [t for t in self.tabs if not t.page.is_closed()]
        shown = [t for t in alive if t.page.url not in BLANK]
        return (shown or alive or [None])[-1]  # type: ignore[list-item]

    async def current(self) -> Tab | None:
        """The current page, once its renderer is attached."""
        tab = self.tab
        if tab is not None and tab.ready is not None and not tab.ready.done():
            await asyncio.wait([tab.ready], timeout=5.0)
        return tab

    async def surfaces(self, tab: Tab) -> list[Surface]:
        """All renderers of the page, parents first; frames of other sites get their own where needed."""
        main = tab.main
        if main is None:
            return []
        found = [main]
        for frame in tab.page.frames[1:FRAME_CAP]:
            surface = await self._frame_surface(tab, frame)
            if surface is not None:
                found.append(surface)
        return found

    def clock(self, tab: Tab, surface: Surface) -> Clock:
        clock = tab.clocks.get(surface)
        if clock is None:
            clock = tab.clocks[surface] = Clock(surface)
        return clock

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        for tab in self.tabs:
            for clock in tab.clocks.values():
                await clock.stop()

    # -- attaching -----------------------------------------------------------------

    def _spawn(self, work: Any) -> asyncio.Task[Any]:
        task: asyncio.Task[Any] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _opened(self, page: Page) -> None:
        if self.tabs:
            self.popups += 1
            self.counts["popups"] += 1
        if sum(not tab.page.is_closed() for tab in self.tabs) >= PAGE_CAP:
            page.on("dialog", self._dialog)
            self._spawn(ask(page.close(), 3.0))
            self.pulse.stir()
            return
        tab = Tab(page)
        self.tabs.append(tab)
        page.on("dialog", self._dialog)
        page.on("download", self._download)
        page.on("websocket", self.traffic.socket)
        page.on("framenavigated", lambda frame: self._navigated(tab, frame))
        page.on("frameattached", lambda _frame: self._framed(tab))
        page.on("framedetached", lambda frame: self._detached(tab, frame))
        page.on("crash", lambda _page: self._crash(tab))
        page.on("close", lambda _page: self.pulse.stir())
        tab.ready = self._spawn(self._attach(tab))
        self.pulse.stir()

    async def _attach(self, tab: Tab) -> None:
        answer = await ask(self.context.new_cdp_session(tab.page), 5.0)
        if answer.value is None:
            return
        surface = Surface(self._numbers, answer.value, self._world, self._hear)
        surface.until = self.until
        self._numbers += 1
        await surface.start()
        tab.surfaces[tab.page.main_frame] = surface

    async def _frame_surface(self, tab: Tab, frame: Frame) -> Surface | None:
        surface = tab.surfaces.get(frame)
        if surface is None and tab.same_process.get(frame) != frame.url:
            answer = await ask(self.context.new_cdp_session(frame), 3.0)
            if answer.value is None:
                # Only a frame in another process has a session of its own.
                tab.same_process[frame] = frame.url
                return None
            surface = Surface(self._numbers, answer.value, self._world, self._hear)
            surface.until = self.until
            self._numbers += 1
            if await surface.start():
                return None
            tab.surfaces[frame] = surface
        if surface is not None:
            await self._find_owner(tab, frame, surface)
        return surface

    async def _find_owner(self, tab: Tab, frame: Frame, surface: Surface) -> None:
        above = frame.parent_frame
        while above is not None and above not in tab.surfaces:
            above = above.parent_frame
        holder = tab.surfaces.get(above) if above is not None else tab.main
        if holder is None:
            return
        answer = await holder.send("DOM.getFrameOwner", frameId=surface.frame_id)
        surface.owner = (holder.number, answer.value["backendNodeId"]) if answer.value else None

    # -- events -----------------------------------------------------------------------

    def _hear(self, notice: Notice) -> None:
        if notice.kind == "text":
            if len(self.texts) < TEXT_CAP:
                self.texts.append(notice)
        else:
            self.pulse.stir(dom=True)

    def _dialog(self, dialog: Dialog) -> None:
        kind = dialog.type if dialog.type in ("alert", "confirm", "prompt", "beforeunload") else "alert"
        self.counts["dialogs"] += 1
        if len(self.dialogs) < DIALOG_CAP:
            self.dialogs.append(DialogSeen(kind=kind, message=dialog.message[:2000]))
        self.pulse.stir()
        answer = dialog.accept("") if kind == "prompt" else dialog.accept()
        self._spawn(ask(answer, 3.0))

    def _download(self, download: DriverDownload) -> None:
        self.counts["downloads"] += 1
        if len(self.downloads) < DOWNLOAD_CAP:
            self.downloads.append(Download(url=download.url[:2000], name=download.suggested_filename[:200]))
        self.pulse.stir()
        self._spawn(ask(download.cancel(), 3.0))

    def _navigated(self, tab: Tab, frame: Frame) -> None:
        if frame is tab.page.main_frame:
            self.navigations += 1
            self._count("navigations", tab)
        surface = tab.surfaces.get(frame)
        if surface is not None and frame is not tab.page.main_frame:
            # It may have moved to another process: find out anew.
            tab.surfaces.pop(frame)
        tab.same_process.pop(frame, None)
        self.pulse.stir()

    def _count(self, what: str, tab: Tab) -> None:
        """Count what a page can do without end; at a flood it is ended before it drowns everything else."""
        self.counts[what] += 1
        if self.counts[what] == FLOOD and tab.main is not None:
            self._spawn(tab.end(1.0))

    def _requested(self) -> None:
        tab = self.tab
        if tab is not None:
            self._count("requests", tab)

    def _framed(self, tab: Tab) -> None:
        self._count("frames", tab)

    def _detached(self, tab: Tab, frame: Frame) -> None:
        tab.surfaces.pop(frame, None)
        tab.same_process.pop(frame, None)
        self.pulse.stir()

    def _crash(self, tab: Tab) -> None:
        tab.crashed = True
        self.pulse.stir()
