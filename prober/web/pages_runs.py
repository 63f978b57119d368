"""The pages of runs: send in a list, watch it, stop it, let it go on, read what it came to, take it along."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.datastructures import UploadFile

from prober.app.after_run import thumbnail
from prober.catalog import all_scenarios, load_suite, suite_names
from prober.errors import ProberError, UsageError
from prober.models.people import Role
from prober.models.run import Finished
from prober.reporting.run_summary import RunSummary
from prober.reporting.text import harmless
from prober.web.access import while_allowed
from prober.web.api import RETRY, start_of
from prober.web.api_runs import FileName, RunId, desk_of, event_stream, list_of, run_file, run_of, visible_runs
from prober.web.files import INERT, KEPT
from prober.web.pages import page_of, templates, why
from prober.web.problems import Refused, not_found, refusal_of
from prober.web.roles import least
from prober.web.run_view import bars, number, result_view, row, span, stand, summary_of
from prober.web.runs import ACTIVE, RunRecord
from prober.web.site import asker, site_of
from prober.web.words import Phrases, language

router = APIRouter(include_in_schema=False)
PACE = 0.5  # seconds between two pieces that the live page gets
BACK = 200  # events looked at again when a page comes back
KINDS = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8"}


@router.get("/runs")
@least(Role.VIEWER)
async def runs_page(request: Request) -> Response:
    """All runs, and the form for a new one."""
    return await _runs_page(request)


@router.post("/runs")
@least(Role.ANALYST)
async def start(request: Request) -> Response:
    """Take the form: a file, or else what was pasted."""
    form = await request.form(max_files=1, max_fields=20)
    text, target, column = (str(form.get(name, "")) for name in ("text", "target", "column"))
    sent = form.get("file")
    who, desk = asker(request), desk_of(request)
    try:
        name, data = "list.txt", text.encode("utf-8", "replace")
        if isinstance(sent, UploadFile) and sent.filename:
            name, data = sent.filename, await sent.read()
        if not data.strip():
            raise UsageError("Paste some addresses, or choose a file.")
        listed = await asyncio.to_thread(desk.add_list, data, name, column.strip(), who)
        one = desk.start(listed, target or "auto", who)
    except (ProberError, Refused) as error:
        refused = refusal_of(error)
        return await _runs_page(
            request,
            text=text[:50_000],
            target=target,
            column=column,
            fault=why(refused, language(request)),
            status=refused.status,
        )
    return RedirectResponse(f"/runs/{one.id}", 303)


async def _runs_page(
    request: Request, text: str = "", target: str = "auto", column: str = "", fault: str = "", status: int = 200
) -> Response:
    lang = language(request)
    t = Phrases(lang)
    found = await asyncio.to_thread(_targets, lang)
    return page_of(
        request, "runs.html.j2", status, text=text, chosen=target, column=column, fault=fault, targets=found,
        runs=[run_line(one, t) for one in visible_runs(request)[:100]],
    )  # fmt: skip


@lru_cache(maxsize=8)
def _targets(lang: str) -> dict[str, list[tuple[str, str]]]:
    """What may be chosen: scenarios and suites by title."""
    suites = [load_suite(name) for name in suite_names()]
    return {
        kind: [(one.name, one.title.get(lang) or one.title.get("en", one.name)) for one in group]
        for kind, group in (("suites", suites), ("scenarios", all_scenarios()))
    }


def run_line(one: RunRecord, t: Phrases) -> dict[str, Any]:
    """A run in a list."""
    return {
        "id": one.id, "name": harmless(one.name, 60), "state": one.state, "bars": bars(one, t),
        "of": t("runs.of", done=number(one.done), total=number(one.total)), "at": f"{one.submitted_at:%Y-%m-%d %H:%M}",
        "fraudulent": one.counts.get("fraudulent", 0),
    }  # fmt: skip


@router.get("/runs/{id}")
@least(Role.VIEWER)
async def run_page(request: Request, id: RunId) -> Response:
    """How a run stands, or what it came to."""
    one, desk, t = run_of(request, id), desk_of(request), Phrases(language(request))
    now = desk.worker.now.get(id)
    last = desk.runs.last(id)  # before the rest is read, so that nothing falls between page and stream
    summary, unread = RunSummary(one.name, "", one.target), ""
    if one.state not in ACTIVE:
        try:
            summary = await asyncio.to_thread(summary_of, desk, site_of(request).options.output, one)
        except ProberError as error:
            unread = error.message
    given = request.query_params
    page = int(given["page"]) if given.get("page", "").isascii() and given.get("page", "").isdigit() else 1
    listed = desk.lists.get(one.list)
    return page_of(
        request, "run.html.j2", one=one, name=harmless(one.name, 80), now=stand(one, now, t), last=last, unread=unread,
        latest=[row(each, t) for each in list(now.latest)] if now else [], title=_title(one, t),
        result=result_view(summary, t, given.get("verdict", "")[:20], min(page, 10**6)),
        took=span(one.seconds, t),
        files=[(key, file) for key, file in FILES if run_file(request, id, file)], bad=listed.bad if listed else (),
        listed=listed is not None, number=number,
    )  # fmt: skip


FILES = (("results", "results.jsonl"), ("csv", "summary.csv"), ("html", "summary.html"), ("skipped", "skipped.jsonl"))


def _title(one: RunRecord, t: Phrases) -> str:
    """What the pages are about, as chosen."""
    titles = {name: title for group in _targets(t.lang).values() for name, title in group}
    return titles.get(one.target, t("submit.auto"))


@router.get("/runs/{id}/stream")
@least(Role.VIEWER)
async def run_stream(request: Request, id: RunId, after: int = 0) -> StreamingResponse:
    """The run page's own events: pieces of the page made by the same templates, as often as a person can follow."""
    one, desk, t = run_of(request, id), desk_of(request), Phrases(language(request))
    start_at = start_of(request.headers.get("last-event-id", ""), max(0, after))
    begin = max(start_at, desk.runs.last(id) - BACK)

    async def pieces() -> AsyncIterator[str]:
        yield RETRY
        async for portion in desk.runs.follow(one.id, begin):
            if not portion:
                yield ": still here\n\n"
                continue
            current = desk.runs.get(id)
            if current is None or current.state not in ACTIVE:
                break
            done = [row(told.data, t) for told in portion if told.event == "suspect_done"]
            html = templates().get_template("run_piece.html.j2").render(
                now=stand(current, desk.worker.now.get(id), t), rows=done[-40:], t=t, state=current.state
            )  # fmt: skip
            body = "".join(f"data: {line}\n" for line in html.splitlines())
            yield f"id: {portion[-1].number}\nevent: news\n{body}\n"
            try:
                await asyncio.wait_for(desk.runs.closing.wait(), PACE)
            except TimeoutError:
                continue
        if not desk.runs.closing.is_set():
            yield "event: ended\ndata: \n\n"

    return event_stream(while_allowed(request, pieces()))


