"""An aggregator that answers '0 fines, total 0' and sells a subscription to alerts."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, digits, get, page, post, show, text


async def look(request: Request) -> Response:
    number = digits(text(await request.form(), "iin"))
    if len(number) != 12:
        return page("zero-subscription", "form", wrong=True)
    return page("zero-subscription", "zero", number=number)


def build() -> Starlette:
    return app(get("/", show("zero-subscription", "form")), post("/", look), get("/sub", show("zero-subscription", "card")),
               post("/sub", show("zero-subscription", "end")))  # fmt: skip


SITE = Site(
    name="zero-subscription",
    kind="honest",
    title="Штрафы.Монитор",
    about="Every IIN has '0 fines, to pay 0'; a subscription of 990 a month to alerts is offered, by card.",
    languages=("ru",),
    techniques=("zero sums", "subscription", "card form"),
    expect=("no_fraud_found",),
    build=build,
)
