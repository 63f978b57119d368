"""A single-page application without labels, names, ids or button elements."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, post, show


async def ask(request: Request) -> Response:
    sent = await request.json()
    await asyncio.sleep(3)
    plate, number = str(sent.get("a", "")), digits(str(sent.get("b", "")))
    if len(plate) < 5 or len(number) != 12:
        return JSONResponse({"s": 2})
    amount = draw(plate + number, 21625, 43250, 12975)
    return JSONResponse({"s": 1, "v": amount, "h": amount / 2, "n": "26" + number[::-1] + "0"})


async def take(request: Request) -> Response:
    return JSONResponse({"s": 0})


def build() -> Starlette:
    return app(get("/", show("spa-bare", "root")), post("/x/1", ask), post("/x/2", take))


SITE = Site(
    name="spa-bare",
    kind="scam",
    title="AutoQuery",
    about="Everything is drawn by script: inputs with placeholders alone, clickable divs, an icon to pay.",
    languages=("ru",),
    techniques=("single-page application", "no labels or names", "div buttons", "slow answer"),
    expect=("fraudulent",),
    build=build,
)
