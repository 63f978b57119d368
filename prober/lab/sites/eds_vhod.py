"""A fleet owner's fines cabinet: after the plate it wants an electronic signature from a program that is not running."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

page = Pages("eds-vhod")


async def index(request: Request) -> Response:
    """The plate; posted, the demand for the signature."""
    plate = (await form(request)).get("gn", "") if request.method == "POST" else ""
    return page(request, "index", plate=plate.upper())


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index, methods=["GET", "POST"])])


SITE = Site(
    name="eds-vhod",
    kind="obstacle",
    title="Автопарк: кабинет штрафов",
    about="Takes the plate and then asks to sign the request with a key file; without the signer's program nothing follows.",
    languages=("ru",),
    techniques=("electronic signature", "log-in wall after the form"),
    expect=("inconclusive",),
    build=build,
)
