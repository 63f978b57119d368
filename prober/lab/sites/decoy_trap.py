"""Robots get a decoy: hidden fields that must stay empty, a language that must be local."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, page, post, show, text

TRAPS = ("email", "plate", "iin_confirm", "website")


async def home(request: Request) -> Response:
    if not request.headers.get("accept-language", "").lower().startswith(("ru", "kk")):
        return PlainTextResponse("404 page not found", status_code=404)
    return page("decoy-trap", "form")


async def look(request: Request) -> Response:
    form = await request.form()
    number = digits(text(form, "doc_no"))
    if len(number) != 12 or any(text(form, trap) for trap in TRAPS):
        return page("decoy-trap", "decoy")
    return page("decoy-trap", "bill", number=number, amount=money(draw(number, 21625, 32437, 43250)))


def build() -> Starlette:
    return app(
        get("/", home), post("/s", look), get("/p", show("decoy-trap", "card")), post("/p", show("decoy-trap", "end"))
    )


SITE = Site(
    name="decoy-trap",
    kind="scam",
    title="Проверка.Штраф",
    about="A 404 for foreign browsers, 'not found' for whoever fills its hidden fields, a fine for everyone else.",
    languages=("ru",),
    techniques=("honeypot fields", "language cloak", "decoy answer"),
    expect=("fraudulent",),
    build=build,
)
