"""A loud red page: script-checked birth date in the IIN, then another fine at every request."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, money
from prober.lab.site import Site

_FINES = (
    (12975, "594 ч. 1 КоАП РК"),
    (21625, "592 ч. 1 КоАП РК"),
    (43250, "592 ч. 2 КоАП РК"),
    (17300, "597 ч. 1 КоАП РК"),
)


def build() -> Starlette:
    """One page and two scripts that answer JSON."""
    pages = Pages("iin-random")
    chance = random.Random()

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def check(request: Request) -> Response:
        amount, article = chance.choice(_FINES)
        amount += chance.randrange(0, 40) * 25
        number = f"{chance.randrange(10**14, 10**15)}"
        return JSONResponse({"no": number, "art": article, "sum": money(amount)})

    async def pay(request: Request) -> Response:
        return JSONResponse({"msg": "Ошибка банка. Введите данные другой карты."})

    return Starlette(
        routes=[
            Route("/", index),
            Route("/ajax/check.php", check, methods=["POST"]),
            Route("/ajax/pay.php", pay, methods=["POST"]),
        ]
    )


SITE = Site(
    name="iin-random",
    kind="scam",
    title="ШТРАФЫ KZ: 'official' fine look-up",
    about="Its script wants a plausible birth date in the IIN; then sum, article and case number are drawn by lot, "
    "anew for the same number. The card form unfolds on the same page.",
    languages=("ru",),
    techniques=("IIN", "client-side date check", "random fine per request", "inline result", "card form on own origin"),
    expect=("fraudulent",),
    build=build,
)
