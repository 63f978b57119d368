"""A private fines portal that says it is private, shows a sample decision, and finds nothing: HTTP 422, an empty table, a zero."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, iin_is_valid
from prober.lab.site import Site

page = Pages("avtosprav")


async def index(request: Request) -> Response:
    """The portal."""
    return page(request, "index")


async def search(request: Request) -> Response:
    """422 for what cannot be, an empty list for what is unknown."""
    fields = await form(request)
    value, kind = re.sub(r"\s", "", fields.get("value", "")).upper(), fields.get("kind", "")
    if kind == "iin" and not iin_is_valid(value):
        return JSONResponse({"errors": {"value": ["ИИН не прошёл проверку контрольной суммы"]}}, status_code=422)
    if kind == "plate" and not re.fullmatch(r"\d{3}[A-Z]{2,3}\d{2}", value):
        return JSONResponse({"errors": {"value": ["Формат номера: 123ABC02"]}}, status_code=422)
    return JSONResponse({"count": 0, "total": 0, "items": []})


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/api/fines", search, methods=["POST"])])


SITE = Site(
    name="avtosprav",
    kind="honest",
    title="АвтоСправка: проверка штрафов",
    about="A private look-up with a disclaimer and a sample document; refuses or finds nothing, in red text or an empty table.",
    languages=("ru", "kk"),
    techniques=("http 422 json", "empty table", "zero counter", "sample document", "tabs", "disclaimer"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
