"""A register clone that wants plate, tech passport and the sum of two numbers, and then fines every car."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """The arithmetic and the shape of the tech passport are checked by the server; nothing else is."""
    pages = Pages("second-factor")
    chance = random.Random()

    def ask(request: Request, error: str = "", plate: str = "", srts: str = "") -> Response:
        a, b = chance.randrange(2, 10), chance.randrange(2, 10)
        return pages(request, "page.html", step="form", error=error, plate=plate, srts=srts, a=a, b=b)

    async def index(request: Request) -> Response:
        return ask(request)

    async def check(request: Request) -> Response:
        fields = await form(request)
        plate, srts = fields.get("plateNumber", "").upper(), fields.get("srtsNum", "").upper()
        if not plate:
            return ask(request, "Укажите ГРНЗ", plate, srts)
        if len(srts) != 10 or not srts[2:].isdigit():
            return ask(request, "№ СРТС: две буквы и восемь цифр", plate, srts)
        numbers = [fields.get(name, "") for name in ("a", "b", "answer")]
        if not all(number.isdigit() for number in numbers) or int(numbers[0]) + int(numbers[1]) != int(numbers[2]):
            return ask(request, "Неверный ответ на вопрос защиты от роботов", plate, srts)
        number = f"№ 26{chance.randrange(10**12, 10**13)}"
        return pages(request, "page.html", step="list", plate=plate, srts=srts, number=number)

    async def pay(request: Request) -> Response:
        error = "Отказ банка-эмитента (05)" if "sent" in await form(request) else ""
        return pages(request, "page.html", step="card", error=error)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/check", check, methods=["POST"]),
            Route("/pay", pay, methods=["POST"]),
        ]
    )


SITE = Site(
    name="second-factor",
    kind="scam",
    title="Публичный сектор ЕРАП (clone)",
    about="Copies the real register's second factor to look serious; every pair owes 21 625 ₸ under a new case number.",
    languages=("ru",),
    techniques=(
        "plate and tech passport",
        "arithmetic question",
        "constant fine",
        "random case number",
        "card form on own origin",
        "impersonation",
    ),
    expect=("fraudulent",),
    build=build,
)
