"""Unpaid customs duty in Tajik: the kind of document decides which field is shown, the parcel always waits for a payment."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number, pick
from prober.lab.site import Site

page = Pages("gumruk-tj")


async def index(request: Request) -> Response:
    """The form; posted, the parcel or the card."""
    if request.method == "GET":
        return page(request, "index", empty=False)
    fields = await form(request)
    if "korti" in fields:
        return page(request, "wait")
    typed = fields.get("q1") or fields.get("q2") or fields.get("q3") or ""
    if not typed:
        return page(request, "index", empty=True)
    duty = pick(typed, ("186,40", "212,75", "94,10"))
    return page(request, "bill", typed=typed, duty=duty, parcel=f"TJ{number(typed) % 10**9:09d}")


async def pay(request: Request) -> Response:
    """The card form."""
    return page(request, "card", duty=request.query_params.get("s", ""))


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index, methods=["GET", "POST"]), Route("/pardokht", pay)])


SITE = Site(
    name="gumruk-tj",
    kind="scam",
    title="Боҷи гумрукӣ",
    about="Whatever number is typed, a parcel waits for its customs duty, payable by card only.",
    languages=("tg",),
    techniques=("fields by document type", "customs duty", "amount with decimals"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
