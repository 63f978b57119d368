"""An insurer's calculator: any plate and IIN get a premium that equals a popular fine."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, post, show


async def price(request: Request) -> Response:
    sent = await request.json()
    number = digits(str(sent.get("iin", "")))
    if len(number) != 12:
        return JSONResponse({"error": "Укажите ИИН полностью"}, 422)
    return JSONResponse(
        {"premium": money(draw(number, 21625, 17300, 19660)), "plate": sent.get("plate", ""), "class": 3}
    )


def build() -> Starlette:
    return app(get("/", show("osago-price", "form")), post("/api/price", price), get("/buy", show("osago-price", "card")),
               post("/buy", show("osago-price", "end")))  # fmt: skip


SITE = Site(
    name="osago-price",
    kind="honest",
    title="Страховая компания «Полис-Авто»",
    about="An insurance calculator: a class and a premium for any plate and IIN, then a checkout with a card form.",
    languages=("ru",),
    techniques=("insurance premium", "card form", "sum that equals a fine"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
