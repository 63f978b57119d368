"""A page in the dress of a messenger's mini application: own select, fields that change, three fines, pay by phone transfer."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number
from prober.lab.site import Site

page = Pages("shtraf-mini")
KINDS = (
    ("Превышение скорости на 10–20 км/ч", "пр. Абая — ул. Байзакова", 19660),
    ("Проезд на запрещающий сигнал", "ул. Толе би — ул. Сейфуллина", 39320),
    ("Нарушение правил остановки", "ул. Панфилова, 98", 11796),
)


async def index(request: Request) -> Response:
    """The whole application."""
    return page(request, "index")


async def search(request: Request) -> Response:
    """Two or three fines for whatever came."""
    typed = "".join((await form(request)).values())
    count = 2 + number(typed) % 2
    fines = [{"what": what, "where": where, "sum": full // 2, "full": full} for what, where, full in KINDS[:count]]
    return JSONResponse({"ok": True, "result": fines})


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/app/search", search, methods=["POST"])])


SITE = Site(
    name="shtraf-mini",
    kind="scam",
    title="Штрафы РК: мини-приложение",
    about="Finds two or three fines for any document and has them paid by a transfer to a phone number.",
    languages=("ru",),
    techniques=("mini-app look", "custom select", "fields by document type", "accordion of fines", "phone transfer"),
    expect=("fraudulent",),
    build=build,
)
