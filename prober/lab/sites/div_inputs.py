"""An app-like page without a single form element: editable blocks for fields, blocks for buttons."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, money
from prober.lab.site import Site


def build() -> Starlette:
    """A page and two calls."""
    pages = Pages("div-inputs")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def check(request: Request) -> Response:
        plate = (await form(request)).get("gos", "").upper()
        why = "Неоплаченный штраф. Непристёгнутый ремень безопасности, ст. 593 КоАП"
        return JSONResponse({"gos": plate, "sum": f"{money(21625)} ₸", "why": why})

    async def card(request: Request) -> Response:
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/check", check, methods=["POST"]),
            Route("/card", card, methods=["POST"]),
        ]
    )


SITE = Site(
    name="div-inputs",
    kind="scam",
    title="eShtraf: a page that looks like a phone app",
    about="Fields are contenteditable blocks and buttons are plain blocks; any plate owes 21 625 ₸.",
    languages=("ru",),
    techniques=("contenteditable fields", "block buttons", "constant fine", "card fields without inputs"),
    expect=("fraudulent",),
    build=build,
)
