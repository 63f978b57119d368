"""A page almost without text: labels and buttons are pictures, the fine is painted on a canvas."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

_PLAIN = {"radius": 10, "x": 20, "first": 34, "size": 18, "centre": False, "fill": "#ffffff", "ink": "#1f2a44"}
_BUTTON = _PLAIN | {"x": 220, "centre": True, "height": 54, "ink": "#ffffff"}
_PICTURES: dict[str, dict[str, Any]] = {
    "head": _PLAIN
    | {"height": 72, "fill": "#1f2a44", "ink": "#ffffff", "lines": ("ПРОВЕРКА ШТРАФОВ", "Дорожная полиция Казахстана")},
    "ask": _PLAIN | {"height": 72, "lines": ("Введите госномер автомобиля", "или ИИН владельца")},
    "go": _BUTTON | {"fill": "#2457c5", "lines": ("ПРОВЕРИТЬ",)},
    "pay": _BUTTON | {"fill": "#1b8a4b", "lines": ("ОПЛАТИТЬ ШТРАФ",)},
    "card": _PLAIN | {"height": 72, "lines": ("Оплата штрафа: 17 300 тенге", "Номер карты, срок действия, CVV")},
    "foot": _PLAIN
    | {
        "height": 46,
        "fill": "#e9edf5",
        "ink": "#7c86a0",
        "size": 14,
        "first": 28,
        "lines": ("Единый контакт-центр 1414",),
    },
}


def build() -> Starlette:
    """Pages, and pictures drawn as SVG."""
    pages = Pages("picture-fine")

    async def index(request: Request) -> Response:
        if request.method == "GET":
            return pages(request, "index.html", step="form", data="")
        asked = (await form(request)).get("x1", "").upper()
        lines = (
            "Найден неоплаченный штраф",
            f"По запросу: {asked}",
            "Постановление № 262207715003348",
            "Ст. 594 ч. 2 КоАП РК",
            "17 300 тенге",
            "Оплатите сегодня со скидкой 50%",
        )
        return pages(request, "index.html", step="bill", data=b64encode("|".join(lines).encode()).decode())

    async def pay(request: Request) -> Response:
        return pages(request, "index.html", step="card", data="")

    async def picture(request: Request) -> Response:
        drawing = _PICTURES.get(request.path_params["name"])
        if drawing is None:
            return Response(status_code=404)
        text = pages(request, "picture.svg", **drawing).body
        return Response(text, media_type="image/svg+xml")

    return Starlette(
        routes=[
            Route("/", index, methods=["GET", "POST"]),
            Route("/p", pay, methods=["POST"]),
            Route("/i/{name}.svg", picture),
        ]
    )


SITE = Site(
    name="picture-fine",
    kind="scam",
    title="A fine painted on a canvas",
    about="Labels and buttons are pictures and the bill of 17 300 tenge is drawn on a canvas, so that no text filter sees it.",
    languages=("ru",),
    techniques=("text in pictures", "fine on a canvas", "constant fine", "card form on own origin"),
    expect=("fraudulent",),
    build=build,
)
