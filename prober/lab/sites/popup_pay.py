"""A clone in Kazakh written in Latin letters: a refresh on the way in, a pop-up window on the way to the card."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Pages with Kazakh paths."""
    pages = Pages("popup-pay")

    async def hop(request: Request) -> Response:
        return pages(request, "page.html", step="hop")

    async def entrance(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def bill(request: Request) -> Response:
        return pages(request, "page.html", step="bill", plate=(await form(request)).get("nomir", "").upper())

    async def card(request: Request) -> Response:
        return pages(request, "page.html", step="card")

    return Starlette(
        routes=[
            Route("/", hop),
            Route("/kirý", entrance),
            Route("/tekserý", bill, methods=["POST"]),
            Route("/kassa", card, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="popup-pay",
    kind="scam",
    title="Jol aıyppuldary: Kazakh in Latin letters",
    about="Any plate owes 17 300 teńge; the card form opens in a new window, and the bill's page objects to being left.",
    languages=("kk-Latn",),
    techniques=(
        "Kazakh in Latin letters",
        "meta refresh",
        "pop-up window",
        "beforeunload",
        "constant fine",
        "card form on own origin",
    ),
    expect=("fraudulent",),
    build=build,
)
