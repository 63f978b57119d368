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
from prober.models.people import Role
from prober.reporting.messages import LANGUAGES, Words
from prober.reporting.text import defang, harmless
from prober.store.keys import load_or_make
from prober.store.reviews import add_review
from prober.web.api import CaseId, SubmissionId, pasted_by, start_of, stream
from prober.web.cases import ORDER, CaseLine, CaseQuery
from prober.web.letters import letters_view
from prober.web.live import moment_of
from prober.web.problems import Refused, not_found, refusal_of
from prober.web.roles import least, public
from prober.web.site import asker, site_of
from prober.web.submissions import Submission, Told, seen_by
from prober.web.view import verdict_view
from prober.web.words import COOKIE as LANG_COOKIE
from prober.web.words import NAMES, Phrases, language

router = APIRouter(include_in_schema=False)
STATIC = {
    "app.css": ("prober.web", "static/app.css", "text/css; charset=utf-8"),
    "live.js": ("prober.web", "static/live.js", "text/javascript; charset=utf-8"),
    "page.js": ("prober.web", "static/page.js", "text/javascript; charset=utf-8"),
    "run.js": ("prober.web", "static/run.js", "text/javascript; charset=utf-8"),
    "runs.css": ("prober.web", "static/runs.css", "text/css; charset=utf-8"),
    "icon.svg": ("prober.web", "static/icon.svg", "image/svg+xml"),
    "regular.woff2": ("prober.reporting", "assets/NotoSans-Regular.woff2", "font/woff2"),
    "bold.woff2": ("prober.reporting", "assets/NotoSans-Bold.woff2", "font/woff2"),
}
DECISIONS = ("confirmed", "rejected", "note")


@router.get("/static/{name}")
@public
async def static(request: Request, name: str) -> Response:
    """Style, script and fonts of the pages."""
    if name not in STATIC:
        raise not_found("file")
    data, kind = _asset(name)
    return Response(data, media_type=kind, headers={"Cache-Control": "public, max-age=604800"})


@router.get("/")
@least(Role.VIEWER)
async def submit_page(request: Request) -> Response:
    """Paste an address or a message; who may only read goes on to the cases."""
    if not asker(request).may(Role.ANALYST):
        return RedirectResponse("/cases", 303)
    return await _submit_page(request)


@router.post("/submissions")
@least(Role.ANALYST)
async def submit(request: Request) -> Response:
    """Take the form."""
    form = await request.form(max_files=0, max_fields=20)
    text, scenario = str(form.get("text", "")), str(form.get("scenario", "auto")) or "auto"
    try:
        one = site_of(request).submit(text, scenario, asker(request), again=bool(form.get("again")))
    except (ProberError, Refused) as error:
        refused = refusal_of(error)
        return await _submit_page(
            request, text=text, scenario=scenario, fault=why(refused, language(request)), status=refused.status
        )
    return RedirectResponse(f"/submissions/{one.id}", 303)


async def _submit_page(
    request: Request, text: str = "", scenario: str = "auto", fault: str = "", status: int = 200
) -> Response:
    site, lang, who = site_of(request), language(request), asker(request)
    page = await asyncio.to_thread(site.cases.search, CaseQuery(size=6, by=who.by))
    scenarios = [(s.name, s.title.get(lang) or s.title.get("en", s.name)) for s in all_scenarios()]
    return page_of(
        request, "submit.html.j2", status, text=text or request.query_params.get("text", "")[:8000], chosen=scenario,
        fault=fault, scenarios=scenarios, recent=[line_view(line) for line in page.cases],
        active=[active_view(one) for one in site.submissions.active() if seen_by(one, who.by)][:6],
    )  # fmt: skip


@router.get("/submissions/{id}")
@least(Role.VIEWER)
async def live_page(request: Request, id: SubmissionId) -> Response:
    """What is happening, as it happens; leads on to the verdict."""
    who = asker(request)
    one = site_of(request).submission(id, who)
    if one.state == "done":
        return RedirectResponse(f"/cases/{one.case_id}", 303)
    lang = language(request)
    told = site_of(request).submissions.events(id)
    moments = [moment for event in told if (moment := moment_of(event, lang))]
    walks = [{**m, "steps": [s for s in moments if s.get("probe") == m["probe"] and s["kind"] != "probe"]}
             for m in moments if m["kind"] == "probe"]  # fmt: skip
    started = one.started_at or one.submitted_at
    return page_of(
        request, "live.html.j2", one=one, url=defang(one.url, 160), walks=walks, words=Words(lang),
        lines=[m for m in moments if m["kind"] == "line"], last=told[-1].number if told else 0,
        since=round(time.time() - started.timestamp()), before=_before(request, one),
        others=[defang(other, 120) for other in one.others if pasted_by(one, who)],
        text=one.text if pasted_by(one, who) else one.url, may_cancel=site_of(request).may_cancel(one, who),
    )  # fmt: skip


@router.get("/submissions/{id}/stream")
@least(Role.VIEWER)
async def live_stream(request: Request, id: SubmissionId, after: int = 0) -> StreamingResponse:
    """The live page's own events: pieces of the page, made by the same templates."""
    one, phrases = site_of(request).submission(id, asker(request)), Phrases(language(request))

    def piece(told: Told) -> str:
        moment = moment_of(told, phrases.lang)
        if moment is None:
            return ""
        return templates().get_template("piece.html.j2").render(moment=moment, t=phrases, words=Words(phrases.lang))

    last = request.headers.get("last-event-id", "")
    return stream(request, one.id, start_of(last, after), piece)


