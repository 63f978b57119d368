"""A utility's account look-up: a 404 in JSON, told by a toast that goes away."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.site import Site
from prober.lab.views import app, get, show


async def account(request: Request) -> Response:
    await asyncio.sleep(0.6)
    return JSONResponse({"code": "ACCOUNT_NOT_FOUND", "detail": "Лицевой счёт не найден"}, 404)


def build() -> Starlette:
    return app(get("/", show("utility-account", "form")), get("/api/accounts/{number:path}", account))


SITE = Site(
    name="utility-account",
    kind="honest",
    title="ТеплоВодСервис",
    about="Heat and water bills: any account number or IIN is 'not found' in a toast of two seconds; tariffs on the page.",
    languages=("ru", "kk"),
    techniques=("vanishing toast", "JSON 404", "tariffs on the page"),
    expect=("no_fraud_found",),
    build=build,
)
