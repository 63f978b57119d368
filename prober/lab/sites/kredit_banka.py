"""A bank's loan page: a calculator that moves with the slider, and a first answer by IIN that tells unknown people so."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, iin_is_valid
from prober.lab.site import Site

page = Pages("kredit-banka")


async def index(request: Request) -> Response:
    """The product's page."""
    return page(request, "index")


async def check(request: Request) -> Response:
    """A bad IIN is refused, a good one that the bank does not know is sent to a branch."""
    if not iin_is_valid((await form(request)).get("iin", "")):
        return JSONResponse({"ok": False, "text": "ИИН введён некорректно, проверьте цифры"}, status_code=400)
    return JSONResponse({"ok": False, "text": "Клиент с таким ИИН не найден. Приходите в отделение с документом."})


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/api/precheck", check, methods=["POST"])])


SITE = Site(
    name="kredit-banka",
    kind="honest",
    title="Автокредит: предварительное решение",
    about="A loan calculator whose sums move, and a preliminary answer by IIN that refuses invalid ones on the server.",
    languages=("ru",),
    techniques=("moving sums", "IIN pre-check", "toast", "bank product page"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
