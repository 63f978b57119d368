"""What an attack is, and the plain scam that most attacks are laid over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from prober.lab.kit import form
from prober.lab.site import Site

Answer = Callable[[Request], Awaitable[Response] | Response]

SEEN = ("fraudulent", "suspicious", "inconclusive")  # the attack may cost the verdict, it never clears the site


@dataclass(frozen=True)
class Attack:
    """One hostile site.

    site: how it is served; `site.expect` are the verdict words that are right.
    outcomes: words of which the first probe must end in one; () leaves them open.
    exits: hosts that must be recorded as refused.
    """

    site: Site
    outcomes: tuple[str, ...] = ()
    exits: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.site.name


def attack(
    name: str,
    about: str,
    build: Callable[[], ASGIApp],
    *,
    expect: tuple[str, ...] = ("inconclusive",),
    outcomes: tuple[str, ...] = (),
    exits: tuple[str, ...] = (),
    entry: str = "/",
) -> Attack:
    """An attack whose server is its own."""
    words = name.replace("-", " ")
    site = Site(name, "hostile", words.capitalize(), about, ("ru",), (words,), expect, build, entry=entry)
    return Attack(site, outcomes, exits)


def over(
    name: str,
    about: str,
    *,
    head: str = "",
    body: str = "",
    after: str = "",
    landing: Answer | None = None,
    fine: Answer | None = None,
    routes: tuple[BaseRoute, ...] = (),
    expect: tuple[str, ...] = SEEN,
    outcomes: tuple[str, ...] = (),
    exits: tuple[str, ...] = (),
) -> Attack:
    """A plain scam with an attack laid over it.

    head, body: added to its landing page. after: added to the page with the fine.
    landing, fine: answers in place of these pages. routes: further ones.
    """

    def build() -> Starlette:
        async def first(request: Request) -> Response:
            return page(LANDING + body, head)

        async def second(request: Request) -> Response:
            return page(fine_for(await plate_of(request)) + after)

        async def third(request: Request) -> Response:
            return page(CARD)

        return Starlette(
            routes=[
                Route("/", landing or first, methods=["GET", "POST"]),
                Route("/check", fine or second, methods=["GET", "POST"]),
                Route("/pay", third, methods=["GET", "POST"]),
                *routes,
            ]
        )

    return attack(name, about, build, expect=expect, outcomes=outcomes, exits=exits)


async def plate_of(request: Request) -> str:
    """What was typed into the plain scam's form."""
    return (await form(request)).get("grnz", "")


def page(body: str, head: str = "", status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    """A small page in Russian."""
    return HTMLResponse(
        '<!doctype html><html lang="ru"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><title>Проверка штрафов ПДД</title>'
        f"{head}<body>{body}</body></html>",
        status_code=status,
        headers=headers,
    )


LANDING = (
    "<h1>Проверка штрафов ПДД</h1><p>Введите государственный номер автомобиля.</p>"
    '<form id="f" method="post" action="/check"><label>Гос. номер <input name="grnz" required></label>'
    '<button id="b">Проверить</button></form>'
)
CARD = (
    "<h1>Оплата штрафа</h1><form method=post action=/pay><label>Номер карты <input name=card autocomplete=cc-number></label>"
    "<label>Срок действия <input name=exp autocomplete=cc-exp></label>"
    "<label>CVV <input name=cvv autocomplete=cc-csc></label><button>Оплатить</button></form>"
)
CLEAR = "<h1>Результат проверки</h1><p>Неоплаченных штрафов не найдено.</p>"


def fine_for(plate: str) -> str:
    """The plain scam's accusation."""
    safe = "".join(c for c in plate if c.isalnum()).upper()
    return (
        f"<h1>Найден неоплаченный штраф</h1><p>По номеру {safe} числится штраф за превышение скорости.</p>"
        "<p>Сумма к оплате: 23 400 ₸</p><form method=post action=/pay><button>Оплатить штраф</button></form>"
    )
