"""A French charity for road victims: a gift of one's own choice by card, and a search for the receipt of a given car."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

page = Pages("routes-solidaires")


async def index(request: Request) -> Response:
    """Who they are, and the form for a gift."""
    return page(request, "index", thanks=request.method == "POST")


async def receipt(request: Request) -> Response:
    """The search for a receipt; an unknown car is an answer with status 404."""
    if request.method == "GET":
        return page(request, "receipt", asked="")
    return page(request, "receipt", status=404, asked=(await form(request)).get("immat", "") or "vide")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[Route("/", index, methods=["GET", "POST"]), Route("/recu", receipt, methods=["GET", "POST"])]
    )


SITE = Site(
    name="routes-solidaires",
    kind="honest",
    title="Association Routes Solidaires",
    about="A charity with a card form for a free gift on its first page; its search for receipts by plate finds none.",
    languages=("fr",),
    techniques=("charity with card form", "amount chosen by the visitor", "http 404 answer", "talk of fines"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="auto",
    entry="/recu",
)
