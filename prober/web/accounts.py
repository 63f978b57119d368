"""Coming in and going out: one-time link, log-in, one's own account, and the audit log for administrators."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from prober.errors import UsageError
from prober.models.people import Role, User
from prober.reporting.text import defang, harmless
from prober.web.access import COOKIE, SESSION_SECONDS, cookie_name, limit, refuse_foreign, secure
from prober.web.pages import page_of, rendered
from prober.web.problems import Refused
from prober.web.roles import least, public
from prober.web.site import asker, site_of
from prober.web.words import Phrases, language

router = APIRouter(include_in_schema=False)
Result = TypeVar("Result")
HASHING = ThreadPoolExecutor(2, "passwords")  # one takes 64 MB and a tenth of a second
WAITING = 16  # log-ins that may stand before it
DEEDS = 50  # lines of a page of the audit log
_waiting = [0]


@router.get("/enter")
@public
async def enter(request: Request, key: str = "") -> Response:
    """Use a one-time link."""
    access = site_of(request).access
    if access.session(request.cookies.get(cookie_name(request), "")):
        return RedirectResponse("/", 303)
    cookie = access.enter(key)
    if cookie is None:
        if access.people.any():
            return RedirectResponse("/login", 303)
        raise Refused(401, "link_used", "This link was used or is too old; the terminal shows a new one.")
    return _let_in(request, cookie, "/")


@router.get("/login")
@public
async def login_page(request: Request) -> Response:
    """Ask for name and password."""
    access = site_of(request).access
    if access.session(request.cookies.get(cookie_name(request), "")):
        return RedirectResponse("/", 303)
    if not access.people.any():
        raise Refused(401, "no_session", "This server has no users; open the link that it printed at its start.")
    return _login_page(request)


def _login_page(request: Request, name: str = "", fault: str = "", status: int = 200) -> Response:
    """The form carries a token of its own, so that nobody can be signed in from another site as somebody else."""
    token = secrets.token_urlsafe(24)
    onward = request.query_params.get("next", "")
    answer = page_of(request, "login.html.j2", status, name=name[:64], fault=fault, token=token, onward=_local(onward))
    answer.set_cookie(_form_cookie(request), token, 3600, httponly=True, samesite="strict", secure=secure(request))
    return answer


@router.post("/login")
@public
async def login(request: Request) -> Response:
    """Let in whoever knows a name and its password."""
    refuse_foreign(request)
    form = await request.form(max_files=0, max_fields=20)
    name, password, token = (str(form.get(field, "")) for field in ("name", "password", "token"))
    kept = request.cookies.get(_form_cookie(request), "")
    if not kept or not secrets.compare_digest(kept.encode(), token.encode()):
        return _login_page(request, name, "stale", 403)
    user = await _signed_in(request, name.strip(), password)
    if user is None:
        return _login_page(request, name, "wrong", 401)
    site = site_of(request)
    site.access.leave(request.cookies.get(cookie_name(request), ""))
    cookie = site.access.people.open_session(user)
    site.deeds.note(user.name, "signed in", "", "", _address(request))
    answer = _let_in(request, cookie, _local(str(form.get("next", ""))))
    answer.delete_cookie(_form_cookie(request), secure=secure(request), httponly=True, samesite="strict")
    return answer


async def _signed_in(request: Request, name: str, password: str) -> User | None:
    """The user; guesses at a name are slowed from each address, and less strictly from all together."""
    site, address = site_of(request), _address(request)
    limit(site.access.guesses, f"{name.casefold()[:64]} from {address}")
    limit(site.access.entries, f"user {name.casefold()[:64]}")
    user = await _hashing(site.access.people.sign_in, name, password)
    if user is None:  # an unknown name may be a password in the wrong field: it is not written down
        known = {one.name for one in site.access.people.all()}
        site.deeds.note(name.casefold() if name.casefold() in known else "?", "sign-in failed", "", "", address)
    return user


async def _hashing(work: Callable[..., Result], *given: Any, **named: Any) -> Result:
    """Work on passwords in a thread, a few at a time. Raises Refused (429) where too many wait."""
    if _waiting[0] >= WAITING:
        raise Refused(429, "too_many", "Too many people sign in just now; wait a moment.", retry_after=5)
    _waiting[0] += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(HASHING, partial(work, *given, **named))
    finally:
        _waiting[0] -= 1


@router.post("/leave")
@least(Role.VIEWER)
async def leave(request: Request) -> Response:
    """End the session, and what the browser keeps of the pages."""
    site, who = site_of(request), asker(request)
    site.access.leave(request.cookies.get(cookie_name(request), ""))
    if who.user:
        site.note(who, "signed out")
    request.state.principal = None
    html = rendered(request, "error.html.j2", status=200, code="left", detail="", sign_in=who.user)
    answer = Response(html, media_type="text/html; charset=utf-8", headers={"Clear-Site-Data": '"cache"'})
    answer.delete_cookie(cookie_name(request), secure=secure(request), httponly=True, samesite="lax")
    return answer


@router.get("/account")
@least(Role.VIEWER)
async def account(request: Request) -> Response:
    """Who one is here, and one's tokens."""
    return _account(request)


