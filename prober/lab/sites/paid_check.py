"""A small firm that checks fines for a fee of 150, told and paid before any result."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, go, page, post, show, text


async def order(request: Request) -> Response:
    plate = text(await request.form(), "plate")
    return page("paid-check", "fee", plate=plate) if len(plate) > 4 else go("/")


def build() -> Starlette:
    return app(get("/", show("paid-check", "form")), post("/", order), get("/pay", show("paid-check", "card")),
               post("/pay", show("paid-check", "end")))  # fmt: skip


SITE = Site(
    name="paid-check",
    kind="honest",
    title="Справка.Авто",
    about="Says that checking for fines costs 150 and takes the card before any result; claims no debt.",
    languages=("ru",),
    techniques=("fee for the look-up", "card form before a result"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
