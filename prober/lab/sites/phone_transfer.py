"""No card is asked: the fine is to be sent to a phone number."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, go, page, post, show, text


async def look(request: Request) -> Response:
    form = await request.form()
    surname, number = text(form, "fio"), digits(text(form, "iin"))
    if len(number) != 12 or not surname:
        return go("/?n=1")
    return page("phone-transfer", "bill", number=number, surname=surname, amount=money(draw(number, 21625, 30275)))


def build() -> Starlette:
    return app(get("/", show("phone-transfer", "form")), post("/", look), get("/how", show("phone-transfer", "how")))


SITE = Site(
    name="phone-transfer",
    kind="scam",
    title="Отдел исполнения взысканий",
    about="Any surname and IIN owe; to be paid by a transfer to a phone number, with a countdown.",
    languages=("ru",),
    techniques=("transfer by phone number", "no card form", "name field", "countdown"),
    expect=("fraudulent",),
    build=build,
)
