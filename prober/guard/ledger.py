"""What the proxy writes down: hosts with their real addresses, refusals, failures, bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from prober.guard.limits import FailureKind, Unreachable
from prober.models.case import Host

_MOST = 500  # records of one kind; a page can make as many host names as it likes


@dataclass(frozen=True)
class Refusal:
    """A connection that the guard would not make.

    why: the policy that spoke. hint: what kind of request it was, as far as the proxy can see it
    ('' inside TLS). url: as much of the address as the proxy knows.
    """

    url: str
    host: str
    port: int
    why: Literal["official", "payment", "private"]
    sentence: str
    hint: Literal["navigation", "post", "subresource", ""] = ""


@dataclass(frozen=True)
class Failure:
    """Why the latest connection to a host was not made."""

    kind: FailureKind
    why: str


@dataclass
class _Seen:
    addresses: list[str] = field(default_factory=list)
    requests: int = 0


class Ledger:
    """Kept by one proxy for one visit."""

    def __init__(self) -> None:
        self.bytes_up = 0
        self.bytes_down = 0
        self.connections = 0
        self.refusals: list[Refusal] = []
        self._hosts: dict[tuple[str, int], _Seen] = {}
        self._failures: dict[str, Failure] = {}

    def reached(self, host: str, port: int, address: str) -> None:
        """A connection to the host stands; `address` is '' where an upstream proxy resolved the name."""
        self._failures.pop(host, None)
        seen = self._seen(host, port)
        if seen and address and address not in seen.addresses:
            seen.addresses.append(address)

    def requested(self, host: str, port: int) -> None:
        """One plain request or one tunnel to the host was asked for."""
        seen = self._seen(host, port)
        if seen:
            seen.requests += 1

    def failed(self, host: str, fault: Unreachable) -> None:
        if host in self._failures or len(self._failures) < _MOST:
            self._failures[host] = Failure(fault.kind, fault.why)

    def refused(self, refusal: Refusal) -> None:
        if len(self.refusals) < _MOST and refusal not in self.refusals:
            self.refusals.append(refusal)

    def failure(self, host: str) -> Failure | None:
        return self._failures.get(host.strip("[]").rstrip(".").lower())

    def hosts(self) -> tuple[Host, ...]:
        """In the order in which they were first asked for; refused ones have no address."""
        return tuple(
            Host(name=name, port=port, addresses=tuple(seen.addresses), requests=seen.requests)
            for (name, port), seen in self._hosts.items()
        )

    def _seen(self, host: str, port: int) -> _Seen | None:
        if (host, port) not in self._hosts and len(self._hosts) >= _MOST:
            return None
        return self._hosts.setdefault((host, port), _Seen())
