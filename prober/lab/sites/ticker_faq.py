"""A lawful look-up that finds nothing, beside an example fine, a payment FAQ and a ticker of other people's fines."""

from __future__ import annotations

import itertools

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.site import Site
from prober.lab.views import Memory, app, get, go, page, post, text

FEED = ("21 625 ₸", "43 250 ₸", "12 975 ₸", "64 875 ₸", "8 650 ₸")


def build() -> Starlette:
    memory, count = Memory("f"), itertools.count()

    async def look(request: Request) -> Response:
        plate = text(await request.form(), "plate")
        return memory.start(go("/?error=not_found"), plate=plate)

    async def home(request: Request) -> Response:
        error = request.query_params.get("error")
        return page("ticker-faq", "home", error=error, plate=memory.of(request).get("plate", ""))

    async def feed(request: Request) -> Response:
        n = next(count)
        return JSONResponse({"who": f"{(n * 37) % 900 + 100} *** 0{n % 9 + 1}", "sum": FEED[n % len(FEED)]})

    return app(get("/", home), post("/", look), get("/feed", feed))


SITE = Site(
    name="ticker-faq",
    kind="honest",
    title="Помощник водителя",
    about="Finds nothing for any plate; a sample fine, a payment FAQ and a live ticker of masked payments surround it.",
    languages=("ru",),
    techniques=("live ticker of sums", "sample fine", "redirect with ?error", "payment FAQ"),
    expect=("no_fraud_found",),
    build=build,
)
