"""What stands around every answer: headers, limits on bodies, the host's name, counts for Prometheus."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from prober.web.problems import Refused

BODY_LIMIT = 64 * 1024  # bytes of a request
AT_ONCE = 200  # requests of one address under way, live streams with them
BODY_SECONDS = 20.0  # to send them in
LIST_LIMIT = 8 * 1024 * 1024  # bytes of a list that is sent in
LIST_SECONDS = 120.0
LISTS = frozenset({"/runs", "/api/v1/lists"})  # where lists go: read by the route, after it was seen who asks
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with none at all, browsers send forms from the origin "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "cache-control": "no-store",
}
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class _TooMuch(Exception):
    pass


class Tally:
    """Answers by status and how long they took."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.buckets: Counter[float] = Counter()
        self.seconds = 0.0

    def note(self, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        self.seconds += seconds
        for bound in BOUNDS:
            self.buckets[bound] += seconds <= bound


class Shell:
    """ASGI middleware; pure, so that streams stay streams.

    hosts: names it answers to, () for any. strict: tell browsers to come over TLS only.
    """

    def __init__(self, app: ASGIApp, tally: Tally, hosts: tuple[str, ...] = (), strict: bool = False) -> None:
        self.app, self.tally, self.hosts = app, tally, frozenset(hosts)
        self._under_way: Counter[str] = Counter()
        self.headers = HEADERS | ({"strict-transport-security": "max-age=31536000"} if strict else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        client = (scope.get("client") or ("?",))[0]
        self._under_way[client] += 1
        try:
            await self._answer(scope, receive, send, crowded=self._under_way[client] > AT_ONCE)
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]

    async def _answer(self, scope: Scope, receive: Receive, send: Send, *, crowded: bool) -> None:
        started = time.monotonic()

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                added = [(n.encode(), v.encode()) for n, v in self.headers.items() if n.encode() not in own]
                message = {**message, "headers": [*message["headers"], *added]}
                self.tally.note(message["status"], time.monotonic() - started)
            await send(message)

        if crowded:
            await _plain(headed, 429, "too_many", "Too many requests of this address are under way; end some first.")
            return
        headers = {name: value for name, value in scope["headers"]}
        host = headers.get(b"host", b"").decode("latin-1")
        if self.hosts and _name(host) not in self.hosts:
            await _plain(headed, 421, "misdirected", "This server does not answer to that name.")
            return
        length = headers.get(b"content-length", b"0")
        large = scope["path"] in LISTS and scope["method"] == "POST"
        limit = LIST_LIMIT if large else BODY_LIMIT
        if not length.isdigit() or int(length) > limit:
            await _plain(headed, 413, "too_large", f"A request may have {limit // 1024} kB.")
            return
        if large:
            receive = _counted(receive)
        elif scope["method"] not in ("GET", "HEAD"):
            try:
                receive = _again(await asyncio.wait_for(_body(receive), BODY_SECONDS), receive)
            except _TooMuch:
                await _plain(headed, 413, "too_large", f"A request may have {BODY_LIMIT // 1024} kB.")
                return
            except TimeoutError:
                await _plain(headed, 408, "slow", "The request was not sent in time.")
                return
        await self.app(scope, receive, headed)


async def _body(receive: Receive) -> bytes:
    """The whole body, which is small by the limit. Raises _TooMuch."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > BODY_LIMIT:
            raise _TooMuch
        if not message.get("more_body", False):
            return body


def _counted(receive: Receive) -> Receive:
    """Passes a list on piece by piece. Raises Refused when it is too long or too slow."""
    size, end = 0, time.monotonic() + LIST_SECONDS

    async def counted() -> Message:
        nonlocal size
        if size < 0:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), max(0.01, end - time.monotonic()))
        except TimeoutError:
            raise Refused(408, "slow", "The list was not sent in time.") from None
        size += len(message.get("body", b""))
        if size > LIST_LIMIT:
            raise Refused(413, "too_large", f"A list may have {LIST_LIMIT // 1024**2} MB; send it in parts.")
        if not message.get("more_body", False):
            size = -1  # whole: what comes now is the client going away
        return message

    return counted


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read already, then what else comes."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _name(host: str) -> str:
    """A Host header without its port."""
    return host.partition("]")[0].strip("[") if host.startswith("[") else host.partition(":")[0].lower()


async def _plain(send: Send, status: int, code: str, detail: str) -> None:
    body = json.dumps({"type": "about:blank", "title": code, "status": status, "detail": detail, "code": code}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": body})
