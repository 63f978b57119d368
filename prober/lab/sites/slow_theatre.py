"""Delays by animation frames, a worker, an animation's end and a slow server; leaves when a debugger is open."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, draw, get, post, show


async def look(request: Request) -> Response:
    plate = str((await request.json())["plate"])
    await asyncio.sleep(4)
    return JSONResponse({"total": money(draw(plate, 21625, 39320)), "place": draw(plate, "пр. Абая", "ул. Сатпаева")})


def build() -> Starlette:
    return app(
        get("/", show("slow-theatre", "form")), post("/look", look),
        get("/card", show("slow-theatre", "card")), post("/card", show("slow-theatre", "end")),
    )  # fmt: skip


SITE = Site(
    name="slow-theatre",
    kind="scam",
    title="Фото-Контроль",
    about="Four kinds of delay one after another before the fine for any plate, about nine seconds in all.",
    languages=("ru",),
    techniques=("animation-frame delay", "worker delay", "animation-end delay", "slow server", "anti-debugging"),
    expect=("fraudulent",),
    build=build,
)
