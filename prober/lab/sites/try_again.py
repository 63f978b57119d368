"""Says 'not found, check again' once to every visitor; the second try owes."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import Memory, app, draw, get, page, post, show


def build() -> Starlette:
    memory = Memory("t")

    async def home(request: Request) -> Response:
        return memory.start(page("try-again", "form"), tries=0)

    async def look(request: Request) -> Response:
        notes = memory.of(request)
        plate = str((await request.json()).get("plate", "")).strip()
        if len(plate) < 5:
            return JSONResponse({"message": "Введите госномер полностью"})
        notes["tries"] = notes.get("tries", 0) + 1
        if notes["tries"] < 2:
            return JSONResponse({"message": "Данные не загрузились. Проверьте номер и нажмите «Проверить» ещё раз."})
        return JSONResponse({"plate": plate, "sum": money(draw(plate, 8650, 12975, 43250))})

    return app(
        get("/", home),
        post("/look", look),
        get("/card", show("try-again", "card")),
        post("/card", show("try-again", "end")),
    )


SITE = Site(
    name="try-again",
    kind="scam",
    title="Мой авто",
    about="The first try in a visit asks to press again; the second shows a fine for any plate.",
    languages=("ru",),
    techniques=("answer only at the second try", "modal dialog element"),
    expect=("fraudulent",),
    build=build,
)
