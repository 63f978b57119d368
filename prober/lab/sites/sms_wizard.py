"""A wizard that 'finds' every IIN, wants a phone and an SMS code, takes any code, and then shows the fine."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Four steps by posts, and the card."""
    pages = Pages("sms-wizard")

    async def index(request: Request) -> Response:
        return pages(request, "step.html", step=1)

    async def step(request: Request) -> Response:
        fields = await form(request)
        number = request.path_params["number"]
        wanted = {2: "iin", 3: "phone", 4: "code"}.get(number)
        if wanted is None or not fields.get(wanted):
            return RedirectResponse("/", status_code=303)
        values: dict[str, Any] = {wanted: fields[wanted]}
        return pages(request, "step.html", step=number, **values)

    async def card(request: Request) -> Response:
        return pages(request, "step.html", step=5)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/step/{number:int}", step, methods=["POST"]),
            Route("/card", card, methods=["POST"]),
        ]
    )


SITE = Site(
    name="sms-wizard",
    kind="scam",
    title="Портал госуслуг · Штрафы: a wizard",
    about="Says that any IIN was found, asks for a phone number, sends no code and accepts every code, then a fine of 8 650 ₸.",
    languages=("ru",),
    techniques=(
        "IIN",
        "multi-step wizard",
        "phone and SMS code before the bill",
        "any code accepted",
        "constant fine",
        "card form on own origin",
    ),
    expect=("fraudulent",),
    build=build,
)
