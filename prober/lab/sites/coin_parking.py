"""A Japanese car park's settlement in advance: choose the place, type the plate, and nothing unsettled is found."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

page = Pages("coin-parking")


async def index(request: Request) -> Response:
    """The form."""
    return page(request, "index")


async def search(request: Request) -> Response:
    """No car of that number stands here."""
    fields = await form(request)
    return JSONResponse({"number": fields.get("number", ""), "vehicles": [], "unpaid": 0})


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/search", search, methods=["POST"])])


SITE = Site(
    name="coin-parking",
    kind="honest",
    title="駐車料金の事前精算",
    about="Tells that no car of that number is parked and that 0 yen are due; shows its tariff beside.",
    languages=("ja",),
    techniques=("zero amount", "static tariff", "card logos in the footer", "foreign language"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="auto",
)
