"""A parking operator's debts behind a puzzle: a piece must be dragged to a place that only a person sees."""

from __future__ import annotations

import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

page = Pages("parkovka-puzzle")


def build() -> Starlette:
    """The site with fresh state: which hole belongs to which puzzle."""
    holes: dict[str, int] = {}

    async def index(request: Request) -> Response:
        key = secrets.token_hex(6)
        holes[key] = 90 + secrets.randbelow(150)
        return page(request, "index", key=key, hole=holes[key])

    async def check(request: Request) -> Response:
        fields = await form(request)
        hole, left = holes.pop(fields.get("key", ""), None), fields.get("left", "")
        solved = hole is not None and left.isdigit() and abs(int(left) - hole) <= 3
        return JSONResponse({"ok": solved, "text": "Долгов за парковку не найдено." if solved else "Пазл не собран"})

    return Starlette(routes=[Route("/", index), Route("/check", check, methods=["POST"])])


SITE = Site(
    name="parkovka-puzzle",
    kind="obstacle",
    title="Оплата парковки: проверка",
    about="The plate is sent only after a puzzle piece was dragged to its place.",
    languages=("ru",),
    techniques=("slider captcha",),
    expect=("inconclusive",),
    build=build,
)
