"""An honest look-up by plate whose server finds nothing for a plate that does not exist."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """One page that answers its own GET form."""
    pages = Pages("nothing-found")

    async def index(request: Request) -> Response:
        number = request.query_params.get("number")
        answer = "" if number is None else "none" if number.strip() else "empty"
        return pages(request, "index.html", number=number or "", answer=answer)

    async def about(request: Request) -> Response:
        return PlainTextResponse("АвтоСправка: справочный сервис для водителей. Платежей не принимаем.")

    return Starlette(routes=[Route("/", index), Route("/about", about)])


SITE = Site(
    name="nothing-found",
    kind="honest",
    title="АвтоСправка: independent fine look-up",
    about="Searches on the server and finds nothing; takes no payments.",
    languages=("ru",),
    techniques=("plate", "nothing found", "GET form", "echo of the input"),
    expect=("no_fraud_found",),
    build=build,
)
