"""A call-up 'summons' check: the form goes into a hidden frame that answers by message; the card sits two foreign frames deep."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number, sibling
from prober.lab.site import Site

page = Pages("povestka")


async def index(request: Request) -> Response:
    """The form and the place where the answer appears."""
    return page(request, "index", widget=sibling(request, "pay") + "/widget")


async def check(request: Request) -> Response:
    """The document in the hidden frame; its script tells the parent."""
    fields = await form(request)
    iin = fields.get("uin", "")
    error = "" if len(iin) == 12 and iin.isdigit() else "Введите 12 цифр ИИН"
    return page(request, "reply", error=error, iin=iin, case=f"ПВ-{number(iin) % 10**7:07d}")


async def widget(request: Request) -> Response:
    """The outer frame of the payment, on another host."""
    origin = request.headers.get("host", "").replace("--pay.", "--vault.")
    return page(request, "widget", vault=f"http://{origin}/fields")


async def fields_page(request: Request) -> Response:
    """The inner frame with the card fields, on a third host."""
    return page(request, "fields")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[
            Route("/", index),
            Route("/check", check, methods=["POST"]),
            Route("/widget", widget),
            Route("/fields", fields_page),
        ]
    )


SITE = Site(
    name="povestka",
    kind="scam",
    title="Реестр повесток",
    about="Any twelve digits have missed a call-up and owe a fine; the card form is two cross-origin frames deep.",
    languages=("ru",),
    techniques=("hidden iframe submit", "postMessage", "nested cross-origin frames", "countdown", "summons fine"),
    expect=("fraudulent",),
    build=build,
)
