"""The bait turned round: every IIN is owed a refund of fines, and the card is 'where to send it'."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Form, 'approved' refund, card."""
    pages = Pages("compensation")

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def check(request: Request) -> Response:
        iin = (await form(request)).get("iin", "")
        amount = 61000 + 137 * sum(map(ord, iin)) % 30000
        return pages(request, "page.html", step="sum", iin=iin, amount=amount)

    async def card(request: Request) -> Response:
        return pages(request, "page.html", step="card", tried="again" in await form(request))

    return Starlette(
        routes=[
            Route("/", index),
            Route("/check", check, methods=["POST"]),
            Route("/card", card, methods=["POST"]),
        ]
    )


SITE = Site(
    name="compensation",
    kind="scam",
    title="Фонд возврата штрафов: a refund for everybody",
    about="Claims no debt: any IIN is 'approved' for a refund, and number, expiry and CVV are asked to receive it.",
    languages=("ru",),
    techniques=("IIN", "refund pretext", "sum derived from the input", "card form on own origin", "testimonials"),
    expect=("fraudulent",),
    build=build,
)
