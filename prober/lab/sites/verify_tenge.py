"""A cabinet 'without registration' that finds every driver and wants the card for a verification of 1 tenge."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """A single page and its session call."""
    pages = Pages("verify-tenge")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def session(request: Request) -> Response:
        fields = await form(request)
        if not fields.get("iin") or not fields.get("plate"):
            return JSONResponse({"error": "Заполните ИИН и госномер"})
        return JSONResponse({"iin": fields["iin"], "plate": fields["plate"].upper()})

    async def verify(request: Request) -> Response:
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/session", session, methods=["PUT"]),
            Route("/verify", verify, methods=["POST"]),
        ]
    )


SITE = Site(
    name="verify-tenge",
    kind="scam",
    title="айыппұлID: a driver's cabinet",
    about="Accepts any IIN with any plate as 'driver found' and demands the card to verify the person for 1 ₸; no sum is claimed.",
    languages=("ru",),
    techniques=(
        "IIN and plate",
        "verification pretext",
        "no debt claimed",
        "single-page application",
        "card form on own origin",
    ),
    expect=("fraudulent",),
    build=build,
)
