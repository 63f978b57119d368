"""A Kazakh car wash: any plate may book a time, the visitor chooses a programme and pays it in advance by card."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

page = Pages("kolik-jugu")
PROGRAMMES = {"1": ("Экспресс жуу", 2500), "2": ("Кешенді жуу", 4500), "3": ("Химиялық тазалау", 18000)}


async def index(request: Request) -> Response:
    """Plate, programme and time."""
    return page(request, "index", programmes=PROGRAMMES)


async def book(request: Request) -> Response:
    """The booking as chosen, and its payment in advance."""
    fields = await form(request)
    if "karta" in fields:
        return page(request, "done")
    name, price = PROGRAMMES.get(fields.get("bag", "1"), PROGRAMMES["1"])
    return page(
        request, "book", plate=fields.get("nomir", "").upper(), name=name, price=price, time=fields.get("uaqyt", "")
    )


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/jazylu", book, methods=["POST"])])


SITE = Site(
    name="kolik-jugu",
    kind="honest",
    title="Көлік жуу: онлайн жазылу",
    about="Takes any plate because it only writes it on a booking; the programme chosen is paid in advance by card.",
    languages=("kk",),
    techniques=("prepayment by card", "price chosen by the visitor", "any plate accepted"),
    expect=("inconclusive", "no_fraud_found"),
    build=build,
)
