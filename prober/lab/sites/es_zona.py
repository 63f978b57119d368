"""Spanish: a regulated-parking notice for any registration, behind an accordion."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, draw, get, go, page, post, show, text


async def look(request: Request) -> Response:
    plate = text(await request.form(), "matricula")
    if len(plate) < 5:
        return go("/#consulta")
    return page("es-zona", "bill", plate=plate, amount=draw(plate, "45,00", "60,00", "90,00"))


def build() -> Starlette:
    return app(get("/", show("es-zona", "form")), post("/", look), get("/pago", show("es-zona", "card")),
               post("/pago", show("es-zona", "end")))  # fmt: skip


SITE = Site(
    name="es-zona",
    kind="scam",
    title="Zona Regulada – Consulta de denuncias",
    about="Spanish parking notices: the form is in an accordion below a long page; any registration has a notice.",
    languages=("es",),
    techniques=("Spanish parking", "accordion", "form far below the fold"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
