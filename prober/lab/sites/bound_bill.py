"""A parking firm's bill bound to the link; the plate is only asked to confirm, and not checked."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, page, post, show

BILLS = {"8fQ2-77ka": ("PK-2026-118834", "3 600 ₸")}


async def home(request: Request) -> Response:
    return page("bound-bill", "form", bill=request.query_params.get("bill", ""))


async def look(request: Request) -> Response:
    known = BILLS.get(request.query_params.get("bill", ""))
    if known is None:
        return page("bound-bill", "nothing", status=404)
    return page("bound-bill", "bill", number=known[0], amount=known[1])


def build() -> Starlette:
    return app(
        get("/", home),
        post("/", look),
        get("/pay", show("bound-bill", "card")),
        post("/pay", show("bound-bill", "end")),
    )


SITE = Site(
    name="bound-bill",
    kind="obstacle",
    title="Паркинг «Жетісу Молл»",
    about="An unpaid parking bill bound to the link's token; any plate opens it; without the token nothing is found.",
    languages=("ru",),
    techniques=("bill bound to the link", "plate not checked", "card form"),
    expect=("inconclusive",),
    build=build,
    entry="/?bill=8fQ2-77ka",
)
