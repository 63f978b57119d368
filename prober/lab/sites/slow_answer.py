"""An honest look-up in English whose registry takes its time before it finds nothing."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

_DELAY = 2.0  # seconds the registry needs


def build() -> Starlette:
    """A page and a slow endpoint."""
    pages = Pages("slow-answer")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def registry(request: Request) -> Response:
        plate = (await form(request)).get("plate", "").upper()
        await asyncio.sleep(_DELAY)
        return JSONResponse({"plate": plate, "fines": []})

    return Starlette(routes=[Route("/", index), Route("/registry", registry, methods=["POST"])])


SITE = Site(
    name="slow-answer",
    kind="honest",
    title="DriveSafe KZ: fines on rental cars",
    about="Shows a skeleton for two seconds while the server works, then 'No outstanding fines were found'.",
    languages=("en",),
    techniques=("plate", "slow server", "skeleton while waiting", "nothing found"),
    expect=("no_fraud_found",),
    build=build,
)
