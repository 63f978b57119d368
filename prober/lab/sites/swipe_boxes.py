"""Consents gate the button, a slider pays, the card number is cut into four boxes."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, go, page, post, show, text


async def look(request: Request) -> Response:
    form = await request.form()
    number = digits(text(form, "bin"))
    if len(number) != 12 or not form.get("c1") or not form.get("c2"):
        return go("/")
    return page("swipe-boxes", "bill", number=number, amount=money(draw(number, 39320, 21625, 86500)))


def build() -> Starlette:
    return app(
        get("/", show("swipe-boxes", "form")), post("/", look),
        get("/c", show("swipe-boxes", "card")), post("/c", show("swipe-boxes", "end")),
    )  # fmt: skip


SITE = Site(
    name="swipe-boxes",
    kind="scam",
    title="Личный кабинет водителя",
    about="Two consents wake the button; any IIN owes; a slider leads to a card number in four boxes, dates as menus.",
    languages=("ru",),
    techniques=("consent boxes", "slide to pay", "card number in four boxes", "expiry as menus"),
    expect=("fraudulent",),
    build=build,
)
