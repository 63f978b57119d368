"""A home-made 'I am not a robot' box and a sum told in words guard the form."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import Memory, app, digits, draw, get, go, page, post, show, text


def build() -> Starlette:
    memory = Memory("hc")

    async def home(request: Request) -> Response:
        return memory.start(page("human-check", "box"))

    async def look(request: Request) -> Response:
        form = await request.form()
        number = digits(text(form, "num"))
        if text(form, "answer").lower() not in ("9", "девять"):
            return page("human-check", "form", wrong="Неверный ответ на вопрос")
        if len(number) != 12:
            return page("human-check", "form", wrong="ИИН состоит из 12 цифр")
        return page("human-check", "bill", amount=money(draw(number, 21625, 43250)), number=number)

    return app(
        get("/", home), get("/form", show("human-check", "form")), post("/form", look),
        get("/pay", show("human-check", "card")), post("/pay", back_home),
    )  # fmt: skip


async def back_home(request: Request) -> Response:
    return go("/")


SITE = Site(
    name="human-check",
    kind="scam",
    title="Сервис проверки водителей",
    about="A fake robot box, then an addition in words beside the IIN; the right sum brings a fine and a card form.",
    languages=("ru",),
    techniques=("fake robot check", "arithmetic in words"),
    expect=("fraudulent", "inconclusive"),
    build=build,
)
