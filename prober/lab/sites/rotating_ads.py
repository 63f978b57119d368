"""An honest look-up among advertisements with sums, which change with every request."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, money
from prober.lab.site import Site

_ADS = (
    ("Страховка ОГПО от {} ₸ в год", "Оформить"),
    ("Кредит на авто: платёж от {} ₸ в месяц", "Подать заявку"),
    ("Видеорегистратор защитит от чужих штрафов. Всего {} ₸", "Купить"),
    ("Юрист по штрафам: консультация {} ₸", "Оплатить консультацию"),
    ("Комплект зимних шин, {} ₸", "В корзину"),
)


def build() -> Starlette:
    """Two advertisements by lot, each with a price by lot."""
    pages = Pages("rotating-ads")
    chance = random.Random()

    async def index(request: Request) -> Response:
        ads = [(text.format(money(chance.randrange(80, 900) * 50)), button) for text, button in chance.sample(_ADS, 2)]
        number = request.query_params.get("number", "").strip().upper()
        return pages(request, "index.html", number=number, ads=ads)

    async def advertised(request: Request) -> Response:
        return PlainTextResponse("Предложение рекламодателя закончилось.")

    return Starlette(routes=[Route("/", index), Route("/ad", advertised)])


SITE = Site(
    name="rotating-ads",
    kind="honest",
    title="Авто.Справочник: a look-up among advertisements",
    about="Finds nothing; the prices that are new on the page after asking belong to advertisements.",
    languages=("ru",),
    techniques=("plate", "nothing found", "advertisements with changing sums"),
    expect=("no_fraud_found",),
    build=build,
)
