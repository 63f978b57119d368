"""A shop for dash cams that talks of fines all over, finds holders by plate, and takes cards in its cart."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site

page = Pages("registrator-shop")
GOODS = (
    ("NordEye D2 с радар-детектором", 39320),
    ("Sapar Cam 4K, запись парковки", 54900),
    ("Комплект «Без штрафов»: камера + карта 64 ГБ", 21625),
)


async def index(request: Request) -> Response:
    """The shelf."""
    return page(request, "index", goods=GOODS)


async def fit(request: Request) -> Response:
    """The fitting by plate: the shop's own table of regulars knows hardly any."""
    return page(request, "fit", plate=request.query_params.get("gosnomer", "").strip().upper())


async def cart(request: Request) -> Response:
    """The cart with what was put into it, and the card form."""
    chosen = [GOODS[int(i)] for i in request.query_params.getlist("i") if i in ("0", "1", "2")]
    return page(request, "cart", chosen=chosen, total=sum(price for _, price in chosen), sent=request.method == "POST")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/podbor", fit), Route("/cart", cart, methods=["GET", "POST"])])


SITE = Site(
    name="registrator-shop",
    kind="honest",
    title="Магазин видеорегистраторов",
    about="Sells dash cams; the fitting by plate finds nothing for an unknown plate; the card form is behind the cart.",
    languages=("ru",),
    techniques=("shop with card form", "talk of fines", "look-up for another purpose"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
