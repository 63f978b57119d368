"""A fleet cabinet that shows nothing without a log-in."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """Every log-in fails."""
    pages = Pages("login-wall")

    async def login(request: Request) -> Response:
        return pages(request, "index.html", wrong=request.method == "POST")

    return Starlette(routes=[Route("/", login), Route("/login", login, methods=["GET", "POST"])])


SITE = Site(
    name="login-wall",
    kind="obstacle",
    title="ПаркУчёт: fleet cabinet",
    about="IIN and password before anything is shown; what stands behind is not known.",
    languages=("ru",),
    techniques=("log-in wall", "IIN with password"),
    expect=("inconclusive",),
    build=build,
)
