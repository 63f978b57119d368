"""What whoever starts the server decides; no form and no API call changes any of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from prober.app.check import CheckOptions

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class ServeOptions:
    """check: how every case is made (folder of cases, exit, private addresses, timeouts).

    jobs: cases side by side. waiting: submissions held before more are refused.
    host_cases: cases of one host that may be asked for in an hour, by all users together. browser, sandbox: which browser.
    token: bearer of the API, '' draws one. public: the address under which people reach the server through a proxy,
    e.g. https://prober.example; such a proxy is believed about whom it speaks for. case_seconds: real time after which a case counts as hung.
    queue: postgresql://…: checks and runs are only enqueued, `prober worker`s do them.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    check: CheckOptions = field(default_factory=CheckOptions)
    jobs: int = 2
    waiting: int = 500
    host_cases: int = 30
    browser: str = ""
    sandbox: bool = True
    token: str = ""
    public: str = ""
    case_seconds: float = 600.0
    queue: str = ""

    @property
    def output(self) -> Path:
        """Where case folders are."""
        return self.check.output

    @property
    def public_host(self) -> tuple[str, ...]:
        """The name under which a proxy is reached, () without one."""
        name = urlsplit(self.public).hostname
        return (name,) if name else ()

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK
