"""An honest seller of vehicle reports: after any plate there is a price, never a debt."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Form, preview with a price, card."""
    pages = Pages("vin-report")

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def preview(request: Request) -> Response:
        car = request.query_params.get("car", "").strip().upper()
        return pages(request, "page.html", step="preview", car=car) if car else RedirectResponse("/")

    async def buy(request: Request) -> Response:
        return pages(request, "page.html", step="buy", car=(await form(request)).get("car", ""))

    return Starlette(routes=[Route("/", index), Route("/preview", preview), Route("/buy", buy, methods=["POST"])])


SITE = Site(
    name="vin-report",
    kind="honest",
    title="АвтоИстория: paid vehicle reports",
    about="Sells a report for 1 990 ₸ on any plate and returns the money where there are no data; the word for fines "
    "stands in the list of contents.",
    languages=("ru",),
    techniques=("paid report", "VIN or plate", "card form behind a price"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
