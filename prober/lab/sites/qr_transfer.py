"""A fine paid to a private person: a QR code and a phone number in place of a card form."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import TEMPLATES, Pages, form
from prober.lab.site import Site

# The code says https://transfer.example/p2p?phone=77090000000&amount=15728&comment=SHTRAF:
# 709 is no mobile code in use and .example is reserved, so that it leads to nobody.
_QR = TEMPLATES / "qr-transfer" / "qr.svg"


def build() -> Starlette:
    """One page that posts to itself, and the picture of the QR code."""
    pages = Pages("qr-transfer")
    picture = _QR.read_bytes()

    async def index(request: Request) -> Response:
        fields = await form(request) if request.method == "POST" else {}
        return pages(request, "index.html", plate=fields.get("auto", "").upper(), pay=fields.get("pay", ""))

    async def qr(request: Request) -> Response:
        return Response(picture, media_type="image/svg+xml")

    return Starlette(routes=[Route("/", index, methods=["GET", "POST"]), Route("/qr.svg", qr)])


SITE = Site(
    name="qr-transfer",
    kind="scam",
    title="Штраф-сервис: payment by QR",
    about="Any plate owes 15 728 тг, to be sent to a private person by QR code or phone number; no card form at all.",
    languages=("ru",),
    techniques=("plate", "constant fine", "bank transfer to a private person", "QR code", "countdown"),
    expect=("fraudulent",),
    build=build,
)
