"""Honest to the first visitor who asks, cheating from the second on."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, get, go, page, post, show, text


def build() -> Starlette:
    asked: list[str] = []

    async def look(request: Request) -> Response:
        number = digits(text(await request.form(), "q"))
        if len(number) != 12:
            return go("/")
        asked.append(number)
        if len(asked) == 1:
            return page("second-face", "clean", number=number)
        return page("second-face", "bill", number=number, amount=money(15137 + 1733 * len(asked)))

    return app(
        get("/", show("second-face", "form")), post("/", look),
        get("/pay", show("second-face", "card")), post("/pay", show("second-face", "end")),
    )  # fmt: skip


SITE = Site(
    name="second-face",
    kind="scam",
    title="Штрафы.Экспресс",
    about="Tells the first asker that nothing was found; everyone later owes, each time another odd sum.",
    languages=("ru",),
    techniques=("honest to the first visit", "another sum at every visit"),
    expect=("fraudulent",),
    build=build,
    stateful=True,
)
