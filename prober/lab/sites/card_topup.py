"""An honest transport card: any card number can be topped up with a sum that the passenger chooses."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Choose, pay."""
    pages = Pages("card-topup")

    def lang(request: Request) -> str:
        return "kk" if request.query_params.get("lang") == "kk" else "ru"

    async def index(request: Request) -> Response:
        return pages(request, "page.html", lang=lang(request), step="form")

    async def topup(request: Request) -> Response:
        fields = await form(request)
        amount = int(fields["sum"]) if fields.get("sum", "").isdigit() else 1000
        card = fields.get("transport", "")
        return pages(request, "page.html", lang=lang(request), step="pay", transport=card, sum=amount)

    return Starlette(routes=[Route("/", index), Route("/topup", topup, methods=["POST"])])


SITE = Site(
    name="card-topup",
    kind="honest",
    title="Jol Card: transport card top-up",
    about="Takes any transport card number and a sum chosen by the user; a bank card pays for it.",
    languages=("ru", "kk"),
    techniques=("top-up", "amount chosen by the user", "card form behind a price"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
