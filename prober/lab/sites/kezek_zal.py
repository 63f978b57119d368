"""A private fines service behind a waiting room whose queue hardly moves."""

from __future__ import annotations

import itertools

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site

page = Pages("kezek-zal")


def build() -> Starlette:
    """The site with fresh state: the queue shortens by one with each look."""
    looks = itertools.count()

    async def index(request: Request) -> Response:
        answer = page(request, "index", status=503, ahead=max(4812 - next(looks), 4000))
        answer.headers["Retry-After"] = "8"
        return answer

    return Starlette(routes=[Route("/", index)])


SITE = Site(
    name="kezek-zal",
    kind="obstacle",
    title="Айыппұл тексеру: кезек",
    about="A waiting room with thousands ahead that reloads itself; the form is never reached.",
    languages=("kk", "ru"),
    techniques=("waiting room", "http 503", "meta refresh"),
    expect=("inconclusive",),
    build=build,
)
