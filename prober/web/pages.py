"""The pages for people: they work without script; only the live page uses a small one."""

from __future__ import annotations

import asyncio
import hashlib
import time
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from prober import __version__
from prober.catalog import all_scenarios
from prober.errors import ProberError, UsageError
from prober.reporting.messages import LANGUAGES, Words
from prober.reporting.text import defang, harmless
from prober.store.keys import load_or_make
from prober.store.reviews import add_review
from prober.web.access import COOKIE, SESSION_SECONDS
from prober.web.api import CaseId, SubmissionId, start_of, stream
from prober.web.cases import ORDER, CaseLine, CaseQuery
from prober.web.live import moment_of
from prober.web.problems import Refused, not_found, refusal_of
from prober.web.site import site_of
from prober.web.submissions import Submission, Told
from prober.web.view import verdict_view
from prober.web.words import COOKIE as LANG_COOKIE
from prober.web.words import NAMES, Phrases, language

router = APIRouter(include_in_schema=False)
STATIC = {
    "app.css": ("prober.web", "static/app.css", "text/css; charset=utf-8"),
    "live.js": ("prober.web", "static/live.js", "text/javascript; charset=utf-8"),
    "page.js": ("prober.web", "static/page.js", "text/javascript; charset=utf-8"),
    "icon.svg": ("prober.web", "static/icon.svg", "image/svg+xml"),
    "regular.woff2": ("prober.reporting", "assets/NotoSans-Regular.woff2", "font/woff2"),
    "bold.woff2": ("prober.reporting", "assets/NotoSans-Bold.woff2", "font/woff2"),
}
DECISIONS = ("confirmed", "rejected", "note")
SORTS = ("newest", "oldest", "verdict", "host", "slowest")


@router.get("/enter")
async def enter(request: Request, key: str = "") -> Response:
    """Use a one-time link."""
    access = site_of(request).access
    if access.session(request.cookies.get(COOKIE, "")):
        return RedirectResponse("/", 303)
    cookie = access.enter(key)
    if cookie is None:
        raise Refused(401, "link_used", "This link was used or is too old; the terminal shows a new one.")
    answer = RedirectResponse("/", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, cookie, SESSION_SECONDS, httponly=True, samesite="lax", secure=secure)
    return answer


@router.get("/static/{name}")
async def static(request: Request, name: str) -> Response:
    """Style, script and fonts of the pages."""
    if name not in STATIC:
        raise not_found("file")
    data, kind = _asset(name)
    return Response(data, media_type=kind, headers={"Cache-Control": "public, max-age=604800"})


@router.get("/")
async def submit_page(request: Request) -> Response:
    """Paste an address or a message."""
    return await _submit_page(request)


@router.post("/submissions")
async def submit(request: Request) -> Response:
    """Take the form."""
    form = await request.form(max_files=0, max_fields=20)
    text, scenario = str(form.get("text", "")), str(form.get("scenario", "auto")) or "auto"
    try:
        one = site_of(request).submit(text, scenario, who=request.state.who, again=bool(form.get("again")))
    except (ProberError, Refused) as error:
        refused = refusal_of(error)
        return await _submit_page(request, text=text, scenario=scenario, fault=refused.detail, status=refused.status)
    return RedirectResponse(f"/submissions/{one.id}", 303)


async def _submit_page(
    request: Request, text: str = "", scenario: str = "auto", fault: str = "", status: int = 200
) -> Response:
    site, lang = site_of(request), language(request)
    page = await asyncio.to_thread(site.cases.search, CaseQuery(size=6))
    scenarios = [(s.name, s.title.get(lang) or s.title.get("en", s.name)) for s in all_scenarios()]
    return _page(
        request, "submit.html.j2", status, text=text or request.query_params.get("text", "")[:8000], chosen=scenario,
        fault=fault, scenarios=scenarios, recent=[line_view(line) for line in page.cases],
        active=[active_view(one) for one in site.submissions.active()][:6],
    )  # fmt: skip


