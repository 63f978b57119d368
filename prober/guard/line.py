"""The way out of one visit: policy, resolver, upstream and limits in front of every connection."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Literal

from prober.guard.ledger import Failure, Ledger, Refusal
from prober.guard.limits import FailureKind, Limits, Unreachable
from prober.guard.policy import refuse_address
from prober.guard.resolver import Endpoint, Lookup, Resolver
from prober.guard.suspect import official_host
from prober.guard.upstream import UpstreamLost, parse_upstream
from prober.ports import Turn, Visit

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

LINGER = 5.0  # seconds that one direction of a connection may outlive the other


class Line:
    """Makes the connections of one visit, or writes down why not.

    ended, ended_why: set once nothing more goes out ('limit': the share is used up; 'proxy': the
    upstream proxy is lost, and the direct line is never taken instead).
    """

    def __init__(self, visit: Visit, limits: Limits, lookup: Lookup | None, turn: Turn | None = None) -> None:
        self.visit = visit
        self.limits = limits
        self.ledger = Ledger()
        self.ended: FailureKind | None = None
        self.ended_why = ""
        self.own_port = 0  # the proxy's own; never connected to
        self._upstream = parse_upstream(visit.proxy)
        self._resolver = Resolver(visit, limits, lookup)
        self._turn = turn
        self._leases: Counter[str] = Counter()
        self._open: set[asyncio.StreamWriter] = set()

    def lease(self, host: str) -> None:
        self._leases[_name(host)] += 1

    def release(self, host: str) -> None:
        name = _name(host)
        self._leases[name] -= 1
        if self._leases[name] <= 0:
            del self._leases[name]

    def protected(self, host: str) -> Literal["official", "payment"] | None:
        """Whether a host is one whose pages are never visited or posted to."""
        if self.visit.allow_private and host == self.visit.suspect_host:
            return None
        if official_host(host, self.visit.official):
            return "official"
        return "payment" if official_host(host, self.visit.payment) else None

    def failure(self, host: str) -> Failure | None:
        if self.ended is not None:
            return Failure(self.ended, self.ended_why)
        return self.ledger.failure(_name(host))

    def admit(self, open_now: int) -> None:
        """Count a connection of the browser.

        Raises:
            Unreachable: there are too many.
        """
        self.ledger.connections += 1
        if open_now > self.limits.open_connections:
            raise Unreachable("limit", "too many open connections")
        if self.ledger.connections > self.limits.total_connections:
            self.end("limit", f"the page opened more than {self.limits.total_connections} connections")

    async def connect(self, host: str, port: int, refusal: Refusal, *, plain: bool = False) -> Streams:
        """A connection to a host.

        refusal: what to write down if policy forbids it. plain: an http:// upstream takes the request itself.

        Raises:
            Unreachable: in the ledger already.
        """
        self.check(host, port, refusal)
        try:
            server, address = await self._reach(host, port, plain)
        except Unreachable as fault:
            self._record(host, fault, refusal)
            raise
        self.ledger.reached(host, port, address)
        self.keep(server[1])
        return server

    def check(self, host: str, port: int, refusal: Refusal) -> None:
        """Whether one more request to a host may go; a lease may have ended while its connection stands.

        Raises:
            Unreachable: in the ledger already.
        """
        self.ledger.requested(host, port)
        kind = self.protected(host)
        fault = None
        if self.ended is not None:
            fault = Unreachable(self.ended, self.ended_why)
        elif kind and not self._leases[host]:
            fault = Unreachable("policy", f"prober does not visit {host} (a host of the kind '{kind}')")
        if fault is not None:
            self._record(host, fault, refusal)
            raise fault

    def _record(self, host: str, fault: Unreachable, refusal: Refusal) -> None:
        self.ledger.failed(host, fault)
        if isinstance(fault, UpstreamLost):
            self.end("proxy", fault.why)
        if fault.kind == "policy":
            why = self.protected(host) or "private"
            self.ledger.refused(Refusal(refusal.url[:2000], host, refusal.port, why, fault.why, refusal.hint))

    async def _reach(self, host: str, port: int, plain: bool) -> tuple[Streams, str]:
        seconds = self.limits.connect_seconds
        if self._upstream is None:
            endpoints = await self._resolver.endpoints(host, port)
            await self._take_turn(host, tuple(address for address, _ in endpoints))
            return await self._direct(endpoints)
        self._resolver.check_name(host)
        await self._take_turn(host, ())
        # A name that the user maps goes to the proxy as that address; all others are resolved there.
        mapped = self._resolver.given(host, port)
        if plain and self.absolute_form(host):
            return await self._upstream.connect(seconds), ""
        return await self._upstream.tunnel(*(mapped or (host, port)), seconds), ""

    async def _take_turn(self, host: str, addresses: tuple[str, ...]) -> None:
        if self._turn is not None and not await self._turn.enter(host, addresses):
            raise Unreachable("limit", f"another case is at {host}")

    async def landed(self, host: str) -> None:
        """No connection asks for a turn any more."""
        turn, self._turn = self._turn, None
        if turn is not None:
            await turn.landed(host)

    async def _direct(self, endpoints: list[Endpoint]) -> tuple[Streams, str]:
        """The first address that answers; a silent one does not use up the others' time."""
        fault = Unreachable("dns", "no address")
        share = max(self.limits.connect_seconds / len(endpoints), 1.0)
        for address, port in endpoints:
            if port == self.own_port and refuse_address(address):
                raise Unreachable("policy", "the page asked prober's own proxy for itself")
            try:
                return await asyncio.wait_for(asyncio.open_connection(address, port), share), address
            except TimeoutError:
                fault = Unreachable("timeout", f"{address} port {port} does not answer")
            except OSError as error:
                fault = Unreachable("refused", f"{address} port {port}: {error.strerror or error}")
        raise fault

    def absolute_form(self, host: str) -> bool:
        """Whether plain requests to a host go on as proxy requests (to an http:// upstream)."""
        return self._upstream is not None and self._upstream.scheme == "http" and host not in self._resolver.mapped

    @property
    def upstream_credentials(self) -> tuple[str, ...]:
        """The header line that an http:// upstream wants."""
        return self._upstream.credentials if self._upstream else ()

    def keep(self, writer: asyncio.StreamWriter) -> None:
        """Have this connection cut when the line ends."""
        self._open.add(writer)

    def drop(self, writer: asyncio.StreamWriter) -> None:
        """End a connection."""
        self._open.discard(writer)
        writer.close()

    def count_up(self, size: int) -> None:
        self.ledger.bytes_up += size
        self._check_bytes()

    def count_down(self, size: int) -> None:
        self.ledger.bytes_down += size
        self._check_bytes()

    def _check_bytes(self) -> None:
        if self.ledger.bytes_up + self.ledger.bytes_down > self.limits.total_bytes:
            self.end("limit", f"the page moved more than {self.limits.total_bytes / 1e6:g} MB")
            raise Unreachable("limit", self.ended_why)

    def end(self, kind: FailureKind, why: str) -> None:
        """Nothing more goes out; what is open is cut."""
        if self.ended is None:
            self.ended, self.ended_why = kind, why
        self.cut()

    def cut(self) -> None:
        """Cut what is open."""
        for writer in list(self._open):
            writer.transport.abort()


def _name(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()
