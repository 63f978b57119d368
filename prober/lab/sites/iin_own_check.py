"""An honest look-up that tests the check digit in the page and the date on the server."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, iin_is_valid
from prober.lab.site import Site


def build() -> Starlette:
    """One page that posts to itself."""
    pages = Pages("iin-own-check")

    async def index(request: Request) -> Response:
        iin, error = "", ""
        if request.method == "POST":
            iin = (await form(request)).get("iin", "")
            dated = iin_is_valid(iin) and 1 <= int(iin[2:4]) <= 12 and 1 <= int(iin[4:6]) <= 31
            error = "По этому ИИН сведений нет." if dated else "Такого ИИН не существует. Проверьте правильность ввода."
        return pages(request, "index.html", iin=iin, error=error)

    return Starlette(routes=[Route("/", index, methods=["GET", "POST"])])


SITE = Site(
    name="iin-own-check",
    kind="honest",
    title="Драйв-Контроль: look-up with its own checks",
    about="The page refuses a wrong check digit, the server refuses an impossible date and finds nothing for the rest.",
    languages=("ru",),
    techniques=("IIN", "client-side check digit", "server-side refusal"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
