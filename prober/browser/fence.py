"""The second net, inside the browser: stops walks to official and payment hosts before the page is lost, and tells of them.

The proxy is the first: it refuses these hosts altogether. Here the page stays where it is when it wanted
to leave for one of them, a picture or script of theirs is let through, and every such wish is recorded.
Redirects pass by here (the browser does not show them to routes) and die at the proxy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from prober.guard.proxy import GuardProxy
from prober.models.page import Exit
from prober.ports import Visit

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Request, Route

Kind = Literal["navigation", "post", "frame", "subresource"]

_MOST = 200  # exits kept; a page can want to leave as often as it likes

# What a page shows or needs to look right. Calls by script, sockets and beacons carry data and are no part of it.
_SHOWN = frozenset({"image", "stylesheet", "script", "font", "media", "texttrack", "manifest", "other"})


class Fence:
    """Routes of one context; made by `put_fence`."""

    def __init__(self, proxy: GuardProxy) -> None:
        self._proxy = proxy
        self._exits: dict[tuple[str, str], Exit] = {}
        self._kinds: dict[str, Kind] = {}  # host -> how the page last asked for it
        self._leased: dict[Request, str] = {}
        self._taken = 0
        self._merged = 0

    def exits(self) -> tuple[Exit, ...]:
        """Every wish to leave so far, in order, each address once per kind."""
        refusals = self._proxy.refusals
        for refusal in refusals[self._merged :]:
            kind: Kind = refusal.hint or self._kinds.get(refusal.host, "navigation")
            known = any(seen.host == refusal.host and seen.kind == kind for seen in self._exits.values())
            if not known:
                self._record(Exit(url=refusal.url, host=refusal.host, why=refusal.why, kind=kind))
        self._merged = len(refusals)
        return tuple(self._exits.values())

    def take_exits(self) -> tuple[Exit, ...]:
        """Those that are new since the last call."""
        exits = self.exits()
        new = exits[self._taken :]
        self._taken = len(exits)
        return new

    async def decide(self, route: Route) -> None:
        """Let a request to a protected host pass or not."""
        request = route.request
        host = _host(request.url)
        why = self._proxy.protected(host)
        if why is None:
            await route.fallback()
            return
        kind = request_kind(request)
        self._record(Exit(url=request.url[:2000], host=host, why=why, kind=kind))
        if kind == "subresource" and request.resource_type in _SHOWN:
            self._proxy.lease(host)
            self._leased[request] = host
            await route.fallback()
        else:
            await route.abort("aborted")  # an aborted navigation leaves the page as it is

    def saw(self, request: Request) -> None:
        """Remember how a host was asked for; redirected requests come here though no route sees them."""
        host = _host(request.url)
        if host in self._kinds or len(self._kinds) < _MOST:
            self._kinds[host] = request_kind(request)
        if request.redirected_from is not None:
            why = self._proxy.protected(host)
            if why is not None:
                self._record(Exit(url=request.url[:2000], host=host, why=why, kind=self._kinds[host]))

    def over(self, request: Request) -> None:
        """A request has ended; its lease does, too."""
        host = self._leased.pop(request, "")
        if host:
            self._proxy.release(host)

    def _record(self, exit_: Exit) -> None:
        if len(self._exits) < _MOST:
            self._exits.setdefault((exit_.url, exit_.kind), exit_)


async def put_fence(context: BrowserContext, visit: Visit, proxy: GuardProxy) -> Fence:
    """Fence a context in, before its first page."""
    fence = Fence(proxy)
    pattern = host_pattern((*visit.official, *visit.payment))
    if pattern is not None:
        await context.route(pattern, fence.decide)
        await context.route_web_socket(pattern, lambda socket: socket.close())
    context.on("request", fence.saw)
    context.on("requestfinished", fence.over)
    context.on("requestfailed", fence.over)
    return fence


def request_kind(request: Request) -> Kind:
    """'navigation' (of a page), 'post', 'frame' or 'subresource'."""
    from playwright.async_api import Error

    if request.method not in ("GET", "HEAD"):
        return "post"
    if not request.is_navigation_request():
        return "subresource"
    try:
        return "frame" if request.frame.parent_frame is not None else "navigation"
    except Error:  # a pop-up's first request has no frame yet
        return "navigation"


def host_pattern(entries: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of URLs whose host is one of the entries or below it ('gov.*' stands for any country's); None for none.

    It may match too much (the proxy's own test decides), never too little.
    """
    hosts = [
        re.escape(entry.removeprefix("*.").removesuffix(".*")) + (r"\.[a-z0-9-]+" if entry.endswith(".*") else "")
        for entry in entries
    ]
    if not hosts:
        return None
    return re.compile(
        rf"^(?:https?|wss?)://(?:[^/?#]*[@.])?(?:{'|'.join(hosts)})\.?(?::\d+)?(?:[/?#]|$)", re.IGNORECASE
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
