"""An honest insurer: any plate gets a premium, which is a price, and a card form to buy the policy."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

_PREMIUMS = {"Алматы": 38420, "Астана": 34110, "Шымкент": 29875}


def build() -> Starlette:
    """Form, quote, order."""
    pages = Pages("insurance-calc")

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def quote(request: Request) -> Response:
        fields = await form(request)
        premium = _PREMIUMS.get(fields.get("city", ""), 31000)
        plate, iin = fields.get("plate", "").upper(), fields.get("iin", "")
        return pages(request, "page.html", step="quote", plate=plate, iin=iin, premium=premium)

    async def order(request: Request) -> Response:
        premium = (await form(request)).get("premium", "")
        return pages(request, "page.html", step="order", premium=int(premium) if premium.isdigit() else 31000)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/quote", quote, methods=["POST"]),
            Route("/order", order, methods=["POST"]),
        ]
    )


SITE = Site(
    name="insurance-calc",
    kind="honest",
    title="Сақтау Полис: car insurance",
    about="Quotes a premium for any plate and IIN and sells the policy by card: a price, no debt.",
    languages=("ru",),
    techniques=("insurance premium", "plate and IIN", "card form behind a price"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
