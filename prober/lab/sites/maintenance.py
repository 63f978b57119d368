"""A look-up that is down for maintenance, with status 503."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """503 everywhere."""
    pages = Pages("maintenance")

    async def everywhere(request: Request) -> Response:
        return pages(request, "index.html", status=503)

    return Starlette(routes=[Route("/{path:path}", everywhere)])


SITE = Site(
    name="maintenance",
    kind="obstacle",
    title="Технические работы",
    about="Says that the look-up is down; comes with 503.",
    languages=("ru", "kk"),
    techniques=("503", "maintenance page"),
    expect=("inconclusive",),
    build=build,
)
