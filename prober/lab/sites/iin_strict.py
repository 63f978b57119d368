"""A clone whose script tests the IIN's real check digit, and whose server then fines every number."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """The check stands only in the page; the server takes anything."""
    pages = Pages("iin-strict")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def result(request: Request) -> Response:
        return pages(request, "result.html", iin=request.query_params.get("iin", ""))

    async def checkout(request: Request) -> Response:
        return pages(request, "checkout.html", tried=request.method == "POST")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/result", result),
            Route("/checkout", checkout, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="iin-strict",
    kind="scam",
    title="ЕРАП Онлайн: fines by IIN",
    about="Its script refuses an IIN whose check digit is wrong; any other twelve digits, impossible months "
    "included, owe 21 625 ₸.",
    languages=("ru",),
    techniques=("IIN", "client-side check digit", "constant fine", "card form on own origin", "impersonation"),
    expect=("fraudulent",),
    build=build,
)
