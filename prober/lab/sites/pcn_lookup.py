"""An honest British car-park operator that knows no charge for a registration that does not exist."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """One page that posts to itself."""
    pages = Pages("pcn-lookup")

    async def index(request: Request) -> Response:
        reg = (await form(request)).get("reg", "").upper() if request.method == "POST" else ""
        return pages(request, "page.html", reg=reg)

    return Starlette(routes=[Route("/", index, methods=["GET", "POST"])])


SITE = Site(
    name="pcn-lookup",
    kind="honest",
    title="Greenmoor Car Parks: view a charge",
    about="Answers that no parking charge matches the registration.",
    languages=("en",),
    techniques=("United Kingdom", "plate", "nothing found"),
    expect=("no_fraud_found",),
    build=build,
    scenario="uk-pcn",
)
