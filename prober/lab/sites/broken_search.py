"""A look-up whose search always fails with a server error: neither a rejection nor a fine."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """A page, and an API that breaks."""
    pages = Pages("broken-search")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def search(request: Request) -> Response:
        return PlainTextResponse("Internal Server Error", status_code=500)

    return Starlette(routes=[Route("/", index), Route("/api/search", search, methods=["POST"])])


SITE = Site(
    name="broken-search",
    kind="obstacle",
    title="RoadCheck: a search that fails",
    about="Every search ends in error 500; an error is no answer about the plate.",
    languages=("en",),
    techniques=("server error", "plate"),
    expect=("inconclusive",),
    build=build,
)
