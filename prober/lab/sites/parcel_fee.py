"""A carrier's clone that holds every parcel for a small customs fee, whatever the tracking number."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Form, held parcel, card."""
    pages = Pages("parcel-fee")

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def track(request: Request) -> Response:
        return pages(request, "page.html", step="held", code=(await form(request)).get("code", "").upper())

    async def pay(request: Request) -> Response:
        return pages(request, "page.html", step="card")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/track", track, methods=["POST"]),
            Route("/pay", pay, methods=["POST"]),
        ]
    )


SITE = Site(
    name="parcel-fee",
    kind="scam",
    title="SwiftPost (parcel clone)",
    about="Any tracking number is a parcel held for an unpaid customs fee of € 1.99.",
    languages=("en",),
    techniques=("parcel", "tracking number", "small fee", "constant debt", "card form on own origin"),
    expect=("fraudulent",),
    build=build,
    scenario="parcel-fee",
)
