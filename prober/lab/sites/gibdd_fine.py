"""A clone of the Russian traffic police: plate in two parts and registration certificate, a fine in roubles."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Form, bill, card; the last digits of the decision are drawn anew."""
    pages = Pages("gibdd-fine")
    chance = random.Random()

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def check(request: Request) -> Response:
        fields = await form(request)
        plate = (fields.get("regnum", "") + " " + fields.get("regreg", "")).upper()
        tail = chance.randrange(10**5, 10**6)
        return pages(request, "page.html", step="bill", plate=plate, tail=tail, amount="750")

    async def pay(request: Request) -> Response:
        return pages(request, "page.html", step="card")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/check", check, methods=["POST"]),
            Route("/pay", pay, methods=["POST"]),
        ]
    )


SITE = Site(
    name="gibdd-fine",
    kind="scam",
    title="Госавтоинспекция (clone, Russia)",
    about="Any plate with any certificate owes 750 ₽ under a new decision number.",
    languages=("ru",),
    techniques=(
        "Russia",
        "plate in two parts",
        "registration certificate",
        "constant fine",
        "random case number",
        "card form on own origin",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="ru-gibdd",
)
