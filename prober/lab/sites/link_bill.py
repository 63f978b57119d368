"""A private car park whose bill hangs on the link from its message: the plate only opens it."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

_BILLS = {"Q7X2M9"}


def build() -> Starlette:
    """With a known token any plate opens that bill; without one nothing is found."""
    pages = Pages("link-bill")

    async def index(request: Request) -> Response:
        token = request.query_params.get("bill", "")
        token = token if token in _BILLS else ""
        if request.method == "GET":
            return pages(request, "page.html", step="form", token=token)
        number = (await form(request)).get("number", "").upper()
        return pages(request, "page.html", step="bill" if token else "none", token=token, number=number)

    async def pay(request: Request) -> Response:
        return pages(request, "page.html", step="pay")

    return Starlette(routes=[Route("/", index, methods=["GET", "POST"]), Route("/pay", pay, methods=["GET", "POST"])])


SITE = Site(
    name="link-bill",
    kind="obstacle",
    title="TurakPay: a bill bound to its link",
    about="The link of the message carries a bill, which any plate opens; without the token the same page finds nothing "
    "for anybody.",
    languages=("ru",),
    techniques=("bill bound to a token", "plate", "card form on own origin"),
    expect=("inconclusive",),
    build=build,
    entry="/?bill=Q7X2M9",
)
