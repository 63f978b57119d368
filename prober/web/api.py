"""The API under /api/v1: the same models as the command line's JSON, problem+json for every refusal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from prober.app.result import as_json
from prober.catalog import all_scenarios
from prober.models.base import Noun
from prober.models.case import Case, Exhibit
from prober.models.people import Role
from prober.store.reading import load_case
from prober.web.access import while_allowed
from prober.web.cases import CasePage, CaseQuery, Sort
from prober.web.problems import documented
from prober.web.roles import Principal, least, public
from prober.web.shell import BOUNDS
from prober.web.site import asker, site_of
from prober.web.submissions import Submission, Told

router = APIRouter()
V1 = "/api/v1"
REFUSALS = documented(401, 403, 408, 413, 422, 429, 503)
MISSING = documented(404, 409)
SubmissionId = Annotated[str, Path(max_length=64)]
CaseId = Annotated[str, Path(max_length=220)]


class Ask(BaseModel):
    """What is to be checked: an address or a whole message. again: do not join a case in work."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(default="", max_length=8000)
    text: str = Field(default="", max_length=8000)
    scenario: str = Field(default="auto", max_length=60)
    again: bool = False


class ScenarioLine(Noun):
    """A scenario that may be asked for."""

    name: str
    title: dict[str, str]
    country: str
    languages: tuple[str, ...]


class Seen(Noun):
    """A submission as the API tells it: without the client's key."""

    id: str
    url: str
    others: tuple[str, ...]
    scenario: str
    state: str
    submitted_at: str
    case_id: str
    verdict: str
    message: str
    links: dict[str, str]


def seen(one: Submission, who: Principal) -> Seen:
    """See `Seen`. The other links of a message are told to whoever pasted it and whoever sees all."""
    links = {"self": f"{V1}/submissions/{one.id}", "events": f"{V1}/submissions/{one.id}/events"}
    if one.case_id and one.state == "done":
        links |= {"case": f"{V1}/cases/{one.case_id}", "verdict": f"{V1}/cases/{one.case_id}/verdict"}
    return Seen(
        id=one.id, url=one.url, others=one.others if pasted_by(one, who) else (), scenario=one.scenario, state=one.state, case_id=one.case_id,
        submitted_at=one.submitted_at.isoformat().replace("+00:00", "Z"), verdict=one.verdict, message=one.message,
        links=links,
    )  # fmt: skip


