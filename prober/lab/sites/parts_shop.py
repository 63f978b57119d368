"""A parts shop that searches by plate: any plate brings a basket with delivery and a card checkout."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, draw, get, go, page, post, show, text

MODELS = ("седан, 1.6", "кроссовер, 2.0", "хэтчбек, 1.4")


async def parts(request: Request) -> Response:
    plate = text(await request.form(), "plate")
    return page("parts-shop", "list", plate=plate, model=draw(plate, *MODELS)) if len(plate) > 4 else go("/")


def build() -> Starlette:
    return app(get("/", show("parts-shop", "form")), post("/", parts), get("/cart", show("parts-shop", "cart")),
               get("/checkout", show("parts-shop", "card")), post("/checkout", show("parts-shop", "end")))  # fmt: skip


SITE = Site(
    name="parts-shop",
    kind="honest",
    title="Запчасти по госномеру",
    about="Guesses a car for any plate and sells parts for it; basket, total to pay, card checkout.",
    languages=("ru",),
    techniques=("shop behind a plate search", "total to pay", "card form"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
