"""An honest guide with a table of tariffs and a sample fine on the page; its look-up finds nothing."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site

_MRP = 4325
_ROWS = (
    ("Превышение скорости на 10–20 км/ч", "592 ч. 1", 5),
    ("Превышение скорости на 20–40 км/ч", "592 ч. 2", 10),
    ("Превышение скорости на 40–60 км/ч", "592 ч. 3", 20),
    ("Непристёгнутый ремень", "593", 5),
    ("Требования знаков и разметки", "594 ч. 1", 3),
    ("Проезд на красный сигнал", "599 ч. 1", 10),
    ("Телефон за рулём", "591", 5),
)


def build() -> Starlette:
    """The table is static, the question goes to a JSON endpoint."""
    pages = Pages("tariff-table")

    async def index(request: Request) -> Response:
        return pages(request, "index.html", mrp=_MRP, rows=_ROWS)

    async def registry(request: Request) -> Response:
        if not request.query_params.get("number", "").strip():
            return JSONResponse({"message": "Введите госномер."})
        return JSONResponse({"message": "По указанному номеру штрафов не обнаружено."})

    return Starlette(routes=[Route("/", index), Route("/registry", registry)])


SITE = Site(
    name="tariff-table",
    kind="honest",
    title="ПДД-Гид: table of fines",
    about="Tariffs and a sample bill of 39 320 ₸ stand on the page before anything is asked; the answer is 'not found'.",
    languages=("ru",),
    techniques=("static tariff table", "sample fine", "plate", "nothing found by fetch"),
    expect=("no_fraud_found",),
    build=build,
)
