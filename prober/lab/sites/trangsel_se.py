"""Swedish congestion-charge reminders: a field with a drawn keyboard beside it, a folded invoice, and payment in parts."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, number, pick
from prober.lab.site import Site

page = Pages("trangsel-se")


async def index(request: Request) -> Response:
    """The form; with a plate in the address, the reminder."""
    plate = request.query_params.get("regnr", "").strip().upper()
    if not plate:
        return page(request, "index")
    fee = pick(plate, (357, 411, 549))
    return page(request, "invoice", plate=plate, fee=fee, ocr=f"{number(plate) % 10**9:09d}")


async def pay(request: Request) -> Response:
    """The parts, then the card."""
    query = request.query_params
    return page(
        request, "card", total=query.get("belopp", ""), plan=query.get("plan", "1"), sent=request.method == "POST"
    )


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/betala", pay, methods=["GET", "POST"])])


SITE = Site(
    name="trangsel-se",
    kind="scam",
    title="Trängselskatt: obetalda passager",
    about="Every registration number has a reminder with a delay charge; it may be paid in three parts, by card.",
    languages=("sv",),
    techniques=("on-screen keyboard", "folded details", "instalments", "Swedish money notation", "toll"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
