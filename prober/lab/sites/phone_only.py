"""A desktop sees a shop that is closed; a form sent sooner than a person can type gets 'nothing found'."""

from __future__ import annotations

import time

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import Memory, app, digits, draw, get, go, page, post, show, text

LEAST_SECONDS = 1.2


def build() -> Starlette:
    memory = Memory("m")

    async def home(request: Request) -> Response:
        if "Mobile" not in request.headers.get("user-agent", ""):
            return page("phone-only", "closed")
        return memory.start(page("phone-only", "form"), at=time.monotonic())

    async def look(request: Request) -> Response:
        number = digits(text(await request.form(), "iin"))
        notes = memory.of(request)
        if not notes or len(number) != 12:
            return go("/")
        if time.monotonic() - notes["at"] < LEAST_SECONDS:
            return page("phone-only", "nothing")
        return page("phone-only", "bill", amount=money(draw(number, 21625, 12975, 64875)))

    return app(
        get("/", home), post("/", look), get("/k", show("phone-only", "card")), post("/k", show("phone-only", "end"))
    )


SITE = Site(
    name="phone-only",
    kind="scam",
    title="1-штраф",
    about="Phones only; who answers the form within 1.2 seconds is told nothing was found, everyone else owes.",
    languages=("ru",),
    techniques=("phones only", "least time to fill the form"),
    expect=("fraudulent",),
    build=build,
)
