"""A portal clone: cookie banner, three menus on the way, a consent box, then a fine for every plate."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site

_TRANSPORT = (
    ("/transport/licence", "Водительские удостоверения", "Жүргізуші куәліктері"),
    ("/transport/fines", "Штрафы и нарушения", "Айыппұлдар мен бұзушылықтар"),
    ("/transport/register", "Регистрация транспорта", "Көлікті тіркеу"),
)
_FINES = (
    ("/transport/fines/about", "Размеры административных взысканий", "Әкімшілік жазалардың мөлшері"),
    ("/transport/fines/check", "Проверить штрафы онлайн", "Айыппұлдарды онлайн тексеру"),
)


def _lang(request: Request) -> str:
    return "kk" if request.query_params.get("lang") == "kk" else "ru"


def build() -> Starlette:
    """Server-made pages; sections that lead nowhere say that they are being renewed."""
    pages = Pages("deep-menu")

    async def home(request: Request) -> Response:
        return pages(request, "home.html", lang=_lang(request))

    async def section(request: Request) -> Response:
        entries = {"/transport": _TRANSPORT, "/transport/fines": _FINES}.get(request.url.path, ())
        kazakh = _lang(request) == "kk"
        links = [(href, kk if kazakh else ru) for href, ru, kk in entries]
        return pages(request, "list.html", lang=_lang(request), title="Қызметтер" if kazakh else "Услуги", links=links)

    async def check(request: Request) -> Response:
        return pages(request, "form.html", lang=_lang(request))

    async def result(request: Request) -> Response:
        return pages(request, "bill.html", lang=_lang(request), number=request.query_params.get("gn", "").upper())

    async def pay(request: Request) -> Response:
        return pages(request, "pay.html", lang=_lang(request), tried=request.method == "POST")

    return Starlette(
        routes=[
            Route("/", home),
            Route("/transport/fines/check", check),
            Route("/transport/fines/result", result),
            Route("/pay", pay, methods=["GET", "POST"]),
            Route("/{section:path}", section),
        ]
    )


SITE = Site(
    name="deep-menu",
    kind="scam",
    title="qyzmet.egov: a portal of services (clone)",
    about="The look-up stands three menus deep behind a cookie banner; any plate owes 12 975 ₸.",
    languages=("ru", "kk"),
    techniques=("menu on the way", "cookie banner", "consent box", "constant fine", "card form on own origin"),
    expect=("fraudulent",),
    build=build,
)
