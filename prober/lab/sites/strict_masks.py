"""Its script insists on a plate mask and an IIN with a right check digit and a calendar date."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import Memory, app, digits, draw, get, go, page, post, show, text


def build() -> Starlette:
    memory = Memory()

    async def look(request: Request) -> Response:
        form = await request.form()
        plate, number = text(form, "plate"), digits(text(form, "iin"))
        if len(plate) < 9 or len(number) != 12:
            return go("/")
        return memory.start(go("/case"), plate=plate, number=number)

    async def case(request: Request) -> Response:
        notes = memory.of(request)
        if not notes:
            return go("/")
        amount = draw(notes["plate"] + notes["number"], 43250, 86500, 129750)
        return page("strict-masks", "bill", amount=money(amount), **notes)

    return app(
        get("/", show("strict-masks", "form")), post("/", look), get("/case", case),
        get("/case/pay", show("strict-masks", "card")), post("/case/pay", show("strict-masks", "end")),
    )  # fmt: skip


SITE = Site(
    name="strict-masks",
    kind="scam",
    title="Жол камерасы · Дорожная камера",
    about="A careful kit: masks while typing, refuses a failing check digit or date by script, then accuses everyone.",
    languages=("ru", "kk"),
    techniques=("input masks", "IIN check digit by script", "Latin capitals only", "button enabled by script"),
    expect=("fraudulent",),
    build=build,
)