@router.post("/submissions/{id}/cancel")
@least(Role.ANALYST)
async def cancel(request: Request, id: SubmissionId) -> Response:
    """Give it up."""
    site, who = site_of(request), asker(request)
    site.cancel(site.submission(id, who), who)
    return RedirectResponse(f"/submissions/{id}", 303)


@router.get("/cases/{id}")
@least(Role.VIEWER)
async def case_page(request: Request, id: CaseId) -> Response:
    """The verdict with all that speaks for and against it."""
    site, lang = site_of(request), language(request)
    folder = site.case(id, asker(request), finished=True)
    view = await asyncio.to_thread(verdict_view, folder, lang)
    letters = await asyncio.to_thread(letters_view, folder, lang)
    before = await asyncio.to_thread(site.cases.search, CaseQuery(host=view["host"], size=12, by=asker(request).by))
    return page_of(
        request, "case.html.j2", **view, letters=letters, kit=await asyncio.to_thread(_kit, request, id),
        history=[line_view(line) for line in before.cases if line.id != id],
    )  # fmt: skip


@router.post("/cases/{id}/reviews")
@least(Role.ANALYST)
async def review(request: Request, id: CaseId) -> Response:
    """A person's decision on a case, signed with this machine's key."""
    form = await request.form(max_files=0, max_fields=20)
    decision, reviewer, text = (str(form.get(name, "")).strip() for name in ("decision", "reviewer", "text"))
    who = asker(request)
    if who.user:  # a user signs with their own name
        reviewer = who.shown if who.shown.casefold() == who.name else f"{who.shown} ({who.name})"[:120]
    if decision not in DECISIONS or not reviewer or len(reviewer) > 150 or len(text) > 2000:
        raise UsageError("A review needs a decision and the name of who decides, and has at most 2000 characters.")
    site = site_of(request)
    folder = site.case(id, who, finished=True)
    await asyncio.to_thread(_review, folder, decision, reviewer, text)
    site.note(who, f"reviewed:{decision}", id, text)
    return RedirectResponse(f"/cases/{id}#review", 303)


def _review(folder: Path, decision: str, reviewer: str, text: str) -> None:
    add_review(folder, decision, reviewer, load_or_make(), text=text)  # type: ignore[arg-type]


@router.get("/about")
@least(Role.VIEWER)
async def about(request: Request) -> Response:
    """Method, limits, ethics."""
    return page_of(request, "about.html.j2")


def _kit(request: Request, id: str) -> dict[str, Any] | None:
    """The campaign of a case, with how many of its cases the asker may see."""
    cases = site_of(request).cases
    if not (kit := cases.campaign_of(id)):
        return None
    return {"id": kit, "total": cases.search(CaseQuery(campaign=kit, size=1, by=asker(request).by)).total}


def why(refused: Refused, lang: str) -> str:
    """A refusal in the reader's language, where the catalogue has it."""
    found = Phrases(lang).one("errors.why", refused.code)
    return refused.detail if found == refused.code.replace("_", " ") else found


def failure(request: Request, refused: Refused, headers: dict[str, str]) -> Response:
    """A refusal for people; who is not signed in is led to the log-in and back."""
    sign_in = refused.code == "sign_in"
    if sign_in and request.method == "GET":
        onward = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        kept = {"next": onward if onward != "/" else "", "lang": request.query_params.get("lang", "")}
        given = urlencode({name: value for name, value in kept.items() if value})
        return RedirectResponse("/login" + (f"?{given}" if given else ""), 303)
    told = {"status": refused.status, "code": refused.code, "detail": why(refused, language(request))}
    html = rendered(request, "error.html.j2", sign_in=sign_in, **told)
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


def page_of(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page in the reader's language."""
    answer = HTMLResponse(rendered(request, template, **values), status)
    chosen = request.query_params.get("lang", "")
    if chosen in LANGUAGES:
        answer.set_cookie(LANG_COOKIE, chosen, 365 * 24 * 3600, httponly=True, samesite="lax")
    return answer


def rendered(request: Request, template: str, **values: Any) -> str:
    """The text of a page, with what every page needs: words, the session's token, who reads it."""
    lang = language(request)
    who = getattr(request.state, "principal", None)
    here = request.url.path if request.method == "GET" else "/"
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in ("lang", "key")]
    found: dict[str, Any] = {
        "t": Phrases(lang), "lang": lang, "langs": NAMES, "csrf": who.csrf if who else "", "here": here, "me": who,
        "analyst": bool(who and who.may(Role.ANALYST)), "admin": bool(who and who.may(Role.ADMIN)),
        "lang_links": {code: f"{here}?{urlencode([*kept, ('lang', code)])}" for code in NAMES}, "inside": who is not None,
        "asset": asset_link, "version": __version__,
    }  # fmt: skip
    return templates().get_template(template).render(**{**found, **values})


def asset_link(name: str) -> str:
    """A static file's address; it changes with the content."""
    return f"/static/{name}?v={hashlib.sha256(_asset(name)[0]).hexdigest()[:10]}"


@lru_cache(maxsize=16)
def _asset(name: str) -> tuple[bytes, str]:
    room, path, kind = STATIC[name]
    return resources.files(room).joinpath(path).read_bytes(), kind


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates of all pages."""
    return Environment(
        loader=PackageLoader("prober.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
