"""Ukrainian: a fine for any plate, payable in USDT to an address only."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, draw, get, page, post, show, text


async def look(request: Request) -> Response:
    plate = text(await request.form(), "znak")
    if len(plate) < 5:
        return page("uk-crypto", "form", wrong=True)
    return page("uk-crypto", "bill", plate=plate, amount=money(draw(plate, 340, 1700, 3400)))


def build() -> Starlette:
    return app(get("/", show("uk-crypto", "form")), post("/", look), get("/usdt", show("uk-crypto", "pay")))


SITE = Site(
    name="uk-crypto",
    kind="scam",
    title="Автоштраф: перевірка порушень",
    about="Ukrainian: any plate owes a fine; it is to be paid in a crypto currency to an address.",
    languages=("uk",),
    techniques=("Ukrainian", "crypto payment", "no card form"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
