"""Lists and runs in the API: send a list in, have it probed, follow it, take the results."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path as File
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from prober.app.after_run import RunReport, report_of
from prober.models.base import Noun
from prober.models.people import Role
from prober.web.access import while_allowed
from prober.web.api import EVENTS, MISSING, REFUSALS, RETRY, V1, sse, start_of
from prober.web.lists import BadRow, SuspectList
from prober.web.problems import Refused, documented, not_found
from prober.web.roles import least
from prober.web.run_desk import RunDesk
from prober.web.run_view import summary_of
from prober.web.runs import RunRecord
from prober.web.shell import LIST_LIMIT
from prober.web.site import asker, site_of

router = APIRouter()
ListId = Annotated[str, Path(max_length=64)]
RunId = Annotated[str, Path(max_length=64)]
BODY = {"requestBody": {"required": True, "content": {
    kind: {"schema": {"type": "string", "maxLength": LIST_LIMIT}}
    for kind in ("text/plain", "text/csv", "application/json", "application/x-ndjson", "application/octet-stream")
}}}  # fmt: skip
RESULTS = {200: {"description": "One object of `prober/verdict/1` a line", "content": {"application/x-ndjson": {}}}}


class ListSeen(Noun):
    """A list as the API tells it. suspects: addresses to probe; bad: the first rows that cannot be used."""

    id: str
    name: str
    column: str
    suspects: int
    duplicates: int
    unusable: int
    bad: tuple[BadRow, ...]
    created_at: str
    links: dict[str, str]


class RunAsk(BaseModel):
    """A run over a list sent in before, or over a short one in `text`. target: a scenario, a suite or 'auto'."""

    model_config = ConfigDict(extra="forbid")

    list: str = Field(default="", max_length=64)
    text: str = Field(default="", max_length=50_000)
    target: str = Field(default="auto", max_length=60)
    name: str = Field(default="", max_length=120)


class RunSeen(Noun):
    """A run as the API tells it. counts: verdicts, 'refused' and 'failed'; rate: suspects a minute, lately."""

    id: str
    name: str
    list: str
    target: str
    state: str
    submitted_at: str
    started_at: str
    ended_at: str
    seconds: float
    total: int
    done: int
    left: int
    duplicates: int
    unusable: int
    counts: dict[str, int]
    rate: float
    message: str
    links: dict[str, str]


def run_seen(desk: RunDesk, one: RunRecord) -> RunSeen:
    """See `RunSeen`."""
    now, own = desk.worker.now.get(one.id), f"{V1}/runs/{one.id}"
    links = {"self": own, "page": f"/runs/{one.id}", "list": f"{V1}/lists/{one.list}"}
    links |= {what: f"{own}/{what}" for what in ("events", "results", "summary", "cancel", "resume")}
    return RunSeen(
        id=one.id, name=one.name, list=one.list, target=one.target, state=one.state, seconds=one.seconds,
        total=one.total, done=one.done, left=one.total - one.done, duplicates=one.duplicates, unusable=one.unusable,
        counts=one.counts, rate=round(now.rate(), 1) if now else 0.0, message=one.message, links=links,
        submitted_at=_moment(one.submitted_at), started_at=_moment(one.started_at), ended_at=_moment(one.ended_at),
    )  # fmt: skip


def _moment(at: Any) -> str:
    return str(at.isoformat().replace("+00:00", "Z")) if at else ""


def list_seen(one: SuspectList) -> ListSeen:
    """See `ListSeen`."""
    return ListSeen(
        **one.model_dump(include={"id", "name", "column", "suspects", "duplicates", "unusable"}), bad=one.bad,
        created_at=_moment(one.created_at), links={"self": f"{V1}/lists/{one.id}", "runs": f"{V1}/runs"},
    )  # fmt: skip


@router.post(f"{V1}/lists", status_code=201, responses=REFUSALS, openapi_extra=BODY)
@least(Role.ANALYST)
async def add_list(
    request: Request,
    response: Response,
    name: Annotated[str, Query(max_length=120)] = "",
    column: Annotated[str, Query(max_length=80)] = "",
) -> ListSeen:
    """Send a list in as it is: text, CSV, JSON (Lines), a feed. `name`: its file's name, whose ending tells the form."""
    data = await request.body()
    one = await asyncio.to_thread(desk_of(request).add_list, data, name, column, asker(request))
    response.headers["Location"] = f"{V1}/lists/{one.id}"
    return list_seen(one)


@router.get(f"{V1}/lists/{{id}}", responses=REFUSALS | MISSING)
@least(Role.VIEWER)
async def get_list(request: Request, id: ListId) -> ListSeen:
    """What is in a list."""
    return list_seen(await asyncio.to_thread(list_of, request, id))


