"""A page in the voice of a bank: its script checks the IIN's digit, any valid one has a seized account, a card must be 'linked'."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, iin_is_valid, number, pick
from prober.lab.site import Site

page = Pages("arest-scheta")


async def index(request: Request) -> Response:
    """The form; posted, on to the seizure."""
    if request.method == "GET":
        return page(request, "index")
    iin = (await form(request)).get("client_id", "")
    return RedirectResponse(f"/status?c={iin}" if iin_is_valid(iin) else "/", 303)


async def status(request: Request) -> Response:
    """What is said to be owed."""
    iin = request.query_params.get("c", "")
    amount, words = pick(
        iin, (("37'840", "тридцать семь тысяч восемьсот сорок"), ("52'215", "пятьдесят две тысячи двести пятнадцать"))
    )
    return page(request, "status", iin=iin, amount=amount, words=words, order=f"{number(iin) % 10**8:08d}")


async def link(request: Request) -> Response:
    """The card to be linked."""
    return page(request, "link", sent=request.method == "POST")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[
            Route("/", index, methods=["GET", "POST"]),
            Route("/status", status),
            Route("/link", link, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="arest-scheta",
    kind="scam",
    title="Банк: статус счёта",
    about="Its own script lets only IINs with a right check digit through; each of them owes and must link a card.",
    languages=("ru",),
    techniques=(
        "script checks the check digit",
        "voice of a bank",
        "card to be linked",
        "apostrophe in sums",
        "amount in words",
    ),
    expect=("fraudulent",),
    build=build,
)
