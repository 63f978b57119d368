"""A bank's application for a card: IIN, phone and a code, then 'we shall call you'."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import iin_is_valid
from prober.lab.site import Site
from prober.lab.views import app, digits, get, page, post, show, text


async def apply(request: Request) -> Response:
    form = await request.form()
    if not iin_is_valid(digits(text(form, "iin"))):
        return page("bank-application", "form", wrong=True)
    return page("bank-application", "end")


def build() -> Starlette:
    return app(get("/", show("bank-application", "form")), post("/", apply))


SITE = Site(
    name="bank-application",
    kind="honest",
    title="Банк Тулпар: карта с кэшбэком",
    about="Application for a bank card: the word 'card' everywhere, sums of limits; a failing IIN is not found.",
    languages=("ru",),
    techniques=("card words without a card form", "limits in tenge", "not found by the server"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
