"""How much one visit may take from the network, and the words for what went wrong."""

from __future__ import annotations

from typing import Literal

from prober.models.base import Noun

FailureKind = Literal["dns", "refused", "timeout", "policy", "proxy", "limit"]


class Limits(Noun):
    """What one visit may use. Bytes count both directions; seconds are real time.

    total_seconds None: the visit's own deadline and a little more.
    """

    total_bytes: int = 150_000_000
    open_connections: int = 200
    total_connections: int = 3000
    connect_seconds: float = 10.0
    resolve_seconds: float = 8.0
    idle_seconds: float = 75.0
    total_seconds: float | None = None


class Unreachable(Exception):
    """A connection that the guard did not make; always caught inside the proxy and recorded.

    kind: 'dns' no address; 'refused' nobody listens or no route; 'timeout'; 'policy' prober must not;
    'proxy' the upstream proxy is lost or refuses; 'limit' the visit used up its share.
    """

    def __init__(self, kind: FailureKind, why: str) -> None:
        super().__init__(why)
        self.kind: FailureKind = kind
        self.why = why
