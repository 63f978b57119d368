"""A page that announces the fine in an alert box and opens the card form only after 'OK' in a confirm box."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """One page and a script that answers with semicolons."""
    pages = Pages("alert-fine")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def lookup(request: Request) -> Response:
        plate = request.query_params.get("n", "").upper()
        return PlainTextResponse(f"{plate};17 300;проезд на запрещающий сигнал светофора")

    async def pay(request: Request) -> Response:
        return PlainTextResponse("error")

    return Starlette(routes=[Route("/", index), Route("/gai.php", lookup), Route("/oplata.php", pay, methods=["POST"])])


SITE = Site(
    name="alert-fine",
    kind="scam",
    title="GAI.KZ: the fine in an alert box",
    about="The accusation never stands in the page: alert() names the fine of 17 300 tenge, confirm() leads to the card form.",
    languages=("ru",),
    techniques=("plate", "result in JavaScript dialogs", "constant fine", "card form on own origin"),
    expect=("fraudulent",),
    build=build,
)
