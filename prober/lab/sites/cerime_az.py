"""An Azerbaijani fine page in a Bootstrap dress: two loaders, location.replace, one select for the expiry, a page for the 3-D code."""

from __future__ import annotations

import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number, pick
from prober.lab.site import Site

page = Pages("cerime-az")


def build() -> Starlette:
    """The site with fresh state: what was typed waits under a random key."""
    asked: dict[str, str] = {}

    async def index(request: Request) -> Response:
        if request.method == "GET":
            return page(request, "index", error=False)
        fields = await form(request)
        plate = fields.get("nisan", "") + fields.get("seriya", "")
        if len(plate) < 5:
            return page(request, "index", error=True)
        key = secrets.token_urlsafe(9)
        asked[key] = plate
        return RedirectResponse(f"/yukle?k={key}", 303)

    async def loader(request: Request) -> Response:
        key, step = request.query_params.get("k", ""), request.query_params.get("m", "1")
        return page(request, "loader", key=key, step=step)

    async def result(request: Request) -> Response:
        plate = asked.get(request.query_params.get("k", ""))
        if plate is None:
            return RedirectResponse("/")
        total = pick(plate, (40, 60, 100))
        return page(request, "result", plate=plate, total=total, act=f"AA{number(plate) % 10**7:07d}")

    async def card(request: Request) -> Response:
        if request.method == "POST":
            return page(request, "code")
        return page(request, "card", total=request.query_params.get("s", ""))

    return Starlette(
        routes=[
            Route("/", index, methods=["GET", "POST"]),
            Route("/yukle", loader),
            Route("/netice", result),
            Route("/odenis", card, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="cerime-az",
    kind="scam",
    title="Cərimə yoxlanışı",
    about="Two loaders end at one unpaid radar fine for every plate, payable by card with a 3-D code.",
    languages=("az",),
    techniques=("two loaders", "location.replace", "single select expiry", "3-D code page"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
