"""Who may use the server: a one-time link opens a session, programs carry a token, everything else is denied."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import Request

from prober.web.problems import Refused

COOKIE = "prober_session"
PUBLIC = frozenset({"/enter", "/healthz", "/static/{name}"})  # every other route wants a session or a token
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION_SECONDS = 14 * 24 * 3600
LINK_SECONDS = 24 * 3600


@dataclass
class Session:
    """A person's browser. csrf: stands in every form of that session."""

    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    opened: float = field(default_factory=time.monotonic)
    name: str = field(default_factory=lambda: f"session {secrets.token_hex(3)}")


@dataclass
class Bucket:
    """So many at once, refilled evenly."""

    size: float
    per_second: float
    left: float
    at: float


class Limiter:
    """How much one client may ask in a time."""

    def __init__(self, size: float, per_second: float) -> None:
        self.size, self.per_second = size, per_second
        self._buckets: dict[str, Bucket] = {}

    def take(self, client: str) -> float:
        """Seconds to wait, 0 when it may go on."""
        now = time.monotonic()
        if len(self._buckets) > 10_000:
            self._buckets = {name: b for name, b in self._buckets.items() if now - b.at < 60}
        bucket = self._buckets.setdefault(client, Bucket(self.size, self.per_second, self.size, now))
        bucket.left = min(bucket.size, bucket.left + (now - bucket.at) * bucket.per_second)
        bucket.at = now
        if bucket.left < 1:
            return (1 - bucket.left) / bucket.per_second
        bucket.left -= 1
        return 0.0


class Access:
    """Sessions, one-time links and the token; kept in memory, so a restart asks for a new link."""

    def __init__(self, token: str, link_used: Callable[[], None] = lambda: None) -> None:
        self.token = token or secrets.token_urlsafe(24)
        self._sessions: dict[str, Session] = {}
        self._links: dict[str, float] = {}
        self._link_used = link_used
        self.requests = Limiter(600, 20)
        self.submits = Limiter(30, 0.5)
        self.entries = Limiter(10, 0.2)

    def new_link(self) -> str:
        """The key of a link that opens one session."""
        key = secrets.token_urlsafe(24)
        self._links[_digest(key)] = time.monotonic()
        return key

    def enter(self, key: str) -> str | None:
        """A new session's cookie for a one-time key, None when it was used, is too old or never was."""
        made = self._links.pop(_digest(key), None)
        if made is None or time.monotonic() - made > LINK_SECONDS:
            return None
        cookie = secrets.token_urlsafe(32)
        self._sessions[_digest(cookie)] = Session()
        self._link_used()
        return cookie

    def session(self, cookie: str) -> Session | None:
        """The session of a cookie."""
        found = self._sessions.get(_digest(cookie)) if cookie else None
        return found if found and time.monotonic() - found.opened < SESSION_SECONDS else None

    def leave(self, cookie: str) -> None:
        """End a session."""
        self._sessions.pop(_digest(cookie), None)

    def bears(self, header: str) -> bool:
        """Whether an Authorization header carries the token."""
        scheme, _, token = header.partition(" ")
        return scheme.lower() == "bearer" and secrets.compare_digest(token.strip().encode(), self.token.encode())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


async def guard(request: Request) -> None:
    """Stands before every route. Raises Refused: 401 without a session, 403 without its token in a form, 429."""
    access: Access = request.app.state.site.access
    address = request.client.host if request.client else "?"
    path = getattr(request.scope.get("route"), "path", "")
    if path == "/enter":
        _limit(access.entries, address)
    if path in PUBLIC:
        return
    session = access.session(request.cookies.get(COOKIE, ""))
    bearer = access.bears(request.headers.get("authorization", ""))
    if session is None and not bearer:
        _limit(access.requests, address)
        raise Refused(401, "no_session", "Open the link that prober serve printed, or send its token as a bearer.")
    request.state.session = session
    request.state.who = session.name if session else "token"
    _limit(access.requests, request.state.who)
    if request.method in SAFE:
        return
    if not bearer:
        await _same_origin(request, session)
    if request.url.path.rstrip("/").endswith("submissions"):
        _limit(access.submits, request.state.who)


async def _same_origin(request: Request, session: Session | None) -> None:
    """A changing request out of a browser must come from our own page, with the session's token."""
    origin = request.headers.get("origin", "")
    if origin and origin.partition("://")[2] != request.headers.get("host", ""):
        raise Refused(403, "cross_site", "This request came from another site and was not carried out.")
    sent = request.headers.get("x-csrf-token", "")
    kind = request.headers.get("content-type", "")
    if not sent and kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        form = await request.form(max_files=0, max_fields=20)
        sent = str(form.get("csrf", ""))
    if session is None or not secrets.compare_digest(sent.encode(), session.csrf.encode()):
        raise Refused(403, "csrf", "The page was too old to be sent from. Open it again and repeat.")


def _limit(limiter: Limiter, client: str) -> None:
    wait = limiter.take(client)
    if wait:
        raise Refused(429, "too_many", "Too many requests; wait a moment.", retry_after=wait)
