"""A student's project with mock fines, labelled as a demonstration on every page."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site

_MOCK = [
    {"title": "Превышение скорости", "amount": "21 625"},
    {"title": "Парковка в неположенном месте", "amount": "12 975"},
]


def build() -> Starlette:
    """A page and a file of mock data."""
    pages = Pages("demo-project")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def fines(request: Request) -> Response:
        return JSONResponse(_MOCK)

    return Starlette(routes=[Route("/", index), Route("/mock/fines.json", fines)])


SITE = Site(
    name="demo-project",
    kind="obstacle",
    title="TrafficFines: a student's demo",
    about="Shows the same two mock fines for any plate, says DEMO on the page and takes no card.",
    languages=("ru",),
    techniques=("labelled demo", "mock data", "no card form"),
    expect=("suspicious",),
    build=build,
)
