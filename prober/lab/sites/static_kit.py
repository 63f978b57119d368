"""Wholly static pages: the sum is drawn at random in the browser and no request carries the input."""

from __future__ import annotations

from starlette.applications import Starlette

from prober.lab.site import Site
from prober.lab.views import app, get, post, show


def build() -> Starlette:
    return app(
        get("/", show("static-kit", "form")), get("/r.html", show("static-kit", "bill")),
        get("/p.html", show("static-kit", "card")), post("/p.html", show("static-kit", "end")),
    )  # fmt: skip


SITE = Site(
    name="static-kit",
    kind="scam",
    title="Штраф Тексеру",
    about="Static pages for any free host: the browser itself makes up another sum each time; only the card form posts.",
    languages=("kk", "ru"),
    techniques=("no server logic", "sum at random", "data kept in the browser"),
    expect=("fraudulent",),
    build=build,
)
