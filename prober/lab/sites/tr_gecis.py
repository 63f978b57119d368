"""Turkish: a bridge passage violation by plate and identity number, with a card picture that mirrors the fields."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, go, page, post, show, text


async def look(request: Request) -> Response:
    form = await request.form()
    plate, number = text(form, "plaka"), digits(text(form, "tckn"))
    if len(plate) < 5 or len(number) != 11:
        return go("/?hata=1")
    return page("tr-gecis", "bill", plate=plate, amount=draw(plate + number, "347,50", "1.228,00", "614,25"))


def build() -> Starlette:
    return app(get("/", show("tr-gecis", "form")), post("/", look), get("/odeme", show("tr-gecis", "card")),
               post("/odeme", show("tr-gecis", "end")))  # fmt: skip


SITE = Site(
    name="tr-gecis",
    kind="scam",
    title="HGS İhlal Sorgulama",
    about="Turkish: any plate and any eleven digits owe a passage violation in lira; then a card form.",
    languages=("tr",),
    techniques=("Turkish toll", "national number without check", "drawn card"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
