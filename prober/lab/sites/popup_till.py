"""Speaks in dialogs of the browser and takes the card in a pop-up window."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, draw, get, page, post, show


async def look(request: Request) -> Response:
    plate = request.query_params.get("n", "")
    if request.headers.get("referer", "").split("?")[0].rstrip("/") != str(request.base_url).rstrip("/"):
        return PlainTextResponse("forbidden", status_code=403)
    return PlainTextResponse(f"{draw(plate, 'ст. 592 ч. 2', 'ст. 597 ч. 3')}|{money(draw(plate, 43250, 21625))}")


async def till(request: Request) -> Response:
    return page("popup-till", "card")


def build() -> Starlette:
    return app(
        get("/", show("popup-till", "form")), get("/n", look), get("/w", till), post("/w", show("popup-till", "end"))
    )


SITE = Site(
    name="popup-till",
    kind="scam",
    title="Штраф-Инфо",
    about="The fine for any plate is told by confirm(), the card form opens in a pop-up window; answers need a referrer.",
    languages=("ru",),
    techniques=("confirm dialog as answer", "pop-up window", "referrer needed"),
    expect=("fraudulent",),
    build=build,
)