@router.get("/submissions/{id}")
async def live_page(request: Request, id: SubmissionId) -> Response:
    """What is happening, as it happens; leads on to the verdict."""
    one = _submission(request, id)
    if one.state == "done":
        return RedirectResponse(f"/cases/{one.case_id}", 303)
    lang = language(request)
    told = site_of(request).submissions.events(id)
    moments = [moment for event in told if (moment := moment_of(event, lang))]
    walks = [{**m, "steps": [s for s in moments if s.get("probe") == m["probe"] and s["kind"] != "probe"]}
             for m in moments if m["kind"] == "probe"]  # fmt: skip
    started = one.started_at or one.submitted_at
    return _page(
        request, "live.html.j2", one=one, url=defang(one.url, 160), walks=walks, words=Words(lang),
        lines=[m for m in moments if m["kind"] == "line"], last=told[-1].number if told else 0,
        since=round(time.time() - started.timestamp()), before=_before(request, one),
        others=[defang(other, 120) for other in one.others],
    )  # fmt: skip


@router.get("/submissions/{id}/stream")
async def live_stream(request: Request, id: SubmissionId, after: int = 0) -> StreamingResponse:
    """The live page's own events: pieces of the page, made by the same templates."""
    one, phrases = _submission(request, id), Phrases(language(request))

    def piece(told: Told) -> str:
        moment = moment_of(told, phrases.lang)
        if moment is None:
            return ""
        return _templates().get_template("piece.html.j2").render(moment=moment, t=phrases, words=Words(phrases.lang))

    last = request.headers.get("last-event-id", "")
    return stream(site_of(request), one.id, start_of(last, after), piece)


@router.post("/submissions/{id}/cancel")
async def cancel(request: Request, id: SubmissionId) -> Response:
    """Give it up."""
    one = _submission(request, id)
    site_of(request).cancel(one, request.state.who)
    return RedirectResponse(f"/submissions/{id}", 303)


@router.get("/cases")
async def cases_page(request: Request) -> Response:
    """All cases: search, filter, sort, page."""
    given = request.query_params
    text = given.get("q", "")[:200]
    sort = given.get("sort", "newest")
    number = given.get("page", "1")
    query = CaseQuery(
        text=text,
        verdict=given.get("verdict", "") if given.get("verdict", "") in ORDER else "",
        host=given.get("host", "")[:253],
        sort=sort if sort in SORTS else "newest",  # type: ignore[arg-type]
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 1,
    )
    page = await asyncio.to_thread(site_of(request).cases.search, query)
    kept = {"q": query.text, "verdict": query.verdict, "host": query.host, "sort": query.sort}

    def link(**changed: object) -> str:
        values = {name: value for name, value in {**kept, **changed}.items() if value and value != "newest"}
        return "/cases" + (f"?{urlencode(values)}" if values else "")

    return _page(
        request, "cases.html.j2", query=query, page=page, link=link, sorts=SORTS, verdicts=tuple(ORDER),
        lines=[line_view(line) for line in page.cases],
    )  # fmt: skip


@router.get("/cases/{id}")
async def case_page(request: Request, id: CaseId) -> Response:
    """The verdict with all that speaks for and against it."""
    site, lang = site_of(request), language(request)
    folder = site.cases.folder(id)
    if folder is None or not (folder / "case.json").is_file():
        raise not_found("case")
    view = await asyncio.to_thread(verdict_view, folder, lang)
    before = await asyncio.to_thread(site.cases.search, CaseQuery(host=view["host"], size=12))
    return _page(
        request, "case.html.j2", **view, history=[line_view(line) for line in before.cases if line.id != id]
    )  # fmt: skip