@router.post(f"{V1}/submissions", status_code=202, responses=REFUSALS | documented(400))
@least(Role.ANALYST)
async def submit(
    request: Request,
    ask: Ask,
    response: Response,
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> Seen:
    """Have an address checked. The same Idempotency-Key gives the same submission; a suspect in work is joined."""
    who = asker(request)
    one = site_of(request).submit(ask.url or ask.text, ask.scenario, who, again=ask.again, key=idempotency_key)
    response.headers["Location"] = f"{V1}/submissions/{one.id}"
    return seen(one, who)


@router.get(f"{V1}/submissions", responses=REFUSALS)
@least(Role.VIEWER)
async def submissions(request: Request, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[Seen]:
    """The newest submissions, one's own and the team's."""
    who = asker(request)
    return [seen(one, who) for one in site_of(request).submissions.recent(limit, who.by)]


@router.get(f"{V1}/submissions/{{id}}", responses=REFUSALS | MISSING)
@least(Role.VIEWER)
async def submission(request: Request, id: SubmissionId) -> Seen:
    """How far it is."""
    who = asker(request)
    return seen(site_of(request).submission(id, who), who)


@router.post(f"{V1}/submissions/{{id}}/cancel", responses=REFUSALS | MISSING)
@least(Role.ANALYST)
async def cancel(request: Request, id: SubmissionId) -> Seen:
    """Give it up; nothing happens where it has ended, and it is refused where others wait for it."""
    site, who = site_of(request), asker(request)
    one = site.submission(id, who)
    site.cancel(one, who)
    return seen(site.submission(id, who), who)


EVENTS = {200: {"description": "Server-sent events", "content": {"text/event-stream": {"schema": {"type": "string"}}}}}


@router.get(f"{V1}/submissions/{{id}}/events", response_class=StreamingResponse, responses=EVENTS | REFUSALS | MISSING)
@least(Role.VIEWER)
async def events(
    request: Request,
    id: SubmissionId,
    last_event_id: Annotated[str, Header(max_length=20)] = "",
    after: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> StreamingResponse:
    """What happens, as server-sent events with the engine's JSON; resumes after Last-Event-ID."""
    one = site_of(request).submission(id, asker(request))
    return stream(request, one.id, start_of(last_event_id, after), lambda told: told.model_dump_json())


RETRY = "retry: 1000\n\n"  # milliseconds until a browser comes back to a stream that broke


def start_of(last_event_id: str, after: int) -> int:
    """The number after which a stream goes on."""
    return int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() else after


def stream(request: Request, id: str, after: int, told_as: Any) -> StreamingResponse:
    """Stored and coming events in the format of EventSource; ends with the submission."""

    async def lines() -> AsyncIterator[str]:
        yield RETRY
        async for told in site_of(request).submissions.follow(id, after):
            if told is None:
                yield ": still here\n\n"
                continue
            yield sse(told, told_as(told))

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(while_allowed(request, lines()), media_type="text/event-stream", headers=headers)


def sse(told: Told, data: str) -> str:
    """One event in the format of EventSource."""
    body = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"id: {told.number}\nevent: {told.event}\n{body}\n"


@router.get(f"{V1}/cases", responses=REFUSALS)
@least(Role.VIEWER)
async def cases(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    verdict: Annotated[str, Query(max_length=20)] = "",
    scenario: Annotated[str, Query(max_length=60)] = "",
    host: Annotated[str, Query(max_length=253)] = "",
    campaign: Annotated[str, Query(max_length=40)] = "",
    sort: Sort = "newest",
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 25,
) -> CasePage:
    """Stored cases, one's own and the team's."""
    query = CaseQuery(q, verdict, scenario, host, sort, page, size, asker(request).by, campaign)
    return await asyncio.to_thread(site_of(request).cases.search, query)


@router.get(f"{V1}/cases/{{id}}", response_model=Case, responses=REFUSALS | MISSING)
@least(Role.VIEWER)
async def case(request: Request, id: CaseId) -> Response:
    """The whole record of a case."""
    record = await asyncio.to_thread(case_of, request, id)
    return Response(record.model_dump_json(by_alias=True), media_type="application/json")


@router.get(f"{V1}/cases/{{id}}/verdict", responses=REFUSALS | MISSING)
@least(Role.VIEWER)
async def verdict(request: Request, id: CaseId) -> JSONResponse:
    """`prober/verdict/1`, as `prober check --json` prints it."""
    folder = await asyncio.to_thread(site_of(request).case, id, asker(request), finished=True)
    return JSONResponse(as_json(await asyncio.to_thread(load_case, folder), str(folder)))


@router.get(f"{V1}/cases/{{id}}/exhibits", responses=REFUSALS | MISSING)
@least(Role.VIEWER)
async def exhibits(request: Request, id: CaseId) -> list[Exhibit]:
    """What the case holds; the content is at `exhibits/{exhibit}`."""
    return list((await asyncio.to_thread(case_of, request, id)).exhibits)


@router.get(f"{V1}/scenarios", responses=REFUSALS)
@least(Role.VIEWER)
async def scenarios(request: Request) -> list[ScenarioLine]:
    """What prober knows how to ask."""
    return [
        ScenarioLine(name=s.name, title=dict(s.title), country=s.country, languages=tuple(s.languages))
        for s in await asyncio.to_thread(all_scenarios)
    ]


@router.get(f"{V1}/openapi.json", include_in_schema=False)
@least(Role.VIEWER)
async def openapi(request: Request) -> JSONResponse:
    """The API's description."""
    return JSONResponse(request.app.openapi())


@router.get("/healthz", include_in_schema=False)
@public
async def health(request: Request) -> dict[str, str]:
    """200 while the server can take work."""
    return {"status": "ok"}


@router.get("/metrics", include_in_schema=False)
@least(Role.VIEWER)
async def metrics(request: Request) -> PlainTextResponse:
    """Counts in Prometheus' text format."""
    site = site_of(request)
    waiting = sum(one.state == "waiting" for one in site.submissions.active())
    lines = ["# TYPE prober_cases_running gauge", f"prober_cases_running {site.worker.running}"]
    lines += ["# TYPE prober_submissions_waiting gauge", f"prober_submissions_waiting {waiting}"]
    lines += ["# TYPE prober_ended_total counter"]
    lines += [f'prober_ended_total{{as="{word}"}} {n}' for word, n in sorted(site.worker.counts.items())]
    lines += ["# TYPE prober_case_seconds_total counter", f"prober_case_seconds_total {site.worker.seconds:.3f}"]
    lines += ["# TYPE prober_http_answers_total counter"]
    lines += [f'prober_http_answers_total{{status="{s}"}} {n}' for s, n in sorted(site.tally.statuses.items())]
    total = sum(site.tally.statuses.values())
    lines += ["# TYPE prober_http_seconds histogram"]
    lines += [f'prober_http_seconds_bucket{{le="{b}"}} {site.tally.buckets[b]}' for b in BOUNDS]
    lines += [f'prober_http_seconds_bucket{{le="+Inf"}} {total}', f"prober_http_seconds_sum {site.tally.seconds:.4f}"]
    lines += [f"prober_http_seconds_count {total}"]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def case_of(request: Request, id: str) -> Case:
    """A finished case that the asker may see. Raises Refused (404), BrokenCase."""
    return load_case(site_of(request).case(id, asker(request), finished=True))


def pasted_by(one: Submission, who: Principal) -> bool:
    """Whether somebody may read the message that a submission came with: whoever joins it later may not."""
    return who.role is Role.ADMIN or one.by == who.name
