"""A home-made 'I am not a robot' gate; behind it a page that refuses the first try and bills the second."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Without the gate's cookie every address leads back to the gate."""
    pages = Pages("robot-gate")
    chance = random.Random()

    async def gate(request: Request) -> Response:
        return pages(request, "gate.html")

    async def main(request: Request) -> Response:
        if "human" not in request.cookies:
            return RedirectResponse("/")
        if request.method == "GET":
            return pages(request, "main.html", step="form")
        ident = (await form(request)).get("ident", "")
        amount, case = chance.randrange(400, 900) * 25, chance.randrange(10**8, 10**9)
        return pages(request, "main.html", step="fine", ident=ident, amount=amount, case=case)

    async def pay(request: Request) -> Response:
        return pages(request, "main.html", step="card")

    return Starlette(
        routes=[
            Route("/", gate),
            Route("/main", main, methods=["GET", "POST"]),
            Route("/oplata", pay, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="robot-gate",
    kind="scam",
    title="ГОСШТРАФ behind an 'I am not a robot' box",
    about="The gate is a plain block with a timer. The page's script says 'not found' to the first try without asking "
    "the server; the second try gets a random fine.",
    languages=("ru",),
    techniques=(
        "home-made robot gate",
        "refuses first, accepts then",
        "random fine per request",
        "card form on own origin",
    ),
    expect=("fraudulent",),
    build=build,
)
