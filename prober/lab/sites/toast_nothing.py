"""An honest look-up whose only answer is a toast of two seconds after a 404 of its API."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """A page and an API that knows no plate."""
    pages = Pages("toast-nothing")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def fines(request: Request) -> Response:
        return JSONResponse({"detail": "not found"}, status_code=404)

    return Starlette(routes=[Route("/", index), Route("/v1/fines/{plate:path}", fines)])


SITE = Site(
    name="toast-nothing",
    kind="honest",
    title="Моторка: a driver's service",
    about="Clears the field and says 'Штрафов по этому номеру нет' in a toast that vanishes after two seconds.",
    languages=("ru",),
    techniques=("plate", "vanishing toast", "nothing found", "404 from the API"),
    expect=("no_fraud_found",),
    build=build,
)
