"""A block-builder page: a fake search of five seconds by timers, then a list of fines, each with its card form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def _fines() -> list[dict[str, Any]]:
    return [
        {
            "id": identifier,
            "name": name,
            "amount": amount,
            "day": (date.today() - timedelta(days=days)).strftime("%d.%m.%Y"),
        }
        for identifier, name, amount, days in (
            ("263311907", "Превышение скорости на 10–20 км/ч", 21625, 6),
            ("263298114", "Ремень безопасности", 21625, 19),
            ("263274560", "Остановка в неположенном месте", 12975, 41),
        )
    ]


def build() -> Starlette:
    """The page's script asks for fragments of HTML."""
    pages = Pages("spinner-list")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def report(request: Request) -> Response:
        return pages(request, "list.html", query=request.query_params.get("q", "").upper(), fines=_fines())

    def fine_page(template: str) -> Any:
        async def page(request: Request) -> Response:
            chosen = [fine for fine in _fines() if fine["id"] == request.path_params["number"]] or _fines()
            return pages(request, template, fine=chosen[0])

        return page

    async def card(request: Request) -> Response:
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/report", report),
            Route("/report/card", card, methods=["POST"]),
            Route("/report/{number}", fine_page("one.html")),
            Route("/report/{number}/card", fine_page("card.html")),
        ]
    )


SITE = Site(
    name="spinner-list",
    kind="scam",
    title="Автоштраф 24: search through 'seven databases'",
    about="One field for IIN or plate, a staged search of five seconds that asks nobody, then always the same three fines.",
    languages=("ru",),
    techniques=(
        "fake search with timers",
        "one field for plate or IIN",
        "list of fines",
        "constant fine",
        "card form on own origin",
    ),
    expect=("fraudulent",),
    build=build,
)
