"""A tow yard's page: a price list, and a search by plate that comes back with a banner: the car is not here."""

from __future__ import annotations

from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

page = Pages("shtrafstoyanka")


async def index(request: Request) -> Response:
    """Price list and search, with the banner of the last search."""
    return page(request, "index", asked=request.query_params.get("net", ""))


async def search(request: Request) -> Response:
    """The yard's book has no such car."""
    plate = (await form(request)).get("nomer", "").upper()
    return RedirectResponse(f"/?net={quote(plate)}#poisk" if plate else "/", 303)


async def order(request: Request) -> Response:
    """A tow truck to be ordered, at a price by distance."""
    return page(request, "order", sent=request.method == "POST")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[
            Route("/", index),
            Route("/poisk", search, methods=["POST"]),
            Route("/zakaz", order, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="shtrafstoyanka",
    kind="honest",
    title="Штрафстоянка и эвакуатор",
    about="A search by plate answers with a banner that the car is not in the yard; the prices stand below as ever.",
    languages=("ru",),
    techniques=("banner after redirect", "price list", "echo of the plate", "talk of fines"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
