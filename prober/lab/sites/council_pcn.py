"""A British parking penalty for every registration, with a number drawn by lot."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Form, notice, card."""
    pages = Pages("council-pcn")
    chance = random.Random()

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def notice(request: Request) -> Response:
        reg = (await form(request)).get("reg", "").upper()
        return pages(request, "page.html", step="bill", reg=reg, number=f"ZZ{chance.randrange(10**7, 10**8)}")

    async def pay(request: Request) -> Response:
        return pages(request, "page.html", step="card")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/pcn", notice, methods=["POST"]),
            Route("/pay", pay, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="council-pcn",
    kind="scam",
    title="Parking penalties (clone, United Kingdom)",
    about="Any registration owes £25.00, rising to £100 at midnight.",
    languages=("en",),
    techniques=("United Kingdom", "plate", "constant fine", "random case number", "card form on own origin"),
    expect=("fraudulent",),
    build=build,
    scenario="uk-pcn",
)
