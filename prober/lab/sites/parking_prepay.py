"""An honest parking operator: any plate may be prepaid for as many hours as the driver chooses."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """A page and its session call."""
    pages = Pages("parking-prepay")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def session(request: Request) -> Response:
        fields = await form(request)
        hours = int(fields.get("hours", "1")) if fields.get("hours", "1").isdigit() else 1
        zone = "B2" if fields.get("zone", "").startswith("B2") else "A1"
        price = hours * (200 if zone == "B2" else 100)
        return JSONResponse({"number": fields.get("number", "").upper(), "zone": zone, "hours": hours, "price": price})

    return Starlette(routes=[Route("/", index), Route("/session", session, methods=["POST"])])


SITE = Site(
    name="parking-prepay",
    kind="honest",
    title="ParkQala: prepaid parking",
    about="Sells hours of parking for any plate; the driver picks the amount, nothing is owed.",
    languages=("en", "ru"),
    techniques=("prepayment", "amount chosen by the user", "plate", "card form behind a price"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
