"""The form lives in a frame's srcdoc without an origin and speaks to its parent by messages."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, draw, get, post, show


async def look(request: Request) -> Response:
    key = str((await request.json()).get("q", ""))
    return JSONResponse({"due": money(draw(key, 21625, 43250)), "until": "24.11.2026"})


def build() -> Starlette:
    return app(get("/", show("srcdoc-post", "top")), post("/q", look), post("/done", show("srcdoc-post", "end")))


SITE = Site(
    name="srcdoc-post",
    kind="scam",
    title="Виджет проверки штрафов",
    about="A sandboxed srcdoc frame holds form, result and card fields in turn, all written by messages; any plate owes.",
    languages=("ru",),
    techniques=("srcdoc frame", "postMessage", "card form written into the same frame"),
    expect=("fraudulent",),
    build=build,
)
