"""A decree in serif type whose card form sits in a frame of another origin, owned by the same site."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, host_suffix, sibling
from prober.lab.site import Site


def build() -> Starlette:
    """The look-up on the main host, the card form on the second one."""
    pages = Pages("pay-frame")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def debt(request: Request) -> Response:
        fields = await form(request)
        return pages(request, "debt.html", iin=fields.get("iin", ""), surname=fields.get("surname", ""))

    async def pay(request: Request) -> Response:
        return pages(request, "pay.html", frame=sibling(request, "secure"))

    async def card(request: Request) -> Response:
        if host_suffix(request) != "secure":
            return Response(status_code=404)
        return pages(request, "frame.html", tried=request.method == "POST")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/debt", debt, methods=["POST"]),
            Route("/pay", pay),
            Route("/form", card, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="pay-frame",
    kind="scam",
    title="Төлем-Орталық: fines and taxes",
    about="Any IIN and any surname owe 40 500 tenge with a made-up penalty; the card form is a frame from a second host.",
    languages=("ru",),
    techniques=("IIN and surname", "constant fine", "card form in a cross-origin frame"),
    expect=("fraudulent",),
    build=build,
)
