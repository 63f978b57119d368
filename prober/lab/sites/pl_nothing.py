"""Polish city parking: a notice's number and a plate; the server says that there is no such notice."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, page, post, show


async def look(request: Request) -> Response:
    return page("pl-nothing", "form", status=404, wrong=True)


def build() -> Starlette:
    return app(get("/", show("pl-nothing", "form")), post("/", look))


SITE = Site(
    name="pl-nothing",
    kind="honest",
    title="Strefa Parkowania – sprawdź wezwanie",
    about="Polish: asks a plate (and, if at hand, a notice's number); no unpaid notice is ever found; tariff of extra fees.",
    languages=("pl",),
    techniques=("Polish not-found", "tariff of extra fees", "HTTP 404"),
    expect=("no_fraud_found",),
    build=build,
    scenario="auto",
)
