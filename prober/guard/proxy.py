"""The only way out for the browser: a proxy on loopback, one per visit, that checks before it connects."""

from __future__ import annotations

import asyncio
from typing import Literal

from prober.guard.http1 import HEAD_LIMIT, BadRequest, RequestHead, read_head, split_authority
from prober.guard.ledger import Failure, Refusal
from prober.guard.limits import FailureKind, Limits, Unreachable
from prober.guard.line import LINGER, Line
from prober.guard.plain import PlainConnection
from prober.guard.relay import join
from prober.guard.resolver import Lookup
from prober.models.case import Host
from prober.ports import Turn, Visit

_GRACE = 15.0  # seconds beyond the visit's deadline before the line is cut


class GuardProxy:
    """An HTTP and CONNECT proxy with the address policy of one visit.

    Use as `async with GuardProxy(visit) as proxy:` and give the browser `proxy.url`. Names are resolved
    here, every answer is checked, and the connection goes to the checked address. What it refuses or
    cannot reach is closed without an answer (plain) or refused (tunnels) and written down.

    turn: asked before each connection until `landed`.
    lookup: another resolver than the system's, for tests; it is called in a thread of its own.

    Raises:
        UsageError: the visit names an upstream proxy that is none.
    """

    def __init__(
        self, visit: Visit, *, limits: Limits | None = None, lookup: Lookup | None = None, turn: Turn | None = None
    ) -> None:
        self.visit = visit
        self._limits = limits or Limits()
        self._line = Line(visit, self._limits, lookup, turn)
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def url(self) -> str:
        """Where the browser finds this proxy."""
        return f"http://127.0.0.1:{self._line.own_port}"

    async def start(self) -> GuardProxy:
        """Listen on a free port of loopback."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=HEAD_LIMIT, backlog=512)
        self._line.own_port = self._server.sockets[0].getsockname()[1]
        seconds = self._limits.total_seconds or self.visit.deadline + _GRACE
        self._timer = asyncio.get_running_loop().call_later(
            seconds, self._line.end, "limit", f"the visit took longer than {seconds:g} seconds"
        )
        return self

    async def close(self) -> None:
        """Cut all connections now; nothing of this proxy runs afterwards."""
        if self._timer is not None:
            self._timer.cancel()
        if self._server is not None:
            self._server.close()
        self._line.cut()
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def __aenter__(self) -> GuardProxy:
        return await self.start()

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    def lease(self, host: str) -> None:
        """Let plain sub-resources be fetched from an official or payment host until `release`."""
        self._line.lease(host)

    def release(self, host: str) -> None:
        """The sub-resource is fetched; new requests to its host are refused again."""
        self._line.release(host)

    async def landed(self, host: str) -> None:
        """The page is there: what is fetched from now on belongs to it, and asks for no turn of its own."""
        await self._line.landed(host)

    def protected(self, host: str) -> Literal["official", "payment"] | None:
        """Whether a host is one whose pages are never visited or posted to."""
        return self._line.protected(host)

    def hosts(self) -> tuple[Host, ...]:
        """What was asked for and the addresses that were connected to, in order."""
        return self._line.ledger.hosts()

    def failure(self, host: str) -> Failure | None:
        """Why the latest connection to a host was not made; None when it was, or was never asked for."""
        return self._line.failure(host)

    def last_failure(self, host: str) -> FailureKind | Literal[""]:
        """The failure in one word, '' for none."""
        failure = self.failure(host)
        return failure.kind if failure else ""

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What the policy forbade, in order."""
        return tuple(self._line.ledger.refusals)

    @property
    def ended(self) -> FailureKind | None:
        """Why nothing more goes out: 'limit', or 'proxy' when the upstream is lost; None while it works."""
        return self._line.ended

    @property
    def bytes_total(self) -> int:
        """Bytes in both directions so far."""
        return self._line.ledger.bytes_up + self._line.ledger.bytes_down

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._line.keep(writer)
        try:
            self._line.admit(len(self._tasks))
            await self._serve(reader, writer)
        except (Unreachable, BadRequest, OSError, TimeoutError, ValueError, asyncio.IncompleteReadError):
            writer.transport.abort()  # the reason is in the ledger; a made-up answer would look like the site's
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            self._tasks.discard(task)
            self._line.drop(writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await asyncio.wait_for(read_head(reader), self._limits.idle_seconds)
        if head is None:
            return
        if head.method == "CONNECT":
            await self._tunnel(head, reader, writer)
        else:
            await PlainConnection(self._line, reader, writer).serve(head)

    async def _tunnel(self, head: RequestHead, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = split_authority(head.target, 443)
        url = f"{'http' if port == 80 else 'https'}://{head.target.removesuffix(':443').removesuffix(':80')}/"
        try:
            server = await self._line.connect(host, port, Refusal(url, host, port, "private", ""))
        except Unreachable as fault:
            status = "403 Forbidden" if fault.kind == "policy" else "502 Bad Gateway"
            writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()
            return
        try:
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            await join((reader, writer), server, self._line.count_up, self._line.count_down, LINGER)
        finally:
            self._line.drop(server[1])
