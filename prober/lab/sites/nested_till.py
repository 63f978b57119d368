"""The form stands two frames deep, the card form in a frame of another host."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, go, page, post, show, text


async def look(request: Request) -> Response:
    form = await request.form()
    number, plate = digits(text(form, "doc")), text(form, "gn")
    if len(number) != 12 and len(plate) < 5:
        return go("/in/form?e=1")
    return page("nested-till", "bill", amount=money(draw(number + plate, 64875, 21625, 86500)), key=number or plate)


async def till(request: Request) -> Response:
    host = request.headers["host"].replace("nested-till.", "nested-till--acquiring.")
    return page("nested-till", "till", there=f"http://{host}/f/card")


def build() -> Starlette:
    return app(
        get("/", show("nested-till", "top")),
        get("/in", show("nested-till", "middle")),
        get("/in/form", show("nested-till", "form")),
        post("/in/form", look),
        get("/till", till),
        get("/f/card", show("nested-till", "card")),
        post("/f/card", show("nested-till", "end")),
    )


SITE = Site(
    name="nested-till",
    kind="scam",
    title="Единый реестр задолженностей",
    about="Accuses any IIN or plate inside a frame of a frame; the card form is a frame of its own second host.",
    languages=("ru", "kk"),
    techniques=("nested frames", "tabs", "card form in a frame of another host"),
    expect=("fraudulent",),
    build=build,
)
