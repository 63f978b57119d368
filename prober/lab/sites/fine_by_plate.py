"""An old-fashioned clone: any plate, one constant fine, a card form on its own origin."""

from __future__ import annotations

from datetime import date, timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Pages that post to each other like PHP scripts of ten years ago."""
    pages = Pages("fine-by-plate")

    async def index(request: Request) -> Response:
        return pages(request, "index.html", error="")

    async def search(request: Request) -> Response:
        plate = (await form(request)).get("grnz", "")
        if not plate:
            return pages(request, "index.html", error="Заполните поле «Гос. номер».")
        day = date.today() - timedelta(days=5)
        return pages(request, "fine.html", plate=plate.upper(), day=day.strftime("%d.%m.%Y"))

    async def pay(request: Request) -> Response:
        return pages(request, "card.html", error="")

    async def process(request: Request) -> Response:
        return pages(
            request, "card.html", error="Банк отклонил операцию. Проверьте данные или используйте другую карту."
        )

    async def home(request: Request) -> Response:
        return RedirectResponse("/")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/search.php", search, methods=["POST"]),
            Route("/pay.php", pay, methods=["POST"]),
            Route("/process.php", process, methods=["POST"]),
            Route("/{script}.php", home),
        ]
    )


SITE = Site(
    name="fine-by-plate",
    kind="scam",
    title="Единый сервис штрафов (clone of the e-government)",
    about="Shows the same fine of 19 660 ₸ for whatever is typed and asks for the card on its own pages; "
    "the bank 'declines', so that the victim tries a second card.",
    languages=("ru",),
    techniques=("plate", "constant fine", "card form on own origin", "impersonation", "fake discount"),
    expect=("fraudulent",),
    build=build,
)
