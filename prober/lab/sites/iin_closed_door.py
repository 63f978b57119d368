"""An honest Kazakh page whose button stays grey until the IIN is right in every respect: nothing can be submitted."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """A page, and an answer that impossible numbers never reach."""
    pages = Pages("iin-closed-door")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def fines(request: Request) -> Response:
        return PlainTextResponse("Айыппұл табылмады.")

    return Starlette(routes=[Route("/", index), Route("/list", fines, methods=["POST"])])


SITE = Site(
    name="iin-closed-door",
    kind="honest",
    title="Айыппұл анықтамасы: checks everything in the page",
    about="Length, date, age, century and check digit are tested in the page, so that no impossible number leaves the browser.",
    languages=("kk",),
    techniques=("IIN", "client-side checks only", "disabled button", "Kazakh only"),
    expect=("inconclusive",),
    build=build,
)
