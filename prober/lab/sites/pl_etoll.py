"""Polish: an unpaid motorway passage for any registration, a country menu, a card form in a drawer."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.site import Site
from prober.lab.views import app, draw, get, post, show, text


async def look(request: Request) -> Response:
    plate = text(await request.form(), "nr")
    if len(plate) < 4:
        return JSONResponse({"blad": "Podaj numer rejestracyjny"}, 400)
    road, due = draw(plate, ("A4 Katowice–Kraków", "23,40"), ("A2 Konin–Świecko", "41,00"))
    return JSONResponse({"odcinek": road, "kwota": due, "razem": draw(plate, "123,40", "541,00")})


def build() -> Starlette:
    return app(get("/", show("pl-etoll", "form")), post("/api/przejazdy", look), post("/pay", show("pl-etoll", "end")))


SITE = Site(
    name="pl-etoll",
    kind="scam",
    title="ePrzejazd – opłaty za autostrady",
    about="Polish toll page: any registration has an unpaid passage with a surcharge; the card form slides in.",
    languages=("pl",),
    techniques=("Polish toll", "card form in a drawer", "country menu"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
