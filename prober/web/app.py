"""The server put together: routes behind one guard, one worker, one engine."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Callable

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from prober import __version__
from prober.app.keeper import BrowserKeeper, Opener
from prober.errors import ProberError
from prober.store.access.deeds import Deeds
from prober.store.access.people import People
from prober.store.access.place import WEB, access_of
from prober.web import accounts, api, api_runs, files, letters, pages, pages_cases, pages_runs
from prober.web.access import Access, guard
from prober.web.indexed import IndexedCases
from prober.web.lists import Lists
from prober.web.pages_cases import finding_kits
from prober.web.problems import Problem, Refused, answer, for_programs, headers_of, refusal_of
from prober.web.run_desk import RunDesk
from prober.web.runs import Runs
from prober.web.runs_worker import RunsWorker, working_runs
from prober.web.settings import LOOPBACK, ServeOptions
from prober.web.shell import Shell, Tally
from prober.web.site import Site
from prober.web.slots import Slots
from prober.web.submissions import Submissions
from prober.web.worker import Checker, Worker, working

log = logging.getLogger(__name__)


def make_site(options: ServeOptions, opener: Opener, link_used: Callable[[], None] = lambda: None) -> Site:
    """The state of a server; what an earlier one left is taken up. Raises StoreError."""
    submissions = Submissions(options.output / WEB)
    submissions.load()
    people = People(access_of(options.output))
    deeds = Deeds(people.engine, people.where)
    cases = IndexedCases(options.output)
    submissions.opened = lambda one: cases.hold(one.case_id, frozenset(one.holders))
    slots = Slots(options.jobs)
    worker = _checker(options, submissions, opener, slots)
    slots.freed = worker.wake
    desk = _desk(options, opener, slots, deeds, cases)
    return Site(options, Access(options.token, people, link_used), submissions, worker, cases, Tally(), desk, deeds)


def _checker(options: ServeOptions, submissions: Submissions, opener: Opener, slots: Slots) -> Checker:
    if not options.queue:
        return Worker(options, submissions, BrowserKeeper(opener, notice=log.warning), slots)
    from prober.web.queue_worker import QueueWorker

    return QueueWorker(options, submissions)


def _desk(options: ServeOptions, opener: Opener, slots: Slots, deeds: Deeds, cases: IndexedCases) -> RunDesk:
    place = options.output / WEB
    runs, lists = Runs(place / "runs"), Lists(place / "lists")
    runs.load()
    worker = RunsWorker(options, runs, lists, opener, slots)
    worker.hold = cases.hold
    return RunDesk(lists, runs, worker, deeds)


def make_app(site: Site) -> FastAPI:
    """The application; its worker runs as long as the application does."""

    @contextlib.asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        async with working(site.worker, site.submissions), working_runs(site.desk.worker), finding_kits(site.cases):
            yield

    app = FastAPI(
        title="prober", version=__version__, lifespan=life, dependencies=[Depends(guard)], docs_url=None,
        redoc_url=None, openapi_url=None, redirect_slashes=False,
        description="Checks suspect pages with identities that can belong to nobody. See /about.",
    )  # fmt: skip
    app.state.site = site
    for router in (
        api.router,
        api_runs.router,
        files.router,
        letters.router,
        accounts.router,
        pages_cases.router,
        pages.router,
        pages_runs.router,
    ):
        app.include_router(router)
    for kind in (Refused, ProberError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _failed)
    app.openapi = lambda: _description(app)  # type: ignore[method-assign]
    hosts = (*LOOPBACK, *site.options.public_host) if site.options.loopback or site.options.public else ()
    app.add_middleware(Shell, tally=site.tally, hosts=hosts, strict=site.options.public.startswith("https://"))
    return app


async def _failed(request: Request, error: Exception) -> Response:
    """Every failure as a page for people and a problem for programs."""
    refused = refusal_of(error)
    headers = headers_of(refused, dict(getattr(error, "headers", None) or {}))
    if for_programs(request):
        return answer(error, headers)
    return pages.failure(request, refused, headers)


def _description(app: FastAPI) -> dict[str, object]:
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"token": []}]
        app.openapi_schema = found
    return app.openapi_schema
