"""Serves the practice sites on loopback, one host name each, and records everything they receive."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import parse_qs

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from prober.errors import UsageError
from prober.lab.catalogue import all_sites
from prober.lab.index import index_page
from prober.lab.site import Site

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Received:
    """One request, or one WebSocket message, as it reached the lab.

    Attributes:
        at: when, UTC.
        site: the name of the site, '' for the index and unknown hosts.
        host: the Host header without its port.
        method: the HTTP method; 'WEBSOCKET' for the opening of one, 'MESSAGE' for a message on it.
        path: the path, decoded.
        query: the raw query string.
        headers: as sent, names in lower case.
        body: the whole body, or the message.
        connection: address and port of the client's end.
    """

    at: datetime
    site: str
    host: str
    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    connection: tuple[str, int] | None

    @property
    def form(self) -> dict[str, str]:
        """The body read as a URL-encoded form, the last value of each field."""
        return {name: values[-1] for name, values in parse_qs(self.body.decode("utf-8", "replace")).items()}


@dataclass
class Lab:
    """The practice sites behind one ASGI application; `log` holds what they received, oldest first."""

    sites: tuple[Site, ...]
    port: int = 80
    log: list[Received] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._apps: dict[str, ASGIApp] = {site.name: site.build() for site in self.sites}

    def url(self, name: str) -> str:
        """The link that a victim of the site gets."""
        return self.origin(name) + self.site(name).entry

    def origin(self, name: str, suffix: str = "") -> str:
        """Scheme, host and port of a site, or of its other host with that suffix."""
        host = f"{name}--{suffix}" if suffix else name
        return f"http://{host}.localhost:{self.port}"

    def site(self, name: str) -> Site:
        """The site of that name, UsageError where there is none."""
        for site in self.sites:
            if site.name == name:
                return site
        raise UsageError(f"There is no practice site {name!r}; `prober lab` lists those there are.")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands a request to the site that its Host header names."""
        if scope["type"] == "lifespan":
            raise RuntimeError("The lab's sites have no lifespan events.")
        host = _host(scope)
        name = host.removesuffix(".localhost").split("--")[0]
        app = self._apps.get(name) if host.endswith(".localhost") else None
        if scope["type"] == "websocket":
            self._note(scope, name, host, "WEBSOCKET", b"")
            await (app or _no_such_site)(scope, self._noting(scope, name, host, receive), send)
            return
        body = await _read(receive)
        self._note(scope, name if app else "", host, scope["method"], body)
        if app is None and host in ("localhost", LOOPBACK):
            app = index_page(self.sites, self.port)
        await (app or _no_such_site)(scope, _replaying(body, receive), send)

    def _note(self, scope: Scope, name: str, host: str, method: str, body: bytes) -> None:
        headers = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in scope["headers"])
        query = scope["query_string"].decode("latin-1")
        client = scope.get("client")
        connection = tuple(client) if client else None
        now = datetime.now(UTC)
        self.log.append(Received(now, name, host, method, scope["path"], query, headers, body, connection))

    def _noting(self, scope: Scope, name: str, host: str, receive: Receive) -> Receive:
        async def noting() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                body = message.get("bytes") or (message.get("text") or "").encode()
                self._note(scope, name, host, "MESSAGE", body)
            return message

        return noting


def _host(scope: Scope) -> str:
    for key, value in scope["headers"]:
        if key == b"host":
            return str(value.decode("latin-1")).rpartition("]")[2].partition(":")[0].lower()
    return ""


async def _read(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body", False):
            return body


def _replaying(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replaying() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replaying


async def _no_such_site(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000})
        return
    await PlainTextResponse("No practice site answers at this host name.", status_code=404)(scope, receive, send)


class _Server(uvicorn.Server):
    """A uvicorn that leaves the process's signals alone and says when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.ready.set()


def _listen(port: int) -> socket.socket:
    # The protocol is named because asyncio sets TCP_NODELAY only then; without it every answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise UsageError(f"The lab cannot listen on port {port}: {error.strerror}; choose another port.") from error
    return listener


@contextlib.asynccontextmanager
async def serve(sites: Iterable[Site] | None = None, port: int = 0) -> AsyncIterator[Lab]:
    """Serves the sites (all of them by default) in this event loop, on loopback; port 0 takes a free one."""
    listener = _listen(port)
    lab = Lab(tuple(sites) if sites is not None else all_sites(), listener.getsockname()[1])
    config = uvicorn.Config(
        lab, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=1
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        ready = asyncio.create_task(server.ready.wait())
        await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        yield lab
    finally:
        server.should_exit = True
        await running
        listener.close()


class LabThread:
    """The lab in a thread with its own event loop, for code that is not asynchronous.

    with LabThread() as lab:
        open(lab.url("fine-by-plate"))
    """

    def __init__(self, sites: Iterable[Site] | None = None, port: int = 0) -> None:
        self._sites = tuple(sites) if sites is not None else None
        self._port = port
        self._started = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="lab", daemon=True)

    def __enter__(self) -> Lab:
        self._thread.start()
        self._started.wait()
        if self._failure:
            raise self._failure
        return self._lab

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._failure = error
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with serve(self._sites, self._port) as self._lab:
            self._started.set()
            await self._stop.wait()


async def run(port: int = 8008, sites: Iterable[Site] | None = None) -> None:
    """Serves the sites (all practice sites by default) and prints where, until cancelled: what `prober lab` does."""
    async with serve(sites, port) as lab:
        print(f"{len(lab.sites)} practice sites, listed at http://localhost:{lab.port}/ (Ctrl+C ends)", flush=True)
        await asyncio.Event().wait()
