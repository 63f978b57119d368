"""The last look at what goes out, once something was typed: requests with forbidden values are stopped and told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from prober.browser.errors import ask
from prober.guard.content import withheld
from prober.models.page import Withheld

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Route

    from prober.browser.traffic import Traffic

log = logging.getLogger(__name__)

_MOST = 50  # kept of one visit
_SOCKETS_CAP = 2000  # messages that are looked at


class Checkpoint:
    """One visit's. It stands only once something was typed: before, nothing of prober's could go out.

    Requests are stopped before they leave; messages on sockets are seen when they have left, and told.
    """

    def __init__(self, context: BrowserContext, traffic: Traffic) -> None:
        self.context = context
        self.traffic = traffic
        self._standing = False
        self._found: dict[tuple[str, str, str], Withheld] = {}
        self._told = 0
        self._messages = 0

    async def stand(self) -> None:
        """Look at every request from now on; safe to call again."""
        if not self._standing:
            self._standing = True
            await ask(self.context.route("**/*", self._decide), 2.0)

    def take(self) -> tuple[Withheld, ...]:
        """What was found since the last call."""
        for message in self.traffic.socket_sent[self._messages : _SOCKETS_CAP]:
            self._look(message, "socket", self.traffic.sockets[-1] if self.traffic.sockets else "", stopped=False)
        self._messages = len(self.traffic.socket_sent)
        found = tuple(self._found.values())[self._told :]
        self._told += len(found)
        return found

    async def _decide(self, route: Route) -> None:
        request = route.request
        body = request.post_data_buffer or b""
        caught = self._look(request.url, "address", request.url, stopped=True)
        caught = self._look(body.decode("utf-8", "replace"), "body", request.url, stopped=True) or caught
        await ask(route.abort("blockedbyclient") if caught else route.fallback(), 5.0)

    def _look(self, text: str, where: Literal["address", "body", "socket"], url: str, *, stopped: bool) -> bool:
        values = withheld(text)
        host = urlsplit(url).hostname or ""
        for value in values:
            log.warning("a %s %s was on its way to %s in the %s of a request", value.kind, value.masked, host, where)
            key = (value.masked, where, host)
            if key not in self._found and len(self._found) < _MOST:
                self._found[key] = Withheld(
                    kind=value.kind, masked=value.masked, where=where, host=host, stopped=stopped
                )
        return bool(values)
