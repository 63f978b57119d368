"""German: a customs fee for any parcel number; the address first, then the card."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import Memory, app, draw, get, go, page, post, show, text


def build() -> Starlette:
    memory = Memory("paket")

    async def look(request: Request) -> Response:
        number = text(await request.form(), "sendung")
        if len(number) < 8:
            return page("de-zoll", "form", wrong=True)
        fee = draw(number, "2,99", "4,80")
        return memory.start(page("de-zoll", "bill", number=number, fee=fee), number=number, fee=fee)

    async def address(request: Request) -> Response:
        form = await request.form()
        if not memory.of(request) or not all(text(form, name) for name in ("name", "plz", "ort")):
            return page("de-zoll", "address", wrong=True)
        return go("/zahlen")

    return app(
        get("/", show("de-zoll", "form")), post("/", look),
        get("/adresse", show("de-zoll", "address")), post("/adresse", address),
        get("/zahlen", show("de-zoll", "card")), post("/zahlen", show("de-zoll", "end")),
    )  # fmt: skip


SITE = Site(
    name="de-zoll",
    kind="scam",
    title="PaketZentrum – Sendung anhalten",
    about="German parcel fee: any tracking number is held for a small customs fee; address, then card.",
    languages=("de",),
    techniques=("German parcel fee", "tracking number", "address step before the card"),
    expect=("fraudulent", "suspicious"),
    build=build,
    scenario="auto",
)
