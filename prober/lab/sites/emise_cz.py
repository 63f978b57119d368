"""A Czech low-emission-zone charge: without its cookie nothing works, the result is a table whose row opens a dialog."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number
from prober.lab.site import Site

page = Pages("emise-cz")


async def index(request: Request) -> Response:
    """Sets the cookie and comes back; tells those who keep none."""
    if request.cookies.get("nez") == "1":
        return page(request, "index", error=request.query_params.get("e"))
    if request.query_params.get("ck"):
        return page(request, "nocookie")
    answer = RedirectResponse("/?ck=1")
    answer.set_cookie("nez", "1")
    return answer


async def search(request: Request) -> Response:
    """Keeps the plate in a cookie, shows the table."""
    if request.cookies.get("nez") != "1":
        return page(request, "nocookie")
    if request.method == "POST":
        plate = (await form(request)).get("rz", "").upper()
        answer = RedirectResponse("/poplatky" if len(plate) >= 5 else "/?e=1", 303)
        answer.set_cookie("rz", plate.encode("ascii", "ignore").decode().replace(" ", ""))
        return answer
    plate = request.cookies.get("rz", "")
    visits = [("2. 6. 2026", 190), ("9. 6. 2026", 190), ("15. 6. 2026", 190 + number(plate) % 3 * 100)]
    return page(request, "table", plate=plate, visits=visits, total=sum(price for _, price in visits))


async def pay(request: Request) -> Response:
    """The card form; where it goes, nothing comes back."""
    return page(request, "card", sent=request.method == "POST")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[
            Route("/", index),
            Route("/poplatky", search, methods=["GET", "POST"]),
            Route("/platba", pay, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="emise-cz",
    kind="scam",
    title="Nízkoemisní zóna: dlužné poplatky",
    about="Needs cookies; every plate entered the zone three times without paying; a row opens the dialog to pay.",
    languages=("cs",),
    techniques=("cookies needed", "row click", "dialog element", "ecological fee"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