@router.post(f"{V1}/runs", status_code=202, responses=REFUSALS | documented(400, 404))
@least(Role.ANALYST)
async def start_run(
    request: Request,
    ask: RunAsk,
    response: Response,
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> RunSeen:
    """Have a list probed. The same Idempotency-Key gives the same run."""
    desk, who = desk_of(request), asker(request)
    key = f"{who.name}\n{idempotency_key}" if idempotency_key else ""
    one = desk.runs.with_key(key)
    if one is None:
        if bool(ask.list) == bool(ask.text.strip()):
            raise Refused(422, "usage", "Give either the id of a list or the list itself as text.")
        if ask.list:
            listed = await asyncio.to_thread(list_of, request, ask.list)
        else:
            listed = await asyncio.to_thread(desk.add_list, ask.text.encode("utf-8", "replace"), ask.name, "", who)
        one = desk.runs.with_key(key) or desk.start(listed, ask.target, who, key)
    response.headers["Location"] = f"{V1}/runs/{one.id}"
    return run_seen(desk, one)


@router.get(f"{V1}/runs", responses=REFUSALS)
@least(Role.VIEWER)
async def runs(request: Request, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[RunSeen]:
    """The newest runs."""
    desk = desk_of(request)
    return [run_seen(desk, one) for one in visible_runs(request)[:limit]]


@router.get(f"{V1}/runs/{{id}}", responses=REFUSALS | MISSING)
@least(Role.VIEWER)
async def run(request: Request, id: RunId) -> RunSeen:
    """How far it is."""
    return run_seen(desk_of(request), run_of(request, id))


@router.post(f"{V1}/runs/{{id}}/cancel", responses=REFUSALS | MISSING)
@least(Role.ANALYST)
async def cancel_run(request: Request, id: RunId) -> RunSeen:
    """Give it up; what is finished stays. Nothing happens where it has ended."""
    desk, one = desk_of(request), run_of(request, id)
    desk.cancel(one, asker(request))
    return run_seen(desk, run_of(request, id))


@router.post(f"{V1}/runs/{{id}}/resume", responses=REFUSALS | MISSING)
@least(Role.ANALYST)
async def resume_run(request: Request, id: RunId) -> RunSeen:
    """Let a run go on that was given up or failed."""
    desk, one = desk_of(request), run_of(request, id)
    desk.resume(one, asker(request))
    return run_seen(desk, run_of(request, id))


@router.get(f"{V1}/runs/{{id}}/events", response_class=StreamingResponse, responses=EVENTS | REFUSALS | MISSING)
@least(Role.VIEWER)
async def run_events(
    request: Request,
    id: RunId,
    last_event_id: Annotated[str, Header(max_length=20)] = "",
    after: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> StreamingResponse:
    """What happens, as server-sent events; resumes after Last-Event-ID. Whole verdicts are in the results."""
    one, follow = run_of(request, id), desk_of(request).runs.follow

    async def pieces() -> AsyncIterator[str]:
        yield RETRY
        async for portion in follow(one.id, start_of(last_event_id, after)):
            yield "".join(sse(told, told.model_dump_json()) for told in portion) or ": still here\n\n"

    return event_stream(while_allowed(request, pieces()))


def event_stream(pieces: AsyncIterator[str]) -> StreamingResponse:
    """An answer in the format of EventSource."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(pieces, media_type="text/event-stream", headers=headers)


@router.get(f"{V1}/runs/{{id}}/results", response_class=Response, responses=RESULTS | REFUSALS | MISSING)
@least(Role.VIEWER)
async def run_results(request: Request, id: RunId) -> Response:
    """The verdicts so far, one `prober/verdict/1` a line, as `results.jsonl` of `prober run`."""
    file = run_file(request, id, "results.jsonl")
    return StreamingResponse(_whole(file) if file else iter(()), media_type="application/x-ndjson")


@router.get(f"{V1}/runs/{{id}}/summary", responses=REFUSALS | MISSING)
@least(Role.VIEWER)
async def run_summary(request: Request, id: RunId) -> RunReport:
    """`prober/run/1`, as `prober run --json` prints it; 409 while the run is in work."""
    one = run_of(request, id)
    if one.state in ("waiting", "running"):
        raise Refused(409, "in_work", "The run is in work; its status and events tell how it stands.")
    summary = await asyncio.to_thread(summary_of, desk_of(request), site_of(request).options.output, one)
    return report_of(summary, interrupted=summary.left > 0, again=f"{V1}/runs/{one.id}/resume")


def _whole(file: File) -> Iterator[bytes]:
    """The file as it is now; what a run adds meanwhile is for the next time."""
    left = file.stat().st_size
    with file.open("rb") as opened:
        while left > 0 and (piece := opened.read(min(left, 1 << 16))):
            left -= len(piece)
            yield piece


FileName = Literal["results.jsonl", "summary.csv", "summary.html", "skipped.jsonl"]


def run_file(request: Request, id: str, name: str) -> File | None:
    """A file of a run's folder, None where it is not there yet."""
    file = site_of(request).options.output / run_of(request, id).folder / name
    return file if file.is_file() else None


def desk_of(request: Request) -> RunDesk:
    """The server's lists and runs."""
    return site_of(request).desk


def visible_runs(request: Request) -> tuple[RunRecord, ...]:
    """The runs that the asker may see, the newest first."""
    return desk_of(request).runs.all(asker(request).by)


def run_of(request: Request, id: str) -> RunRecord:
    """A run that the asker may see. Raises Refused (404), which does not tell whether there is one."""
    found, by = desk_of(request).runs.get(id), asker(request).by
    if found is None or not (by is None or by.intersection(found.holders)):
        raise not_found("run")
    return found


def list_of(request: Request, id: str) -> SuspectList:
    """A list that the asker may see. Raises Refused (404)."""
    found, by = desk_of(request).lists.get(id), asker(request).by
    if found is None or not (by is None or by.intersection(found.holders)):
        raise not_found("list")
    return found
