"""Turkish motorway debts: a modal says that there is none, drawn by script like a known alert library."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.site import Site
from prober.lab.views import app, get, post, show


async def look(request: Request) -> Response:
    return JSONResponse({"durum": "BORC_YOK", "toplam": 0})


def build() -> Starlette:
    return app(get("/", show("tr-nothing", "form")), post("/sorgu", look))


SITE = Site(
    name="tr-nothing",
    kind="honest",
    title="Otoyol Borç Sorgulama",
    about="Turkish: any plate has no debt, said in a modal with a zero; prices of passages stand on the page.",
    languages=("tr",),
    techniques=("Turkish not-found", "modal answer", "zero sum"),
    expect=("no_fraud_found",),
    build=build,
    scenario="auto",
)
