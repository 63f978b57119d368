"""Requests, answers, sockets and downloads of one visit, as they happen."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from playwright.async_api import BrowserContext, Request, WebSocket

from prober.browser.errors import ask, name
from prober.models.page import Request as Seen

TEXT_CAP = 20_000  # characters of a body that a snapshot carries
BODY_CAP = 400_000  # bytes of an answer that the HAR carries
MATTERING = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
TEXTUAL = ("text/", "json", "xml", "javascript", "x-www-form-urlencoded", "graphql")
READ_KINDS = frozenset({"document", "xhr", "fetch", "script", "stylesheet"})
ANALYTIC_KINDS = frozenset({"ping", "beacon", "cspviolationreport", "image", "media", "font"})


@dataclass(slots=True, eq=False)
class Exchange:
    """One request with its answer, growing while it is under way."""

    method: str
    url: str
    kind: str
    frame_url: str
    started: datetime
    began: float
    headers: dict[str, str]
    posted: bytes = b""
    status: int | None = None
    status_text: str = ""
    answer_headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    body_size: int = -1
    left_out: str = ""
    failed: str = ""
    redirected_to: str = ""
    navigation: bool = False
    top: bool = False
    done: bool = False
    waited_out: bool = False  # one whole patience was spent on it: it holds up nobody again
    seconds: float | None = None
    timing: dict[str, float] = field(default_factory=dict)
    page: str = ""
    tls: str = ""  # protocol version, for documents over https

    @property
    def mime(self) -> str:
        return self.answer_headers.get("content-type", "").split(";")[0].strip().lower()

    def seen(self) -> Seen:
        """The exchange as a snapshot tells it."""
        readable = self.kind in ("document", "xhr", "fetch") and any(mark in self.mime for mark in TEXTUAL)
        return Seen(
            method=self.method,
            url=self.url[:4000],
            kind=self.kind,
            frame_url=self.frame_url[:1000],
            status=self.status,
            failed=self.failed,
            posted=self.posted.decode("utf-8", "replace")[:TEXT_CAP],
            answered=self.body.decode("utf-8", "replace")[:TEXT_CAP] if readable else "",
            mime=self.mime,
            redirected_to=self.redirected_to[:4000],
            seconds=self.seconds,
        )


class Traffic:
    """Listens to one browser context; `stir` is called whenever something begins, ends or arrives."""

    def __init__(self, stir: Callable[[], None]) -> None:
        self.stir = stir
        self.exchanges: list[Exchange] = []
        self.sockets: list[str] = []
        self.pushed = 0
        self.socket_sent: list[str] = []
        self.open_sockets = 0
        self.page = ""  # HAR page that new requests belong to
        self._by_request: dict[Request, Exchange] = {}
        self._reading: set[asyncio.Task[None]] = set()
        self._told = 0
        self._told_sockets = 0

    def listen(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfinished", self._finished)
        context.on("requestfailed", self._failed)

    # -- what is under way -----------------------------------------------------

    def under_way(self, kinds: frozenset[str] = MATTERING) -> list[Exchange]:
        """Requests that a settled page would have finished."""
        recent = self.exchanges[-400:]
        return [e for e in recent if not e.done and e.kind in kinds and not e.waited_out]

    def give_up_waiting(self) -> None:
        """Do not wait again for what was still under way when a whole patience ran out."""
        for exchange in self.under_way():
            exchange.waited_out = True

    def server_talks(self) -> bool:
        """Whether the server may still push: an open socket, event stream or unanswered call."""
        return self.open_sockets > 0 or self.pending()

    def pending(self) -> bool:
        """Whether an answer is awaited that the page's own scripts may be waiting for."""
        kinds = ("eventsource", "xhr", "fetch", "document", "script")
        return any(not e.done and e.kind in kinds for e in self.exchanges[-400:])

    # -- for snapshots ------------------------------------------------------------

    async def take(self) -> tuple[tuple[Seen, ...], tuple[str, ...], int]:
        """Requests, sockets and number of pushes since the last call; waits shortly for bodies being read."""
        if self._reading:
            await asyncio.wait(self._reading, timeout=0.5)
        fresh, self._told = self.exchanges[self._told :], len(self.exchanges)
        sockets, self._told_sockets = tuple(self.sockets[self._told_sockets :]), len(self.sockets)
        pushed, self.pushed = self.pushed, 0
        return tuple(e.seen() for e in fresh[-500:]), sockets, pushed

    def carried(self, since: int, typed: tuple[str, ...], sockets_since: int, host: str) -> bool:
        """Whether data left the browser since these marks: typed text anywhere, or a body to the page's own site."""
        needles = {form for text in typed for form in _forms(text)}
        if any(self.socket_sent[sockets_since:]):
            return True
        for exchange in self.exchanges[since:]:
            body = exchange.posted.decode("utf-8", "replace")
            if any(n in body or n in exchange.url for n in needles):
                return True
            if body and exchange.kind in ("document", "xhr", "fetch") and _same_site(exchange.url, host):
                return True
        return False

    # -- events ---------------------------------------------------------------------

    def _request(self, request: Request) -> None:
        try:
            frame = request.frame
            frame_url, top = frame.url, frame.parent_frame is None
        except Exception as error:  # the driver raises plain Error for requests of workers
            frame_url, top = "", False
            _ = name(error)
        try:
            posted = request.post_data_buffer or b""
        except (ValueError, TypeError):
            posted = b""
        navigation = request.is_navigation_request()
        exchange = Exchange(
            method=request.method,
            url=request.url,
            kind=request.resource_type,
            frame_url=frame_url,
            started=datetime.now(UTC),
            began=time.monotonic(),
            headers=dict(request.headers),
            posted=posted[:BODY_CAP],
            page=self.page,
            navigation=navigation,
            top=navigation and top,
        )
        before = request.redirected_from
        if before is not None and before in self._by_request:
            self._by_request[before].redirected_to = request.url
            self._by_request[before].done = True
        self._by_request[request] = exchange
        self.exchanges.append(exchange)
        self.stir()

    def _response(self, response: Any) -> None:
        exchange = self._by_request.get(response.request)
        if exchange is None:
            return
        exchange.status = response.status
        exchange.status_text = response.status_text
        exchange.answer_headers = dict(response.headers)
        self.stir()

    def _finished(self, request: Request) -> None:
        exchange = self._by_request.pop(request, None)
        if exchange is None:
            return
        exchange.done = True
        exchange.seconds = round(time.monotonic() - exchange.began, 4)
        exchange.timing = dict(request.timing)  # type: ignore[arg-type]
        if exchange.kind in READ_KINDS and not exchange.redirected_to:
            task = asyncio.ensure_future(self._read(request, exchange))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)
        elif exchange.body_size < 0:
            exchange.left_out = "kind"
        self.stir()

    async def _read(self, request: Request, exchange: Exchange) -> None:
        response = (await ask(request.response(), 2.0)).value
        if response is None:
            return
        if exchange.top and exchange.url.startswith("https:"):
            details = (await ask(response.security_details(), 1.0)).value
            exchange.tls = (details.get("protocol") or "") if details else ""
        if not any(mark in exchange.mime for mark in TEXTUAL) and exchange.mime:
            exchange.left_out = "binary"
            return
        declared = exchange.answer_headers.get("content-length", "")
        if declared.isdigit() and int(declared) > 4 * BODY_CAP:
            exchange.left_out, exchange.body_size = "too large", int(declared)
            return
        answer = await ask(response.body(), 2.0)
        if answer.value is None:
            exchange.left_out = "gone"
            return
        exchange.body_size = len(answer.value)
        if len(answer.value) > BODY_CAP:
            exchange.left_out = "too large"
        exchange.body = answer.value[:BODY_CAP]

    def _failed(self, request: Request) -> None:
        exchange = self._by_request.pop(request, None)
        if exchange is None:
            return
        exchange.done = True
        exchange.failed = (request.failure or "failed").removeprefix("net::")
        exchange.seconds = round(time.monotonic() - exchange.began, 4)
        self.stir()

    def socket(self, socket: WebSocket) -> None:
        """A page opened a WebSocket."""
        self.sockets.append(socket.url)
        self.open_sockets += 1

        def received(_data: Any) -> None:
            self.pushed += 1
            self.stir()

        def sent(data: Any) -> None:
            text = data if isinstance(data, str) else bytes(data).decode("utf-8", "replace")
            self.socket_sent.append(text[:TEXT_CAP])
            self.stir()

        def closed(_socket: Any) -> None:
            self.open_sockets -= 1
            self.stir()

        socket.on("framereceived", received)
        socket.on("framesent", sent)
        socket.on("close", closed)
        self.stir()

    def event(self) -> None:
        """A message arrived over an event stream."""
        self.pushed += 1
        self.stir()

    async def drain(self) -> None:
        """Stop reading bodies."""
        for task in list(self._reading):
            task.cancel()


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _forms(text: str) -> set[str]:
    """The ways in which typed text may stand in a request."""
    plain = text.strip()
    if len(plain) < 3:
        return set()
    escaped = plain.encode("ascii", "backslashreplace").decode()
    bare = "".join(c for c in plain if c.isalnum())
    forms = {plain, quote(plain), quote_plus(plain), escaped}
    if len(bare) >= 5:
        forms |= {bare, bare.upper(), bare.lower(), quote(bare), quote(bare.upper()), quote(bare.lower())}
    return forms


def _same_site(url: str, host: str) -> bool:
    other = urlsplit(url).hostname or ""
    return other == host or other.split(".")[-2:] == host.split(".")[-2:]
