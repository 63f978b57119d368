"""A Dutch public library's fines: an unknown card number is told so in a modal window, the tariffs stand on the page."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

page = Pages("bibliotheek")


async def index(request: Request) -> Response:
    """The page."""
    return page(request, "index")


async def fines(request: Request) -> Response:
    """No such card."""
    card = (await form(request)).get("pas", "")
    text = "Vul je pasnummer in." if not card else f"Er zijn geen openstaande boetes gevonden bij pasnummer {card}."
    return JSONResponse({"titel": "Boetes", "tekst": text})


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/boetes", fines, methods=["POST"])])


SITE = Site(
    name="bibliotheek",
    kind="honest",
    title="Bibliotheek: boetes betalen",
    about="A modal window says that no fines are open for the card number; tariffs and ways to pay are on the page.",
    languages=("nl",),
    techniques=("modal window", "library fine", "static tariff", "foreign language"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="auto",
)
