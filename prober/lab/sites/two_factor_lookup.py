"""A lawful look-up with plate and tech-passport: an aria-live line says that there is no such pair."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.site import Site
from prober.lab.views import app, get, post, show, text


async def look(request: Request) -> Response:
    form = await request.form()
    if not text(form, "gn") or not text(form, "srts"):
        return JSONResponse({"errors": [{"field": "srts", "message": "Обязательное поле"}]}, 400)
    return JSONResponse({"title": "Not Found", "detail": "Совпадение номера и СРТС отсутствует в базе"}, 404)


def build() -> Starlette:
    return app(get("/", show("two-factor-lookup", "form")), post("/v1/fines", look))


SITE = Site(
    name="two-factor-lookup",
    kind="honest",
    title="Автокабинет",
    about="Asks plate and tech-passport number; the server knows no such pair and says so in an aria-live line.",
    languages=("ru",),
    techniques=("two factors", "aria-live answer", "JSON problem with 404", "skeleton while loading"),
    expect=("no_fraud_found",),
    build=build,
)
