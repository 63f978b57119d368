"""A Kazakh-only page of nested tables whose fine is computed from the letters of the plate."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

_FINES = (
    (12975, "Жол белгілерінің талаптарын сақтамау, 594-бап 1-бөлік"),
    (21625, "Белгіленген жылдамдықты асыру, 592-бап 1-бөлік"),
    (43250, "Бағдаршамның тыйым салатын белгісіне өту, 599-бап 1-бөлік"),
    (64875, "Қарсы бағыттағы жолаққа шығу, 596-бап 1-бөлік"),
    (17300, "Тоқтау және тұрақ ережелерін бұзу, 597-бап 1-бөлік"),
)


def build() -> Starlette:
    """The same plate always gets the same bill, another plate another."""
    pages = Pages("kk-derived")

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def bill(request: Request) -> Response:
        plate = (await form(request)).get("nomir", "").upper()
        seed = sum((place + 1) * ord(letter) for place, letter in enumerate(plate))
        amount, article = _FINES[seed % len(_FINES)]
        case = 2026_00000_000000 + seed * 7919
        return pages(request, "page.html", step="bill", plate=plate, case=case, amount=amount, article=article)

    async def card(request: Request) -> Response:
        amount = (await form(request)).get("soma", "")
        return pages(request, "page.html", step="card", amount=int(amount) if amount.isdigit() else 21625)

    async def code(request: Request) -> Response:
        return pages(request, "page.html", step="code")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/tekseru", bill, methods=["POST"]),
            Route("/tolem", card, methods=["POST"]),
            Route("/rastau", code, methods=["POST"]),
        ]
    )


SITE = Site(
    name="kk-derived",
    kind="scam",
    title="Жол полициясы: a Kazakh-only clone",
    about="The sum follows from the letters typed, so the same plate gives the same bill and another plate another; "
    "an empty plate is fined as well.",
    languages=("kk",),
    techniques=("plate", "fine derived from the input", "table layout", "card form on own origin", "impersonation"),
    expect=("fraudulent",),
    build=build,
)
