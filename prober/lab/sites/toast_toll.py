"""A toll operator's clone in English whose debt is told by a toast alone, then the card form stands without a word."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """A page and one call."""
    pages = Pages("toast-toll")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def passages(request: Request) -> Response:
        return JSONResponse({"plate": request.query_params.get("plate", "").upper(), "count": 1, "due": "2,400.00"})

    return Starlette(routes=[Route("/", index), Route("/passages", passages)])


SITE = Site(
    name="toast-toll",
    kind="scam",
    title="Toll Roads KZ (clone)",
    about="A toast of 2.6 seconds says that KZT 2,400.00 of tolls are overdue for any plate; the card form that follows "
    "names no sum.",
    languages=("en",),
    techniques=("plate", "toll debt", "result in a vanishing toast", "constant debt", "card form on own origin"),
    expect=("fraudulent",),
    build=build,
)
