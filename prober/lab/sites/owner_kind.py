"""A radio choice reveals the fields; the sum is painted on a canvas and the card form stands on another host."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, go, page, post, show, text


async def look(request: Request) -> Response:
    form = await request.form()
    number, plate = digits(text(form, "id1") or text(form, "id2")), text(form, "vehicle")
    if len(number) != 12 or len(plate) < 5:
        return go("/?error=1")
    there = f"http://{request.headers['host'].replace('owner-kind.', 'owner-kind--secure-pay.')}/form"
    return page("owner-kind", "bill", plate=plate, amount=draw(number + plate, 21625, 86500, 64875), there=there)


def build() -> Starlette:
    return app(
        get("/", show("owner-kind", "form")), post("/", look),
        get("/form", show("owner-kind", "card")), post("/form", show("owner-kind", "end")),
    )  # fmt: skip


SITE = Site(
    name="owner-kind",
    kind="scam",
    title="ЕСП · Единый сервис платежей",
    about="Natural or legal person first; any IIN and plate owe a sum painted on a canvas; the card on another host.",
    languages=("ru",),
    techniques=("radio choice reveals fields", "canvas text", "card form on another host", "+7 mask"),
    expect=("fraudulent",),
    build=build,
)
