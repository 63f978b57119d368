"""Looks like a log-in by IIN and phone, lets everybody in, and the cabinet owes two fines."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import Memory, app, digits, draw, get, go, page, post, show, text


def build() -> Starlette:
    memory = Memory("auth")

    async def enter(request: Request) -> Response:
        form = await request.form()
        number = digits(text(form, "login"))
        if len(number) != 12 or len(digits(text(form, "msisdn"))) < 10:
            return page("soft-login", "form", wrong=True)
        return memory.start(go("/cabinet"), number=number)

    async def cabinet(request: Request) -> Response:
        number = memory.of(request).get("number", "")
        if not number:
            return go("/")
        sums = (draw(number, 21625, 43250), draw(number[::-1], 12975, 17300))
        return page(
            "soft-login", "cabinet", number=number, sums=[money(amount) for amount in sums], total=money(sum(sums))
        )

    return app(
        get("/", show("soft-login", "form")), post("/", enter), get("/cabinet", cabinet),
        get("/wallet", show("soft-login", "card")), post("/wallet", show("soft-login", "end")),
    )  # fmt: skip


SITE = Site(
    name="soft-login",
    kind="scam",
    title="MyAvto ID",
    about="'Log in' with any IIN and phone, without a password; the cabinet shows two fines and saves 'your card'.",
    languages=("ru",),
    techniques=("look of a log-in", "several fines", "card 'to be saved'"),
    expect=("fraudulent",),
    build=build,
)
