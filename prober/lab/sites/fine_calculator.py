"""An honest calculator of fines: speeds in, a sum out, nobody is asked who he is."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """One page; its script does the sum."""
    pages = Pages("fine-calculator")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    return Starlette(routes=[Route("/", index)])


SITE = Site(
    name="fine-calculator",
    kind="honest",
    title="Калькулятор штрафов: speeding calculator",
    about="Computes the fine for a speed that the user enters; no plate, no IIN, no payment.",
    languages=("ru",),
    techniques=("calculator", "sums without a look-up", "no identity asked"),
    expect=("inconclusive", "no_fraud_found"),
    build=build,
)
