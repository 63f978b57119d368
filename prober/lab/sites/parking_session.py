"""A parking operator: any plate opens a session that the visitor chooses and prepays."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, get, go, page, post, show, text


async def session(request: Request) -> Response:
    form = await request.form()
    plate, hours = text(form, "plate"), digits(text(form, "hours")) or "2"
    if len(plate) < 4:
        return go("/")
    return page("parking-session", "session", plate=plate, hours=hours, amount=money(200 * int(hours)))


def build() -> Starlette:
    return app(get("/", show("parking-session", "form")), post("/session", session), get("/card", show("parking-session", "card")),
               post("/card", show("parking-session", "end")))  # fmt: skip


SITE = Site(
    name="parking-session",
    kind="honest",
    title="Паркинг Сити",
    about="A parking operator: whatever plate is typed, a session of chosen length is offered at 200 a hour, by card.",
    languages=("ru",),
    techniques=("prepayment for any plate", "card form", "warning of fines in small print"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
