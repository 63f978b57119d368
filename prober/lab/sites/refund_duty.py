"""Not a debt but a gift: an overpaid fine is to be refunded to a card."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import Memory, app, digits, draw, get, go, page, post, show, text


def build() -> Starlette:
    memory = Memory("r")

    async def look(request: Request) -> Response:
        form = await request.form()
        number, phone = digits(text(form, "iin")), digits(text(form, "phone"))
        if len(number) != 12 or len(phone) < 10:
            return page("refund-duty", "form", wrong=True)
        return memory.start(go("/refund"), amount=draw(number, 48300, 51900, 37250))

    async def refund(request: Request) -> Response:
        amount = memory.of(request).get("amount")
        return page("refund-duty", "gift", amount=money(amount)) if amount else go("/")

    return app(
        get("/", show("refund-duty", "form")), post("/", look), get("/refund", refund),
        get("/receive", show("refund-duty", "card")), post("/receive", show("refund-duty", "end")),
    )  # fmt: skip


SITE = Site(
    name="refund-duty",
    kind="scam",
    title="Возврат переплат по штрафам · Министерство финансов",
    about="Poses as a ministry that returns overpaid fines: any IIN gets a refund, to be received on a card with CVV.",
    languages=("ru",),
    techniques=("refund pretext", "poses as a ministry", "phone asked"),
    expect=("fraudulent",),
    build=build,
)
