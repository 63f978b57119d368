"""A Georgian patrol-police look-alike with Material labels: the protocol is a sheet of paper in a frame, the card a closed shadow root."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number, pick
from prober.lab.site import Site

page = Pages("jarima-ge")
SUMS = (("50,00", "ორმოცდაათი"), ("100,00", "ასი"), ("150,00", "ას ორმოცდაათი"))


async def index(request: Request) -> Response:
    """The form; posted, on to the protocol."""
    if request.method == "GET":
        return page(request, "index")
    fields = await form(request)
    return RedirectResponse(f"/ok?n={fields.get('a', '')}&p={fields.get('b', '')}", 303)


async def protocol(request: Request) -> Response:
    """The page around the paper."""
    return page(request, "protocol", n=request.query_params.get("n", ""), p=request.query_params.get("p", ""))


async def sheet(request: Request) -> Response:
    """The paper itself."""
    plate, person = request.query_params.get("n", ""), request.query_params.get("p", "")
    amount, words = pick(plate + person, SUMS)
    act = f"გა{number(plate) % 10**9:09d}"
    return page(request, "sheet", plate=plate, person=person, amount=amount, words=words, act=act)


async def pay(request: Request) -> Response:
    """The card."""
    return page(request, "pay")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[
            Route("/", index, methods=["GET", "POST"]),
            Route("/ok", protocol),
            Route("/sheet", sheet),
            Route("/pay", pay),
        ]
    )


SITE = Site(
    name="jarima-ge",
    kind="scam",
    title="ჯარიმის შემოწმება",
    about="A paper-like protocol in a frame fines every plate; the card form hides in a closed shadow root.",
    languages=("ka",),
    techniques=("floating labels", "paper in a frame", "closed shadow root", "amount in words"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
