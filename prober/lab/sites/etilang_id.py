"""An Indonesian ticket check in a mobile-kit dress: plate in three parts, the ticket as a picture, a QRIS code or a virtual account."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, number, pick
from prober.lab.site import Site

page = Pages("etilang-id")


async def index(request: Request) -> Response:
    """The form."""
    return page(request, "index")


async def ticket(request: Request) -> Response:
    """The ticket of whatever plate the address names."""
    query = request.query_params
    plate = " ".join(query.get(part, "").upper() for part in ("a", "b", "c")).strip()
    return page(
        request, "ticket", plate=plate, sum=pick(plate, ("250.000", "500.000", "375.000")), reg=f"B{number(plate):010d}"
    )


async def pay(request: Request) -> Response:
    """How to transfer the money."""
    return page(request, "pay", sum=request.query_params.get("n", ""))


async def picture(request: Request) -> Response:
    """The QRIS picture."""
    code = zxingcpp.create_barcode("00020101021226QRIS.EXAMPLE5802ID", zxingcpp.BarcodeFormat.QRCode).to_image(scale=5)
    buffer = io.BytesIO()
    Image.fromarray(code).save(buffer, "PNG")
    return Response(buffer.getvalue(), media_type="image/png")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[Route("/", index), Route("/surat", ticket), Route("/bayar", pay), Route("/qris.png", picture)]
    )


SITE = Site(
    name="etilang-id",
    kind="scam",
    title="Cek E-Tilang",
    about="Draws a ticket for any three-part plate; the fine goes by QRIS or to a virtual account that dies in an hour.",
    languages=("id",),
    techniques=("plate in three parts", "ticket as picture", "QRIS picture", "virtual account"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
