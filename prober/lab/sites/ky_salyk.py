"""Kyrgyz: a transport-tax debt for any PIN of fourteen digits, shown in a table, card asked at once below."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, page, post, show, text


async def look(request: Request) -> Response:
    number = digits(text(await request.form(), "pin"))
    if len(number) != 14:
        return page("ky-salyk", "form", wrong=True)
    return page("ky-salyk", "bill", number=number, amount=money(draw(number, 4350, 7820, 12100)))


def build() -> Starlette:
    return app(get("/", show("ky-salyk", "form")), post("/", look), post("/tolo", show("ky-salyk", "end")))


SITE = Site(
    name="ky-salyk",
    kind="scam",
    title="Салык карызын текшерүү",
    about="Kyrgyz: any fourteen digits owe a vehicle tax; the bill and the card form share a page.",
    languages=("ky",),
    techniques=("Kyrgyz tax debt", "bill and card form on one page"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
