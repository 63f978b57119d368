"""An honest shop of number-plate frames: a plate is an inscription to order, the sum is the price of goods."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

_GOODS = {
    "frame": ("Рамка с надписью", 3490),
    "plate": ("Сувенирный номер", 5900),
    "cover": ("Рамка силиконовая", 2990),
    "bolts": ("Болты-секретки", 1450),
}


def build() -> Starlette:
    """Goods, order, checkout."""
    pages = Pages("plate-shop")

    async def home(request: Request) -> Response:
        return pages(request, "page.html", step="home", goods=_GOODS)

    async def order(request: Request) -> Response:
        fields = await form(request) if request.method == "POST" else dict(request.query_params)
        key = fields.get("item", "") if fields.get("item") in _GOODS else "frame"
        name, price = _GOODS[key]
        step = "pay" if request.method == "POST" else "order"
        return pages(request, "page.html", step=step, key=key, name=name, price=price, text=fields.get("text", ""))

    async def done(request: Request) -> Response:
        return PlainTextResponse("Спасибо за заказ!")

    return Starlette(
        routes=[
            Route("/", home),
            Route("/order", order, methods=["GET", "POST"]),
            Route("/done", done, methods=["POST"]),
        ]
    )


SITE = Site(
    name="plate-shop",
    kind="honest",
    title="Рамка+: a shop of car accessories",
    about="Asks for a plate because it prints it; the card form belongs to an order of goods.",
    languages=("ru",),
    techniques=("shop checkout", "plate as an inscription", "card form behind a price"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
