"""Holding a page that does too much: its scripts are stopped from outside, and what it shows then is still seen."""

from __future__ import annotations

from prober.browser.stage import Stage, Tab
from prober.browser.traffic import Traffic

# What a page may do between two of our actions before its scripts are stopped.
STORMS: tuple[tuple[str, int], ...] = (
    ("navigations", 40),
    ("dialogs", 25),
    ("popups", 10),
    ("downloads", 8),
    ("frames", 300),
    ("requests", 800),
)
# What ends the visit though scripts are stopped, and the failure word for it.
ENDS: tuple[tuple[str, int, str], ...] = (
    ("navigations", 120, "loop"),
    ("dialogs", 400, "limit"),
    ("popups", 120, "limit"),
    ("downloads", 200, "limit"),
)
ANSWER_LIMIT = 1.0  # real seconds in which a freed page answers
REQUESTS_END = 5000  # of one visit


class Restraint:
    """Watches over one visit; `stopped` says why scripts no longer run, '' while they do."""

    def __init__(self, stage: Stage, traffic: Traffic) -> None:
        self.stage = stage
        self.traffic = traffic
        self.stopped = ""
        self._interrupted = 0
        self._tamed: set[Tab] = set()

    def renew(self) -> None:
        """We act: what comes now may be an answer."""
        self.stage.counts.clear()

    def storm(self) -> str:
        """What the page does too much of since our last action, '' for nothing."""
        return next((name for name, most in STORMS if self.stage.counts[name] > most), "")

    def storming(self) -> bool:
        """Whether scripts are still to be stopped."""
        return not self.stopped and bool(self.storm())

    async def hold(self) -> str:
        """Stop the scripts of a page that storms; the failure word when that is not enough, else ''."""
        counts, requests = self.stage.counts, len(self.traffic.exchanges)
        if self.storming():
            await self._stop(self.storm())
            self.renew()
            return ""
        if self.stopped:
            await self._stop(self.stopped)
            ended = next((word for name, most, word in ENDS if counts[name] > most), "")
            return ended or ("limit" if requests > REQUESTS_END else "")
        return ""

    async def free(self, tab: Tab) -> bool:
        """Interrupt what keeps a page from answering: once, then for good; False when that does not help."""
        main = tab.main
        if main is None:
            return False
        self._interrupted += 1
        if self._interrupted > 3:
            return False
        for for_good in (False, True)[self._interrupted > 1 :]:
            if for_good:
                self.stopped = self.stopped or "spinning"
            await main.stop_scripts(for_good)
            if not (await main.send("Runtime.evaluate", ANSWER_LIMIT, expression="0")).problem:
                return True
        return False

    async def _stop(self, why: str) -> None:
        self.stopped = self.stopped or why
        for tab in self.stage.tabs:
            if tab in self._tamed or tab.page.is_closed() or tab.main is None:
                continue
            self._tamed.add(tab)
            for surface in list(tab.surfaces.values()):
                await surface.stop_scripts(for_good=True)
