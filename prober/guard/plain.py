"""Plain http:// requests of the browser: each read to its end and checked, answers passed as they are."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Literal

from prober.guard.http1 import RequestHead, body_length, read_head, render_head, split_target
from prober.guard.ledger import Refusal
from prober.guard.limits import Unreachable
from prober.guard.line import LINGER, Line, Streams
from prober.guard.policy import is_localhost, literal
from prober.guard.relay import pump, pump_body

_FIRST_READ = 128 * 1024  # bytes; holds the first line, as servers write it in one piece


class PlainConnection:
    """One browser connection that carries http:// requests, tied to one host at a time.

    Requests are read to their end, so that each can be checked; answers pass as they are.
    """

    def __init__(self, line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._line = line
        self._reader = reader
        self._writer = writer
        self._where: tuple[str, int] | None = None
        self._server: Streams | None = None
        self._answers: asyncio.Task[None] | None = None

    async def serve(self, first: RequestHead) -> None:
        head: RequestHead | None = first
        try:
            while head is not None:
                await self._request(head)
                head = await read_head(self._reader)
            if self._answers is not None:  # the browser is done speaking, not listening
                await asyncio.wait((self._answers,), timeout=LINGER)
        finally:
            await self._let_go()

    async def _request(self, head: RequestHead) -> None:
        host, port, path = split_target(head.target)
        line = self._line
        refusal = Refusal(head.target, host, port, "private", "", _hint(head))
        if (host, port) == self._where and self._answers is not None and not self._answers.done():
            line.check(host, port, refusal)
        else:
            await self._let_go()
            self._server = await line.connect(host, port, refusal, plain=True)
            self._where = (host, port)
            self._answers = asyncio.create_task(self._answer(self._server[0], line.absolute_form(host)))
        assert self._server is not None
        writer = self._server[1]
        onward = line.absolute_form(host)
        target = f"http://{_authority(host, port)}{path}" if onward else path
        # Browsers tell client hints to secure origins only; the override that mends them knows no such rule.
        drop = () if _trustworthy(host) else ("sec-ch-ua",)
        raw = render_head(head, target, drop=drop, add=line.upstream_credentials if onward else ())
        line.count_up(len(raw))
        writer.write(raw)
        if head.get("upgrade"):  # no more requests after this one: bytes both ways
            await pump(self._reader, writer, line.count_up)
        else:
            await pump_body(self._reader, writer, body_length(head), line.count_up)
            await writer.drain()

    async def _answer(self, server: asyncio.StreamReader, from_upstream: bool) -> None:
        """Pass answers until the server ends, then end the browser's side: it opens a new one if it wants."""
        with contextlib.suppress(OSError, Unreachable):  # the page sees a broken connection, the ledger has the rest
            if from_upstream:
                await self._refuse_upstreams_own_words(server)
            await pump(server, self._writer, self._line.count_down)
        self._writer.close()

    async def _refuse_upstreams_own_words(self, server: asyncio.StreamReader) -> None:
        """An upstream that wants a password is lost, not a page that answers 407."""
        start = await server.read(_FIRST_READ)
        if start[9:12] == b"407":
            self._line.end("proxy", "the upstream proxy does not accept the user name and password")
        self._line.count_down(len(start))
        self._writer.write(start)

    async def _let_go(self) -> None:
        if self._answers is not None:
            self._answers.cancel()
            await asyncio.gather(self._answers, return_exceptions=True)
        if self._server is not None:
            self._line.drop(self._server[1])
        self._server = self._answers = self._where = None


def _authority(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port == 80 else f"{shown}:{port}"


def _hint(head: RequestHead) -> Literal["navigation", "post", "subresource", ""]:
    if head.method not in ("GET", "HEAD"):
        return "post"
    return "navigation" if head.get("upgrade-insecure-requests") else "subresource"


def _trustworthy(host: str) -> bool:
    """Whether browsers treat plain http to this host as secure (loopback only)."""
    if is_localhost(host):
        return True
    try:
        address = literal(host)
    except ValueError:
        return False
    return address is not None and address.is_loopback
