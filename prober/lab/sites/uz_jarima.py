"""Uzbek: plate and tech-passport, then a Humo/Uzcard form without a CVV, then an SMS code."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, draw, get, go, page, post, show, text


async def look(request: Request) -> Response:
    form = await request.form()
    plate, passport = text(form, "raqam"), text(form, "texpas")
    if len(plate) < 6 or len(passport) < 7:
        return go("/?xato=1")
    return page("uz-jarima", "bill", plate=plate, amount=money(draw(plate, 412000, 206000, 1030000)))


def build() -> Starlette:
    return app(
        get("/", show("uz-jarima", "form")), post("/", look),
        get("/tolov", show("uz-jarima", "card")), post("/tolov", show("uz-jarima", "code")),
        post("/kod", show("uz-jarima", "end")),
    )  # fmt: skip


SITE = Site(
    name="uz-jarima",
    kind="scam",
    title="Jarima Tekshiruv",
    about="Uzbek: any plate owes a fine in so'm; a local card form asks number and expiry, then the SMS code.",
    languages=("uz",),
    techniques=("Uzbek", "card form without CVV", "plate mask", "local card brands"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
