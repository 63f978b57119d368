"""The demand is a QR picture only; the page is in Kazakh written in Latin letters."""

from __future__ import annotations

import zxingcpp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, draw, get, go, page, post, show, text


async def look(request: Request) -> Response:
    plate = text(await request.form(), "nomir")
    if len(plate) < 5:
        return page("qr-bill", "form", wrong=True)
    return page("qr-bill", "bill", plate=plate, amount=money(draw(plate, 17300, 21625, 25950)))


async def code(request: Request) -> Response:
    link = "https://pay.tolem-tez.example/p/?to=KZ00TEST0000000000&purpose=aiyppul"
    drawn = zxingcpp.create_barcode(link, zxingcpp.BarcodeFormat.QRCode)
    return Response(zxingcpp.write_barcode_to_svg(drawn, scale=6), media_type="image/svg+xml")


def build() -> Starlette:
    return app(get("/", show("qr-bill", "form")), post("/", look), get("/go", onward), get("/tolem", show("qr-bill", "qr")),
               get("/b.svg", code))  # fmt: skip


async def onward(request: Request) -> Response:
    return go("/tolem")


SITE = Site(
    name="qr-bill",
    kind="scam",
    title="Jol aıyppuldary",
    about="Kazakh in Latin letters; any plate owes a fine that is to be paid by scanning a QR picture.",
    languages=("kk-Latn",),
    techniques=("Kazakh in Latin letters", "QR picture as demand", "no card form"),
    expect=("fraudulent",),
    build=build,
)
