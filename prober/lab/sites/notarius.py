"""A notary's page: tariffs in monthly units, a look whether a document is ready by IIN, and a form to pay a fee one chooses."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, iin_is_valid
from prober.lab.site import Site

page = Pages("notarius")
FLASHES = {
    "bad": "ИИН указан неверно: не сходится контрольный разряд.",
    "none": "На этот ИИН готовых документов нет. Задолженность по тарифам: 0 ₸.",
}


async def index(request: Request) -> Response:
    """The tariffs and the form, with the flash message of the last request."""
    answer = page(request, "index", flash=FLASHES.get(request.cookies.get("flash", ""), ""))
    answer.delete_cookie("flash")
    return answer


async def ready(request: Request) -> Response:
    """Looks into the register, which knows nobody here."""
    iin = (await form(request)).get("iin", "")
    answer = RedirectResponse("/#status", 303)
    answer.set_cookie("flash", "none" if iin_is_valid(iin) else "bad")
    return answer


async def pay(request: Request) -> Response:
    """The fee of a service the visitor picks."""
    return page(request, "pay", sent=request.method == "POST")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[
            Route("/", index),
            Route("/gotovnost", ready, methods=["POST"]),
            Route("/oplata", pay, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="notarius",
    kind="honest",
    title="Нотариус: тарифы и готовность документов",
    about="Answers an invalid IIN with a flash message after a redirect; fees are chosen and paid by card.",
    languages=("ru",),
    techniques=("flash message", "static tariffs", "card form for a chosen fee", "talk of court orders"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
