"""An honest page that repeats the input, finds nothing, and adds advice full of words of payment."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """A page and a GraphQL-like endpoint that knows no fines."""
    pages = Pages("echo-answer")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def query(request: Request) -> Response:
        return JSONResponse({"data": {"fines": []}})

    return Starlette(routes=[Route("/", index), Route("/graphql", query, methods=["POST"])])


SITE = Site(
    name="echo-answer",
    kind="honest",
    title="Штрафомер: a small look-up",
    about="Echoes the input, says that nothing was found and advises how to pay 'if there is a fine after all'.",
    languages=("ru",),
    techniques=("echo of the input", "nothing found", "advice to pay", "single-page application"),
    expect=("no_fraud_found",),
    build=build,
)
