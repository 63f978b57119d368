"""A cabinet behind IIN and password; a wrong pair stays wrong."""

from __future__ import annotations

from starlette.applications import Starlette

from prober.lab.site import Site
from prober.lab.views import app, get, post, show


def build() -> Starlette:
    return app(get("/", show("pass-login", "form")), post("/", show("pass-login", "form", wrong=True)))


SITE = Site(
    name="pass-login",
    kind="obstacle",
    title="Кабинет автопарка",
    about="IIN and password are asked before anything; nothing can be seen without an account.",
    languages=("ru",),
    techniques=("login wall",),
    expect=("inconclusive",),
    build=build,
)
