"""A seller of car histories: the paid report promises fines among other things, whatever plate is typed."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, go, page, post, show, text


async def offer(request: Request) -> Response:
    plate = text(await request.form(), "q")
    return page("history-report", "offer", plate=plate) if len(plate) > 4 else go("/")


def build() -> Starlette:
    return app(get("/", show("history-report", "form")), post("/report", offer), get("/pay", show("history-report", "card")),
               post("/pay", show("history-report", "end")))  # fmt: skip


SITE = Site(
    name="history-report",
    kind="honest",
    title="АвтоДосье",
    about="Sells a car history for 1 490 whatever plate is typed; fines are named among its contents.",
    languages=("ru",),
    techniques=("paid report", "card form", "fines named as contents"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
