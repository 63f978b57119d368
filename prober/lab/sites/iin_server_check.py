"""An honest look-up by IIN, in Kazakh and Russian, whose server refuses a number that cannot exist."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, iin_is_valid
from prober.lab.site import Site


def build() -> Starlette:
    """The answer to a valid number stands behind a log-in; a wrong one is refused."""
    pages = Pages("iin-server-check")

    async def index(request: Request) -> Response:
        lang = "kk" if request.query_params.get("lang") == "kk" else "ru"
        iin, error = "", ""
        if request.method == "POST":
            iin = (await form(request)).get("iin", "")
            plausible = iin_is_valid(iin) and 1 <= int(iin[2:4]) <= 12 and 1 <= int(iin[4:6]) <= 31
            error = "login" if plausible else "invalid"
        return pages(request, "index.html", lang=lang, iin=iin, error=error)

    return Starlette(routes=[Route("/", index, methods=["GET", "POST"])])


SITE = Site(
    name="iin-server-check",
    kind="honest",
    title="Жол көмекшісі: a driver's helper",
    about="The server tests check digit and date and answers 'Некорректный ИИН'.",
    languages=("kk", "ru"),
    techniques=("IIN", "server-side validation", "language switch"),
    expect=("no_fraud_found",),
    build=build,
)