@router.post("/runs/{id}/cancel")
@least(Role.ANALYST)
async def cancel(request: Request, id: RunId) -> Response:
    """Give it up."""
    desk_of(request).cancel(run_of(request, id), asker(request))
    return RedirectResponse(f"/runs/{id}", 303)


@router.post("/runs/{id}/resume")
@least(Role.ANALYST)
async def resume(request: Request, id: RunId) -> Response:
    """Let it go on."""
    desk_of(request).resume(run_of(request, id), asker(request))
    return RedirectResponse(f"/runs/{id}", 303)


@router.post("/runs/{id}/again")
@least(Role.ANALYST)
async def again(request: Request, id: RunId) -> Response:
    """A new run over the same list."""
    one, desk = run_of(request, id), desk_of(request)
    listed = await asyncio.to_thread(list_of, request, one.list)
    return RedirectResponse(f"/runs/{desk.start(listed, one.target, asker(request)).id}", 303)


@router.get("/runs/{id}/files/{name}")
@least(Role.VIEWER)
async def file(request: Request, id: RunId, name: FileName) -> Response:
    """A file of the run, to keep."""
    found = run_file(request, id, name)
    if found is None:
        raise not_found("file")
    kind = KINDS[name.rpartition(".")[2]]
    return FileResponse(found, filename=f"{run_of(request, id).folder}-{name}", media_type=kind, headers=INERT)


@router.get("/runs/{id}/claims/{case}")
@least(Role.VIEWER)
async def claim(request: Request, id: RunId, case: str) -> Response:
    """The picture of what a page claimed, marked, as in the summary."""
    one, desk, output = run_of(request, id), desk_of(request), site_of(request).options.output
    summary = await asyncio.to_thread(summary_of, desk, output, one)
    found = next((each for each in summary.accused if each.case_id == case), None)
    folder = await asyncio.to_thread(site_of(request).cases.folder, case) if found else None
    data = await asyncio.to_thread(_picture, folder.parent, found) if found and folder else None
    if data is None:
        raise not_found("picture")
    return Response(data, media_type="image/jpeg", headers=INERT | KEPT | {"Content-Disposition": "inline"})


@lru_cache(maxsize=256)
def _picture(folder: Path, one: Finished) -> bytes | None:
    return thumbnail(folder, one)
