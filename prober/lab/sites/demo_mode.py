"""A student's work that says on every page that its data are made up; no card form."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, draw, get, page, post, show, text


async def look(request: Request) -> Response:
    plate = text(await request.form(), "plate")
    return page("demo-mode", "bill", plate=plate, amount=money(draw(plate, 21625, 43250)))


def build() -> Starlette:
    return app(get("/", show("demo-mode", "form")), post("/", look))


SITE = Site(
    name="demo-mode",
    kind="obstacle",
    title="Дипломный проект: учёт штрафов",
    about="A labelled demonstration: any plate gets an invented fine, the pay button says that it is not connected.",
    languages=("ru",),
    techniques=("labelled demonstration", "invented data without a card form"),
    expect=("suspicious",),
    build=build,
)
