"""An honest carrier that has no information about a tracking number that does not exist."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """One page that answers its own GET form."""
    pages = Pages("parcel-tracking")

    async def index(request: Request) -> Response:
        return pages(request, "page.html", awb=request.query_params.get("awb", "").strip().upper())

    return Starlette(routes=[Route("/", index)])


SITE = Site(
    name="parcel-tracking",
    kind="honest",
    title="Steppe Cargo: tracking",
    about="Has no information about the shipment; speaks of customs duties without asking for any.",
    languages=("en",),
    techniques=("parcel", "tracking number", "nothing found"),
    expect=("no_fraud_found",),
    build=build,
    scenario="parcel-fee",
)
