"""A page from an SMS that is served to phones alone; everything else gets a bare 404."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """The user agent decides, at every request."""
    pages = Pages("mobile-only")

    def phones_only(template_values: dict[str, Any], request: Request) -> Response:
        if "Mobile" not in request.headers.get("user-agent", ""):
            return PlainTextResponse("404 page not found", status_code=404)
        return pages(request, "page.html", **template_values)

    async def notice(request: Request) -> Response:
        return phones_only({"step": "form"}, request)

    async def fine(request: Request) -> Response:
        plate = (await form(request)).get("v", "").upper()
        return phones_only({"step": "fine", "v": plate, "town": "Алматы"}, request)

    async def card(request: Request) -> Response:
        return phones_only({"step": "card", "tried": "r" in await form(request)}, request)

    return Starlette(
        routes=[
            Route("/s/8Fq2", notice),
            Route("/n", fine, methods=["POST"]),
            Route("/c", card, methods=["POST"]),
        ]
    )


SITE = Site(
    name="mobile-only",
    kind="scam",
    title="1414: a notice from an SMS",
    about="Phones get a notice and, for any plate, a fine of 9 830 тг; desktops and the bare host get a 404.",
    languages=("ru",),
    techniques=(
        "mobile only",
        "cloaking by user agent",
        "deep link",
        "constant fine",
        "card form on own origin",
        "impersonation",
    ),
    expect=("fraudulent",),
    build=build,
    entry="/s/8Fq2",
)
