"""Who may use the server: users with sessions and tokens, or without any the one-time link; all else is denied."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

from fastapi import Request

from prober.models.people import Role, User
from prober.store.access.people import PREFIX, People, digest
from prober.web.problems import Refused
from prober.web.roles import Principal, least_of

COOKIE = "prober_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION_SECONDS = 14 * 24 * 3600
LINK_SECONDS = 24 * 3600
STREAM_SECONDS = 30.0  # between two looks whether who watches is still let in


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
    """Who is let in. Without any user: whoever opens the printed link or bears the printed token, as administrator.

    With users those two open nothing, but a token that was given at the start does. Links and their sessions are kept
    in memory, so a restart asks for a new link; users' sessions are in the database.
    """

    def __init__(self, token: str, people: People, link_used: Callable[[], None] = lambda: None) -> None:
        self.people = people
        self.token = token or secrets.token_urlsafe(24)
        self._given = bool(token)
        self._sessions: dict[str, Session] = {}
        self._links: dict[str, float] = {}
        self._link_used = link_used
        self.requests = Limiter(600, 20)
        self.submits = Limiter(30, 0.5)
        self.entries = Limiter(10, 0.2)
        self.guesses = Limiter(8, 1 / 60)

    def new_link(self) -> str:
        """The key of a link that opens one session."""
        key = secrets.token_urlsafe(24)
        self._links[digest(key)] = time.monotonic()
        return key

    def enter(self, key: str) -> str | None:
        """A new session's cookie for a one-time key, None when it was used, is too old or never was."""
        made = self._links.pop(digest(key), None)
        if made is None or time.monotonic() - made > LINK_SECONDS or self.people.any():
            return None
        cookie = secrets.token_urlsafe(32)
        self._sessions[digest(cookie)] = Session()
        self._link_used()
        return cookie

    def session(self, cookie: str) -> Principal | None:
        """Whose session a cookie is."""
        if not cookie:
            return None
        if found := self._sessions.get(digest(cookie)):
            if time.monotonic() - found.opened >= SESSION_SECONDS or self.people.any():
                return None
            return Principal(found.name, found.name, Role.ADMIN, csrf=found.csrf)
        kept = self.people.session(cookie)
        return principal_of(kept[0], kept[1]) if kept else None

    def leave(self, cookie: str) -> None:
        """End a session."""
        if cookie and self._sessions.pop(digest(cookie), None) is None:
            self.people.close_session(cookie)

    def bearer(self, header: str) -> Principal | None:
        """Whose token an Authorization header carries."""
        scheme, _, token = header.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            return None
        if secrets.compare_digest(token.encode(), self.token.encode()) and (self._given or not self.people.any()):
            return Principal("server token", "server token", Role.ADMIN)
        user = self.people.bearer(token) if token.startswith(PREFIX) else None
        return principal_of(user) if user else None


def principal_of(user: User, csrf: str = "") -> Principal:
    """A user as who asks."""
    return Principal(user.name, user.shown, user.role, user.holders, csrf, user=True)


def secure(request: Request) -> bool:
    """Whether the reader's browser speaks TLS, to us or to the proxy before us."""
    public: str = request.app.state.site.options.public
    return request.url.scheme == "https" or public.startswith("https://")


def cookie_name(request: Request) -> str:
    """The name of the session's cookie; over TLS one that no other host and no plain page can set."""
    return f"__Host-{COOKIE}" if secure(request) else COOKIE


async def guard(request: Request) -> None:
    """Stands before every route.

    Raises Refused: 401 for nobody known, 403 for a role that is too small, a route that declares none or a form
    without its session's token, 429.
    """
    access: Access = request.app.state.site.access
    address = request.client.host if request.client else "?"
    least = least_of(request.scope.get("endpoint"))
    if request.url.path == "/enter" or (request.url.path == "/login" and request.method == "POST"):
        limit(access.entries, address)
    if least == "public":
        return
    bearer = access.bearer(request.headers.get("authorization", ""))
    who = bearer or access.session(request.cookies.get(cookie_name(request), ""))
    if who is None:
        limit(access.requests, address)
        if access.people.any():
            raise Refused(401, "sign_in", "Sign in, or send a token as a bearer.")
        raise Refused(401, "no_session", "Open the link that prober serve printed, or send its token as a bearer.")
    who = replace(who, address=address)
    request.state.principal, request.state.who = who, who.name
    limit(access.requests, who.name)
    if least is None or not who.may(least):
        raise Refused(403, "role", f"This is for {least or 'nobody: the route declares no role'}; you are {who.role}.")
    if request.method in SAFE:
        return
    if bearer is None:
        await _same_origin(request, who)
    if request.url.path.rstrip("/").endswith(("submissions", "/lists", "/runs", "/again")):
        limit(access.submits, who.name)


async def _same_origin(request: Request, who: Principal) -> None:
    """A changing request out of a browser must come from our own page, with the session's token."""
    refuse_foreign(request)
    sent = request.headers.get("x-csrf-token", "")
    kind = request.headers.get("content-type", "")
    if not sent and kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        form = await request.form(max_files=int(request.url.path == "/runs"), max_fields=20)
        sent = str(form.get("csrf", ""))
    if not secrets.compare_digest(sent.encode(), who.csrf.encode()):
        raise Refused(403, "csrf", "The page was too old to be sent from. Open it again and repeat.")


async def while_allowed(request: Request, pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """Pieces of a live stream as long as whoever asked for it may come in, looked at every half a minute."""
    access: Access = request.app.state.site.access
    asked = time.monotonic()
    async for piece in pieces:
        if time.monotonic() - asked > STREAM_SECONDS:
            bearer = access.bearer(request.headers.get("authorization", ""))
            if not (bearer or access.session(request.cookies.get(cookie_name(request), ""))):
                return
            asked = time.monotonic()
        yield piece


def refuse_foreign(request: Request) -> None:
    """Raises Refused when a browser says that another site sent this."""
    origin, place = request.headers.get("origin", ""), request.headers.get("sec-fetch-site", "same-origin")
    own = {request.headers.get("host", ""), request.app.state.site.options.public.partition("://")[2]}
    if (origin and origin.partition("://")[2] not in own) or place not in ("same-origin", "none"):
        raise Refused(403, "cross_site", "This request came from another site and was not carried out.")


def limit(limiter: Limiter, client: str) -> None:
    """Raises Refused (429) when a client asks too often."""
    wait = limiter.take(client)
    if wait:
        raise Refused(429, "too_many", "Too many requests; wait a moment.", retry_after=wait)
