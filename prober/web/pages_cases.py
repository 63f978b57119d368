"""The pages over all cases: search, campaigns, and what is taken along in one go."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from prober.errors import StoreError
from prober.models.people import Role
from prober.reporting.messages import Words
from prober.reporting.text import defang_host
from prober.web.bulk import as_csv, as_lines, as_stix, as_zip
from prober.web.cases import ORDER, CaseQuery, Cases
from prober.web.files import INERT
from prober.web.pages import line_view, page_of
from prober.web.problems import Refused
from prober.web.roles import least
from prober.web.site import asker, site_of
from prober.web.words import language

router = APIRouter(include_in_schema=False)
log = logging.getLogger(__name__)
SORTS = ("newest", "oldest", "verdict", "host", "slowest")
SELECTED = 200  # cases picked at once
AT_ONCE, REST = 4, 60.0  # cases whose kit is looked for in one go; seconds until the next look when all are done


def query_of(request: Request) -> CaseQuery:
    """The filter that stands in the address."""
    given = request.query_params
    sort, number = given.get("sort", "newest"), given.get("page", "1")
    return CaseQuery(
        text=given.get("q", "")[:200],
        verdict=given.get("verdict", "") if given.get("verdict", "") in ORDER else "",
        host=given.get("host", "")[:253],
        campaign=given.get("campaign", "")[:40],
        sort=sort if sort in SORTS else "newest",  # type: ignore[arg-type]
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 1,
        by=asker(request).by,
    )


@router.get("/cases")
@least(Role.VIEWER)
async def cases_page(request: Request) -> Response:
    """All cases: search, filter, sort, page."""
    query = query_of(request)
    page = await asyncio.to_thread(site_of(request).cases.search, query)
    kept = {
        "q": query.text, "verdict": query.verdict, "host": query.host, "campaign": query.campaign, "sort": query.sort,
    }  # fmt: skip

    def link(to: str = "/cases", **changed: object) -> str:
        values = {name: value for name, value in {**kept, **changed}.items() if value and value != "newest"}
        return to + (f"?{urlencode(values)}" if values else "")

    return page_of(
        request, "cases.html.j2", query=query, page=page, link=link, sorts=SORTS, verdicts=tuple(ORDER), kept=kept,
        lines=[line_view(line) for line in page.cases],
    )  # fmt: skip


@router.get("/campaigns")
@least(Role.VIEWER)
async def campaigns_page(request: Request) -> Response:
    """Kits that were seen on several hosts."""
    words = Words(language(request))
    found = await asyncio.to_thread(site_of(request).cases.campaigns, asker(request).by)
    lines: list[dict[str, Any]] = [
        {
            "id": one.id, "name": defang_host(one.name), "cases": one.cases, "hosts": one.hosts,
            "fraudulent": one.fraudulent, "first": f"{one.first_seen:%Y-%m-%d}", "last": f"{one.last_seen:%Y-%m-%d}",
            "shared": ", ".join(words.one("campaigns.traits", kind) for kind in shared),
        }
        for one, shared in found
    ]  # fmt: skip
    return page_of(request, "campaigns.html.j2", lines=lines)


@router.get("/cases/download")
@least(Role.VIEWER)
async def download(request: Request) -> Response:
    """Many cases at once: a table of all that fit, or the picked ones whole."""
    query, form = query_of(request), request.query_params.get("form", "")
    if ids := tuple(dict.fromkeys(request.query_params.getlist("id")))[:SELECTED]:
        query = CaseQuery(ids=ids, by=query.by)
    site = site_of(request)
    site.note(asker(request), "cases taken along", form[:10], str(request.url.query)[:300])
    if form in ("csv", "jsonl"):
        kind = "text/csv; charset=utf-8" if form == "csv" else "application/x-ndjson"
        rows = (as_csv if form == "csv" else as_lines)(site.cases.rows(query))
        return StreamingResponse(rows, media_type=kind, headers=_named(f"cases.{form}"))
    if form == "stix":
        data = await asyncio.to_thread(as_stix, site.cases, query, site.options.check.matter.organisation)
        return Response(data, media_type="application/json", headers=_named("cases-stix.json"))
    if form == "zip":
        place = await asyncio.to_thread(as_zip, site.cases, query)
        done = BackgroundTask(place.unlink, missing_ok=True)
        return FileResponse(place, media_type="application/zip", headers=_named("cases.zip"), background=done)
    raise Refused(422, "usage", "Choose csv, jsonl, stix or zip.")


def _named(name: str) -> dict[str, str]:
    return {**INERT, "Content-Disposition": f'attachment; filename="{name}"'}


@contextlib.asynccontextmanager
async def finding_kits(cases: Cases) -> AsyncIterator[None]:
    """While inside, new cases are compared with those before, a few at a time."""

    async def find() -> None:
        while True:
            try:
                done = await asyncio.to_thread(cases.find_kits, AT_ONCE)
            except StoreError as problem:
                log.warning("cases were not compared: %s", problem.message)
                done = 0
            if done < AT_ONCE:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.Event().wait(), REST)

    task = asyncio.create_task(find())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
