"""What a probe needs from the world: a browser, and a place for evidence."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from prober.models.action import Action, Outcome
from prober.models.base import Noun
from prober.models.case import Exhibit, Host
from prober.models.page import Box, Snapshot, TextBlock


class Visit(Noun):
    """How one fresh context shows itself and what it may reach.

    profile: name of a device profile ('phone', 'desktop').
    accept_languages: most wanted first; locale: BCP 47; timezone: IANA.
    proxy: upstream proxy URL, '' for the direct line. resolve: host -> address, as curl's --resolve.
    allow_private: loopback and the suspect's own host may be reached though private.
    official, payment: host names (with all subdomains) whose pages are never visited or posted to.
    keystroke: seconds between keys, for sites that time their visitors; 0 types as fast as the browser takes it.
    allowed_hosts: the suspect's hosts, never treated as official or payment (only set with allow_private).
    """

    profile: str = "phone"
    locale: str = "ru-KZ"
    accept_languages: tuple[str, ...] = ("ru-KZ", "ru", "kk", "en")
    timezone: str = "Asia/Almaty"
    referer: str = ""
    proxy: str = ""
    resolve: dict[str, str] = {}
    allow_private: bool = False
    suspect_host: str = ""
    official: tuple[str, ...] = ()
    payment: tuple[str, ...] = ()
    virtual_time: bool = True
    keystroke: float = 0.0
    deadline: float = 60.0  # seconds of real time for the whole visit


class Traces(Noun):
    """What tells one site from another, as one visit's browser saw it. '' or empty where there was none.

    agent: the User-Agent that was sent. icon: the page's own favicon from its own host; icon_url: where it was.
    certificate: the site's TLS certificates in PEM, the site's own first; tls: protocol version.
    """

    agent: str = ""
    icon: bytes = b""
    icon_url: str = ""
    certificate: str = ""
    tls: str = ""


class Session(Protocol):
    """One fresh browser context with one current page (the newest pop-up takes its place)."""

    async def goto(self, url: str) -> Outcome:
        """Open the address; returns when the document is there or failed. Never raises for what a site does."""

    async def observe(self, patience: float = 4.0) -> Snapshot:
        """Wait until the page is quiet (at most `patience` seconds of page time), then say what is on screen."""

    async def perform(self, action: Action) -> Outcome:
        """Do it as a person's hand would; what the site makes of it is in the outcome, never an exception."""

    async def look(self, refs: tuple[str, ...], ocr: bool = True) -> tuple[TextBlock, ...]:
        """Text and QR codes in what is painted (whole page when no refs)."""

    async def picture(self, full: bool = False, sharp: bool = False) -> tuple[bytes, Box]:
        """PNG of the viewport (or the whole page), and which part of the document it shows."""

    async def dom(self) -> str:
        """The serialised documents of all frames, for the evidence."""

    async def mhtml(self) -> bytes:
        """The page with what it shows as one MHTML file; empty where the browser cannot make one at once."""

    async def traces(self) -> Traces:
        """Agent, favicon and certificate of the suspect; asks its host for nothing but the favicon."""

    def har(self) -> dict[str, Any]:
        """HAR 1.2 log entries so far (a list under 'entries', pages under 'pages')."""

    def hosts(self) -> tuple[Host, ...]:
        """What prober's own proxy connected to for this session."""


class Turn(Protocol):
    """One case's turn at hosts, so that no two cases are at one host at a time. Asked on the way to a page."""

    async def enter(self, host: str, addresses: tuple[str, ...]) -> bool:
        """Whether the case may connect to a host on its way; addresses: where it lies, () when the exit looks it up."""

    async def landed(self, host: str) -> None:
        """The case's page is at this host; what lay on the way there is free for others."""


class Browser(Protocol):
    """One browser process, shared by all probes of a run."""

    version: str
    ocr: bool
    headed: bool

    def visit(self, visit: Visit) -> AbstractAsyncContextManager[Session]:
        """A fresh context: nothing is shared with any other."""

    def at_turn(self, turn: Turn) -> Browser:
        """The same browser for one case, whose visits ask for their turn."""


class Evidence(Protocol):
    """Where exhibits go as they are taken; a crash loses at most the step in hand."""

    def add(
        self,
        kind: str,
        data: bytes,
        *,
        suffix: str,
        probe: str = "",
        step: int | None = None,
        url: str = "",
        note: str = "",
    ) -> Exhibit:
        """Store, hash and number one exhibit."""

    def keep_snapshot(self, snapshot: Snapshot) -> str:
        """Store a snapshot compressed under its hash; returns the hash."""

    def keep_har(self, probe: str, log: dict[str, Any]) -> None:
        """Append to the case's one HAR file what is new in this probe's log so far (`Session.har()`)."""
