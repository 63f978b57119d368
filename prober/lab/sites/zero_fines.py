"""An honest driver's application in Kazakh: zero fines, a sum of 0 tenge, nothing to pay."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """One page that posts to itself."""
    pages = Pages("zero-fines")

    async def index(request: Request) -> Response:
        number = (await form(request)).get("nomer", "").upper() if request.method == "POST" else ""
        return pages(request, "index.html", number=number)

    return Starlette(routes=[Route("/", index, methods=["GET", "POST"])])


SITE = Site(
    name="zero-fines",
    kind="honest",
    title="Көлігім: a driver's application",
    about="Answers with labels and sums as a bill would, all of them zero: 'Айыппұл жоқ'.",
    languages=("kk",),
    techniques=("plate", "zero sums", "Kazakh only"),
    expect=("no_fraud_found",),
    build=build,
)
