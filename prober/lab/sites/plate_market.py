"""A market of beautiful plates: an impossible one is 'never issued', with similar ones and their prices."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, page, show

OFFERS = (("001 *** 01", "1 233 000 ₸"), ("777 *** 02", "986 100 ₸"), ("100 *** 17", "246 525 ₸"))


async def find(request: Request) -> Response:
    wanted = request.query_params.get("nomer", "")
    return page("plate-market", "found", status=404 if wanted else 200, wanted=wanted, offers=OFFERS)


def build() -> Starlette:
    return app(get("/", find), get("/buy", show("plate-market", "buy")))


SITE = Site(
    name="plate-market",
    kind="honest",
    title="Красивые номера",
    about="Sells plates: the wanted one is never found, three others are offered with big prices and a 'pay' button.",
    languages=("ru",),
    techniques=("prices beside a plate", "HTTP 404 page", "query string look-up"),
    expect=("no_fraud_found",),
    build=build,
)
