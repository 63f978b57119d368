"""Waiting without sleeping: until a page is quiet, and until something a person would notice has changed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from prober.browser.clock import CAP, LEAP
from prober.browser.stage import Stage, Tab
from prober.browser.surface import Surface

QUIET = 0.02  # real seconds without any stir that end a settle, when page time can be granted to make sure
QUIET_REAL = 0.12  # the same where page time is real time
AHEAD = 1.0  # page seconds granted to see whether a timer still has something to show
RESTLESS = 0.4  # real seconds of steady change after which the visible text decides
IDLE = 1.5  # real seconds without a stir after which a wait on nothing in particular ends
POLLS = 3  # like requests in one wait that show that the server decides when it ends
_DIGITS = re.compile(r"\d+")
_STATE = """(() => { try {
  const running = document.getAnimations().some(a => a.playState === 'running'
    && isFinite(a.effect.getComputedTiming().endTime));
  return document.readyState + (running ? '|animated' : '');
} catch (e) { return document.readyState; } })()"""


class Settler:
    """Waits on one visit's pages; `virtual` says whether page time may be granted."""

    def __init__(self, stage: Stage, virtual: bool) -> None:
        self.stage = stage
        self.pulse = stage.pulse
        self.traffic = stage.traffic
        self.virtual = virtual
        self.stormy: Callable[[], bool] = lambda: False  # whether waiting is in vain until scripts are stopped
        self.stormed = False  # the last wait ended for that
        self._settled_at = -1  # pulse count at the end of the last successful settle

    # -- quiet ------------------------------------------------------------------

    def hurry(self, brisk: bool) -> None:
        """Let the pages' granted time run in short strides while somebody waits for them."""
        for tab in self.stage.tabs:
            for clock in tab.clocks.values():
                clock.hurry(brisk)

    async def quiet(self, patience: float) -> bool:
        """Until document, network and text are still; False when `patience` seconds of page time ran out."""
        self.hurry(True)
        try:
            return await self._quiet(patience)
        finally:
            self.hurry(False)

    async def _quiet(self, patience: float) -> bool:
        began = time.monotonic()
        spent = 0.0  # page seconds granted beyond real time
        restless: float | None = None
        sign: Any = None
        window = QUIET if self.virtual else QUIET_REAL
        while True:
            left = patience - spent - (time.monotonic() - began)
            tab = await self.stage.current()
            if tab is None or tab.crashed or tab.main is None:
                return False
            if self.stormy():
                self.stormed = True
                return False
            if left <= 0:
                self.traffic.give_up_waiting()
                return False
            if self.traffic.under_way():
                await self.pulse.next(left)
                continue
            if self.pulse.still < window:
                restless = restless or time.monotonic()
                if time.monotonic() - restless > RESTLESS:
                    sign, same = await self._compare(tab, sign)
                    if same:
                        break
                await self.pulse.next(max(window - self.pulse.still, 0.001))
                continue
            state = await tab.main.evaluate(_STATE)
            if state.problem == "hung":
                return False
            if state.value is None or str(state.value).startswith("loading"):
                await self.pulse.next(min(left, 0.1))
                continue
            if not self.virtual or self.pulse.count == self._settled_at:
                break
            before = self.pulse.count
            passed = await self.leap(tab, min(AHEAD, max(left, 0.1)), limit=0.4)
            spent += min(AHEAD, left) if passed else 0.0
            if self.pulse.count == before:
                break
        self._settled_at = self.pulse.count
        return True

    async def _compare(self, tab: Tab, before: Any) -> tuple[Any, bool]:
        """Whether a page that never rests at least says the same as at the last look, a moment ago."""
        now = await self.sign(tab)
        if now is not None and now == before:
            return now, True
        await self.pulse.next(0.1)
        return now, False

    async def leap(self, tab: Tab, seconds: float, limit: float = 1.0) -> bool:
        """Let page time pass in all renderers of the page."""
        passed = False
        for surface in [s for s in tab.surfaces.values()]:
            clock = self.stage.clock(tab, surface)
            free = not self.traffic.pending()
            gone = await clock.leap(seconds, min(limit, 0.15) if free else limit)
            if free and not gone:
                # Only pictures and the like hold it up: nothing that a timer of the page could cut short.
                gone = await clock.leap(seconds, limit, regardless=True)
            passed = gone or passed
        return passed

    # -- change -----------------------------------------------------------------

    async def sign(self, tab: Tab) -> Any:
        """What a person would notice, digits aside (countdowns): visible text, fields, address."""
        surfaces: list[Surface] = list(tab.surfaces.values())
        parts: list[Any] = [tab.page.url, len(self.stage.dialogs), self.stage.popups, len(self.stage.downloads)]
        for surface in surfaces:
            answer = await surface.glance()
            if answer.problem == "hung":
                return None
            if answer.value:
                parts.append(_signature(answer.value))
        return parts

    async def change(self, seconds: float, real: bool = False) -> bool:
        """Until a person would notice something, at most `seconds` of page time; False when nothing came.

        `real`: wait it out in real time, also where nothing tells that the server is at work.
        """
        tab = await self.stage.current()
        if tab is None or tab.main is None:
            return False
        looked = self.pulse.count  # a stir during the first look must not pass unseen
        before = await self.sign(tab)
        began, navigations = time.monotonic(), self.stage.navigations
        first = len(self.traffic.exchanges)
        if (
            self.virtual
            and not real
            and await self._change_virtually(tab, before, min(seconds, CAP), navigations, first)
        ):
            return True
        left = seconds - (time.monotonic() - began)
        return await self._change_really(before, left, navigations, looked, stay=real)

    async def _changed(self, before: Any, navigations: int) -> bool:
        if self.stage.navigations != navigations:
            return True
        tab = await self.stage.current()
        if tab is None or tab.crashed:
            return True
        now = await self.sign(tab)
        return now is not None and now != before

    async def _change_virtually(self, tab: Tab, before: Any, seconds: float, navigations: int, first: int) -> bool:
        spent = 0.0
        while spent < seconds:
            passed = await self.leap(tab, min(LEAP, seconds - spent))
            spent += LEAP
            if await self._changed(before, navigations):
                return True
            if not passed or self._polled(first):
                return False  # the server decides: go on in real time
        return False

    def _polled(self, first: int) -> bool:
        seen: dict[str, int] = {}
        for exchange in self.traffic.exchanges[first:]:
            if exchange.kind in ("xhr", "fetch"):
                path = exchange.url.split("?")[0]
                seen[path] = seen.get(path, 0) + 1
        return any(times >= POLLS for times in seen.values())

    async def _change_really(self, before: Any, seconds: float, navigations: int, looked: int, *, stay: bool) -> bool:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            tab = await self.stage.current()
            if tab is None or tab.main is None:
                return True
            if self.pulse.count != looked:
                looked = self.pulse.count
                if await self._changed(before, navigations):
                    return True
            if await self.pulse.next(min(left, IDLE)):
                continue
            if await self._changed(before, navigations):  # what stirs no document, e.g. a style
                return True
            state = await tab.main.evaluate(_STATE)
            if state.problem == "hung":
                return False
            talks = stay or self.traffic.server_talks() or "animated" in str(state.value)
            if self.virtual and not talks:
                return False
        return await self._changed(before, navigations)


def _signature(raw: dict[str, Any]) -> int:
    strings = raw["strings"]
    words: list[str] = []
    fields = 0
    for document in raw["documents"]:
        layout, nodes = document["layout"], document["nodes"]
        names = nodes["nodeName"]
        for row, text in enumerate(layout["text"]):
            if text < 0:
                if strings[names[layout["nodeIndex"][row]]] in ("INPUT", "BUTTON", "SELECT", "TEXTAREA"):
                    fields += 1
                continue
            x, y, width, height = layout["bounds"][row]
            if x + width <= 0 or y + height <= 0 or x >= document["contentWidth"] or y >= document["contentHeight"]:
                continue  # a drawer or sheet that waits outside
            styles = layout["styles"][row]
            if len(styles) == 2 and (strings[styles[0]] != "visible" or strings[styles[1]] == "0"):
                continue
            words.append(strings[text])
    said = " ".join(_DIGITS.sub("0", " ".join(words)).replace(".", " ").replace("…", " ").split())
    return hash((said, fields))