def _account(request: Request, fault: str = "", done: bool = False, status: int = 200) -> Response:
    site, who = site_of(request), asker(request)
    tokens = site.access.people.tokens(who.name) if who.user else ()
    team = next((holder.removeprefix("team:") for holder in who.holders if holder.startswith("team:")), "")
    return page_of(request, "account.html.j2", status, tokens=tokens, team=team, fault=fault, done=done)


@router.post("/account/password")
@least(Role.VIEWER)
async def change_password(request: Request) -> Response:
    """A new password; every other session of the user ends."""
    site, who = site_of(request), asker(request)
    form = await request.form(max_files=0, max_fields=20)
    old, new, again = (str(form.get(field, "")) for field in ("old", "new", "again"))
    if not who.user:
        raise Refused(403, "no_user", "Whoever came in by the link has no password.")
    if new != again:
        return _account(request, "differ", status=422)
    if await _signed_in(request, who.name, old) is None:
        return _account(request, "wrong", status=422)
    try:
        user = await _hashing(site.access.people.change, who.name, password=new)
    except UsageError as error:
        return _account(request, error.message, status=422)
    site.note(who, "password changed", who.name)
    if request.cookies.get(cookie_name(request)):
        return _let_in(request, site.access.people.open_session(user), "/account?done=1")
    return RedirectResponse("/account?done=1", 303)


@router.get("/audit")
@least(Role.ADMIN)
async def audit(request: Request) -> Response:
    """Who did what, the newest first."""
    site, given = site_of(request), request.query_params
    number = given.get("page", "1")
    at = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 1
    who, what = given.get("who", "")[:80], given.get("what", "")[:40]
    lines, total = await asyncio.to_thread(
        site.deeds.read, who=who, what=what, limit=DEEDS, offset=max(0, at - 1) * DEEDS
    )
    words = Phrases(language(request))
    shown = [
        {"at": f"{line.at:%Y-%m-%d %H:%M:%S}", "who": harmless(line.who, 80), "what": words.one("audit.deeds", line.what),
         "subject": harmless(line.subject, 90), "link": _link(request, line.subject), "detail": _told(line.detail),
         "address": harmless(line.address, 60)}
        for line in lines
    ]  # fmt: skip

    def link(number: int) -> str:
        return "/audit?" + urlencode({"who": who, "what": what, "page": number})

    return page_of(
        request, "audit.html.j2", lines=shown, total=total, at=at, pages=max(1, -(-total // DEEDS)), who=who, what=what,
        kinds=site.deeds.kinds(), link=link,
    )  # fmt: skip


def _told(detail: str) -> str:
    return defang(detail, 200) if "://" in detail else harmless(detail, 200)


def _link(request: Request, subject: str) -> str:
    """Where what a deed was done to can be looked at, '' where nowhere."""
    site = site_of(request)
    if site.submissions.get(subject):
        return f"/submissions/{subject}"
    return f"/cases/{subject}" if site.cases.folder(subject) else ""


def _let_in(request: Request, cookie: str, onward: str) -> Response:
    answer = RedirectResponse(onward, 303)
    answer.set_cookie(
        cookie_name(request), cookie, SESSION_SECONDS, httponly=True, samesite="lax", secure=secure(request)
    )
    return answer


def _local(onward: str) -> str:
    """A page of this server to go on to; the start for anything else."""
    plain = onward.startswith("/") and not onward.startswith(("//", "/\\")) and onward.isprintable()
    return onward if plain and "\\" not in onward and len(onward) < 500 else "/"


def _form_cookie(request: Request) -> str:
    return cookie_name(request).replace(COOKIE, "prober_form")


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"
