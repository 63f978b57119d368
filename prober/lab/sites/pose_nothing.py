"""Poses as the state portal, yet answers 'nothing found'."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, page, post, show, text


async def look(request: Request) -> Response:
    return page("pose-nothing", "nothing", key=text(await request.form(), "iin"))


def build() -> Starlette:
    return app(get("/", show("pose-nothing", "form")), post("/", look))


SITE = Site(
    name="pose-nothing",
    kind="obstacle",
    title="egov.kz — Электронное правительство",
    about="A copy of the state portal on a foreign host; it answers that there are no fines, and keeps the IIN.",
    languages=("ru", "kk"),
    techniques=("poses as the state portal", "nothing found"),
    expect=("suspicious",),
    build=build,
)
