"""A web component: look-up, fine and card form all live in one closed shadow root."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, money
from prober.lab.site import Site


def build() -> Starlette:
    """A custom element and its API."""
    pages = Pages("shadow-form")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def query(request: Request) -> Response:
        return JSONResponse(
            {
                "id": "№ 250417009936018",
                "plate": request.path_params["plate"].upper(),
                "sum": f"{money(17300)} тг",
                "what": "Ст. 597 ч. 1 КоАП РК: нарушение правил остановки и стоянки",
            }
        )

    async def card(request: Request) -> Response:
        return PlainTextResponse("Платёж не прошёл, повторите с другой картой")

    return Starlette(routes=[Route("/", index), Route("/q/{plate:path}", query), Route("/c", card, methods=["POST"])])


SITE = Site(
    name="shadow-form",
    kind="scam",
    title="Жол қызметі: a 'road service' in a web component",
    about="Nothing of it is in the page's own DOM; any plate owes 17 300 ₸.",
    languages=("ru",),
    techniques=("closed shadow root", "web component", "constant fine", "card form on own origin"),
    expect=("fraudulent",),
    build=build,
)
