"""An American unpaid-toll page: a threat before anything is entered, a small bill, an address form, the card."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Form, invoice, address, card."""
    pages = Pages("ez-toll")
    chance = random.Random()

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def invoice(request: Request) -> Response:
        plate = (await form(request)).get("plate", "").upper()
        return pages(request, "page.html", step="bill", plate=plate, number=chance.randrange(10**6, 10**7))

    async def address(request: Request) -> Response:
        return pages(request, "page.html", step="address")

    async def card(request: Request) -> Response:
        return pages(request, "page.html", step="card")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/invoice", invoice, methods=["POST"]),
            Route("/address", address, methods=["POST"]),
            Route("/card", card, methods=["POST"]),
        ]
    )


SITE = Site(
    name="ez-toll",
    kind="scam",
    title="E·Z TOLL Services (clone, United States)",
    about="Any plate and ZIP owe $6.99; name and address are taken before the card.",
    languages=("en",),
    techniques=(
        "United States",
        "toll debt",
        "plate and ZIP",
        "address form before the card",
        "constant debt",
        "card form on own origin",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="us-toll",
)
