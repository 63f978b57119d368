"""An old-fashioned clone: any plate, one constant fine, a card form on its own origin."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

_LANGUAGES = ("ru", "kk", "en")
_EMPTY = ("Заполните поле «Гос. номер».", "«Мемлекеттік нөмір» өрісін толтырыңыз.", "Enter the vehicle number.")
_DECLINED = (
    "Банк отклонил операцию. Проверьте данные или используйте другую карту.",
    "Банк операцияны қабылдамады. Деректерді тексеріңіз немесе басқа картаны пайдаланыңыз.",
    "The bank declined the payment. Check the details or use another card.",
)


def build() -> Starlette:
    """Pages that post to each other like PHP scripts of ten years ago; a cookie keeps the language."""
    pages = Pages("fine-by-plate")

    def page(request: Request, template: str, error: tuple[str, ...] = ("", "", ""), **values: Any) -> Response:
        lang = request.query_params.get("lang") or request.cookies.get("lang", "")
        place = _LANGUAGES.index(lang) if lang in _LANGUAGES else 0

        def t(*texts: str) -> str:
            return texts[place]

        lang = _LANGUAGES[place]
        answer = pages(request, template, lang=lang, t=t, error=error[place], **values)
        answer.set_cookie("lang", lang)
        return answer

    async def index(request: Request) -> Response:
        return page(request, "index.html")

    async def search(request: Request) -> Response:
        plate = (await form(request)).get("grnz", "")
        if not plate:
            return page(request, "index.html", _EMPTY)
        day = date.today() - timedelta(days=5)
        return page(request, "fine.html", plate=plate.upper(), day=day.strftime("%d.%m.%Y"))

    async def pay(request: Request) -> Response:
        return page(request, "card.html")

    async def process(request: Request) -> Response:
        return page(request, "card.html", _DECLINED)

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
    languages=("ru", "kk", "en"),
    techniques=(
        "plate",
        "constant fine",
        "card form on own origin",
        "impersonation",
        "fake discount",
        "language switch",
    ),
    expect=("fraudulent",),
    build=build,
)
