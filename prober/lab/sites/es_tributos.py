"""Spanish council: an inline answer that the data match no case; a price list and card logos around."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, go, post, show


async def look(request: Request) -> Response:
    return go("/?estado=sin_resultados")


def build() -> Starlette:
    return app(get("/", show("es-tributos", "form")), post("/", look))


SITE = Site(
    name="es-tributos",
    kind="honest",
    title="Gestor de multas – Asociación de Conductores",
    about="Spanish drivers' club: whatever plate and document, no pending fines; membership prices beside.",
    languages=("es",),
    techniques=("Spanish not-found", "redirect with state", "membership prices"),
    expect=("no_fraud_found",),
    build=build,
    scenario="auto",
)
