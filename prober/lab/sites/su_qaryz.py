"""Water and heating arrears in Kazakh Latin letters: a pad of digits fills a read-only field, a cart adds up, a QR picture pays."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, pick
from prober.lab.site import Site

page = Pages("su-qaryz")
BILLS = (("Sýyq sý", 3180), ("Jylý", 9745), ("Kárız", 1260), ("Ósimpul", 2140))


async def index(request: Request) -> Response:
    """City and number."""
    return page(request, "index")


async def bill(request: Request) -> Response:
    """The arrears of whoever asked."""
    typed = (await form(request)).get("jsn", "")
    extra = pick(typed, (0, 430, 915))
    return page(request, "bill", jsn=typed, rows=[(name, amount + extra) for name, amount in BILLS])


async def pay(request: Request) -> Response:
    """The QR picture, with the card as the other way."""
    way = "card" if request.query_params.get("way") == "card" else "qr"
    return page(request, way, total=request.query_params.get("t", "0"))


async def done(request: Request) -> Response:
    """After the card."""
    return page(request, "done")


async def picture(request: Request) -> Response:
    """The QR picture."""
    text = "https://pay.example/tolem?id=QRZ-77120&sum=" + request.query_params.get("t", "0")
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=6)
    buffer = io.BytesIO()
    Image.fromarray(code).save(buffer, "PNG")
    return Response(buffer.getvalue(), media_type="image/png")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[
            Route("/", index),
            Route("/qaryz", bill, methods=["POST"]),
            Route("/tolem", pay),
            Route("/tolem", done, methods=["POST"]),
            Route("/qr.png", picture),
        ]
    )


SITE = Site(
    name="su-qaryz",
    kind="scam",
    title="Kommýnaldyq qaryz",
    about="Every JSN has arrears for water and heating; they are paid by a QR picture or a card.",
    languages=("kk-Latn",),
    techniques=("on-screen digits", "read-only field", "cart with checkboxes", "QR picture", "utility arrears"),
    expect=("fraudulent",),
    build=build,
)
