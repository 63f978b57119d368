"""A clone of the e-government on a foreign host that, for now, answers 'nothing found' to everybody."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """One page."""
    pages = Pages("quiet-clone")

    async def index(request: Request) -> Response:
        return pages(request, "index.html", asked=request.query_params.get("q", "").strip())

    return Starlette(routes=[Route("/", index)])


SITE = Site(
    name="quiet-clone",
    kind="scam",
    title="eGov.kz — Электрондық үкімет (clone that waits)",
    about="Poses as the e-government on a host that is not its own and collects numbers; it accuses nobody yet.",
    languages=("kk",),
    techniques=("impersonation", "nothing found", "IIN or plate", "collects identities"),
    expect=("suspicious",),
    build=build,
)
