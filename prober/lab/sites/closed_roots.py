"""Custom elements with closed shadow roots, one inside the other, hold every control."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, post, show


async def look(request: Request) -> Response:
    number = digits(str((await request.json()).get("jsn", "")))
    if len(number) != 12:
        return JSONResponse({"error": "ЖСН 12 саннан тұруы керек"}, 422)
    return JSONResponse({"sum": money(draw(number, 21625, 17300, 43250)), "case": f"26{number[3:]}1200"})


def build() -> Starlette:
    return app(
        get("/", show("closed-roots", "root")), post("/api/look", look), get("/pay", show("closed-roots", "pay"))
    )


SITE = Site(
    name="closed-roots",
    kind="scam",
    title="Айыппұл.онлайн",
    about="A Kazakh page built of closed shadow roots; any IIN of twelve digits owes a fine, then the card is asked.",
    languages=("kk",),
    techniques=("closed shadow roots", "custom elements", "Kazakh only"),
    expect=("fraudulent",),
    build=build,
)
