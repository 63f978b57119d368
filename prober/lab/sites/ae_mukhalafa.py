"""Arabic, right to left: a traffic violation for any plate and emirate, then a card form."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, draw, get, go, page, post, show, text


async def look(request: Request) -> Response:
    plate = text(await request.form(), "lawha")
    if len(plate) < 3:
        return go("/?e=1")
    return page("ae-mukhalafa", "bill", plate=plate, amount=draw(plate, "٦٠٠", "1,500", "800"))


def build() -> Starlette:
    return app(get("/", show("ae-mukhalafa", "form")), post("/", look), get("/pay", show("ae-mukhalafa", "card")),
               post("/pay", show("ae-mukhalafa", "end")))  # fmt: skip


SITE = Site(
    name="ae-mukhalafa",
    kind="scam",
    title="استعلام المخالفات المرورية",
    about="Arabic and right to left: any plate has a violation in dirhams, at times in Eastern digits; then a card form.",
    languages=("ar",),
    techniques=("Arabic", "right to left", "Eastern digits"),
    expect=("fraudulent", "suspicious"),
    build=build,
    scenario="auto",
)
