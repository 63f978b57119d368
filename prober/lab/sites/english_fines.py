"""An English-only page for foreign drivers; sums are written as KZT 21,625.00."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Three server-made pages."""
    pages = Pages("english-fines")

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def violations(request: Request) -> Response:
        return pages(request, "page.html", step="fine", vrn=(await form(request)).get("vrn", "").upper())

    async def payment(request: Request) -> Response:
        return pages(request, "page.html", step="card", tried="try" in await form(request))

    return Starlette(
        routes=[
            Route("/", index),
            Route("/violations", violations, methods=["POST"]),
            Route("/payment", payment, methods=["POST"]),
        ]
    )


SITE = Site(
    name="english-fines",
    kind="scam",
    title="Traffic Police Online Services (clone)",
    about="Any registration number owes KZT 21,625.00, with a threat about leaving the country.",
    languages=("en",),
    techniques=(
        "plate",
        "English only",
        "KZT before the number",
        "constant fine",
        "card form on own origin",
        "impersonation",
    ),
    expect=("fraudulent",),
    build=build,
)
