"""A payment desk where the payer types the sum; a failing IIN is refused by the server, told in place."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import iin_is_valid
from prober.lab.site import Site
from prober.lab.views import app, digits, get, go, page, post, show, text


async def pay(request: Request) -> Response:
    form = await request.form()
    if not iin_is_valid(digits(text(form, "iin"))):
        return page("duty-pay", "form", status=422, wrong="ИИН указан неверно: проверьте контрольную цифру", form=form)
    if not digits(text(form, "sum")):
        return page("duty-pay", "form", status=422, wrong="Укажите сумму платежа", form=form)
    return go("/card")


def build() -> Starlette:
    return app(get("/", show("duty-pay", "form")), post("/", pay), get("/card", show("duty-pay", "card")),
               post("/card", show("duty-pay", "end")))  # fmt: skip


SITE = Site(
    name="duty-pay",
    kind="honest",
    title="Платежи.Просто",
    about="Duties, taxes and fines by free sum: the payer types it; an IIN that fails is refused with HTTP 422.",
    languages=("ru",),
    techniques=("sum typed by the payer", "server check of the IIN", "HTTP 422", "card form"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
