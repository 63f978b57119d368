"""An e-vignette shop: the visitor chooses the term; any registration is accepted."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, go, page, post, show, text

PRICES = {"1 day": "9.30", "10 days": "12.40", "1 year": "106.80"}


async def basket(request: Request) -> Response:
    form = await request.form()
    plate, term = text(form, "reg"), text(form, "term")
    if len(plate) < 3 or plate != text(form, "reg2") or term not in PRICES:
        return go("/?error=mismatch")
    return page("vignette-shop", "basket", plate=plate, term=term, price=PRICES[term])


def build() -> Starlette:
    return app(get("/", show("vignette-shop", "form", prices=PRICES)), post("/basket", basket),
               get("/checkout", show("vignette-shop", "card")), post("/checkout", show("vignette-shop", "end")))  # fmt: skip


SITE = Site(
    name="vignette-shop",
    kind="honest",
    title="E-Vignette Shop",
    about="Sells motorway vignettes for any registration typed twice; warns of toll fines; card checkout.",
    languages=("en",),
    techniques=("toll prepayment", "repeat field", "card form", "warning of fines"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="auto",
)