@router.post("/cases/{id}/reviews")
async def review(request: Request, id: CaseId) -> Response:
    """A person's decision on a case, signed with this machine's key."""
    form = await request.form(max_files=0, max_fields=20)
    decision, reviewer, text = (str(form.get(name, "")).strip() for name in ("decision", "reviewer", "text"))
    if decision not in DECISIONS or not reviewer or len(reviewer) > 80 or len(text) > 2000:
        raise UsageError("A review needs a decision and the name of who decides, and has at most 2000 characters.")
    folder = site_of(request).cases.folder(id)
    if folder is None or not (folder / "case.json").is_file():
        raise not_found("case")
    await asyncio.to_thread(_review, folder, decision, reviewer, text)
    return RedirectResponse(f"/cases/{id}#review", 303)


def _review(folder: Path, decision: str, reviewer: str, text: str) -> None:
    add_review(folder, decision, reviewer, load_or_make(), text=text)  # type: ignore[arg-type]


@router.get("/about")
async def about(request: Request) -> Response:
    """Method, limits, ethics."""
    return _page(request, "about.html.j2")


@router.post("/leave")
async def leave(request: Request) -> Response:
    """End the session."""
    site_of(request).access.leave(request.cookies.get(COOKIE, ""))
    answer = HTMLResponse(_render(request, "error.html.j2", status=200, code="left", detail=""))
    answer.delete_cookie(COOKIE)
    return answer


def failure(request: Request, refused: Refused, headers: dict[str, str]) -> Response:
    """A refusal for people."""
    html = _render(request, "error.html.j2", status=refused.status, code=refused.code, detail=refused.detail)
    return HTMLResponse(html, refused.status, headers)


def line_view(line: CaseLine) -> dict[str, Any]:
    """A case in a list, its page's text harmless."""
    return {
        "id": line.id,
        "url": defang(line.url, 90),
        "host": harmless(line.host, 80),
        "verdict": line.verdict if line.verdict in ORDER else "inconclusive",
        "obstacle": line.obstacle,
        "claim": harmless(line.claim, 40),
        "at": line.started_at[:16].replace("T", " "),
        "seconds": f"{line.seconds:.0f}",
        "scenario": line.scenario,
    }


def active_view(one: Submission) -> dict[str, str]:
    """A submission in work, in a list."""
    return {"id": one.id, "url": defang(one.url, 90), "state": one.state}


def _before(request: Request, one: Submission) -> int:
    """How many wait before it."""
    waiting = [other.id for other in site_of(request).submissions.active() if other.state == "waiting"]
    return waiting.index(one.id) if one.id in waiting else 0


def _submission(request: Request, id: str) -> Submission:
    found = site_of(request).submissions.get(id)
    if found is None:
        raise not_found("submission")
    return found


def _page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    answer = HTMLResponse(_render(request, template, **values), status)
    chosen = request.query_params.get("lang", "")
    if chosen in LANGUAGES:
        answer.set_cookie(LANG_COOKIE, chosen, 365 * 24 * 3600, httponly=True, samesite="lax")
    return answer


def _render(request: Request, template: str, **values: Any) -> str:
    lang = language(request)
    session = getattr(request.state, "session", None)
    here = request.url.path if request.method == "GET" else "/"
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in ("lang", "key")]
    found: dict[str, Any] = {
        "t": Phrases(lang), "lang": lang, "langs": NAMES, "csrf": session.csrf if session else "", "here": here,
        "lang_links": {code: f"{here}?{urlencode([*kept, ('lang', code)])}" for code in NAMES}, "inside": hasattr(request.state, "who"),
        "asset": asset_link, "version": __version__,
    }  # fmt: skip
    return _templates().get_template(template).render(**{**found, **values})


def asset_link(name: str) -> str:
    """A static file's address; it changes with the content."""
    return f"/static/{name}?v={hashlib.sha256(_asset(name)[0]).hexdigest()[:10]}"


@lru_cache(maxsize=16)
def _asset(name: str) -> tuple[bytes, str]:
    room, path, kind = STATIC[name]
    return resources.files(room).joinpath(path).read_bytes(), kind


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("prober.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
