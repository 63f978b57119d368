"""A parked domain: advertising links with words of fines and cards, and no service."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """The same page everywhere."""
    pages = Pages("parked")

    async def everywhere(request: Request) -> Response:
        return pages(request, "index.html")

    return Starlette(routes=[Route("/{path:path}", everywhere)])


SITE = Site(
    name="parked",
    kind="obstacle",
    title="This domain may be for sale",
    about="What stays after a takedown: a parking page with sponsored links.",
    languages=("en",),
    techniques=("parked domain", "sponsored links"),
    expect=("inconclusive",),
    build=build,
)
