"""A phishing drill of a security team: the fine is false, and instead of a card form comes the lesson."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """Bait, false fine, lesson."""
    pages = Pages("phishing-drill")

    async def index(request: Request) -> Response:
        return pages(request, "page.html", step="form")

    async def view(request: Request) -> Response:
        return pages(request, "page.html", step="fine", number=(await form(request)).get("number", "").upper())

    async def lesson(request: Request) -> Response:
        return pages(request, "page.html", step="lesson")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/view", view, methods=["POST"]),
            Route("/lesson", lesson, methods=["POST"]),
        ]
    )


SITE = Site(
    name="phishing-drill",
    kind="obstacle",
    title="A phishing drill",
    about="Works like the scam up to the Pay button, which opens a training text in place of a card form.",
    languages=("ru",),
    techniques=("training simulator", "constant fine", "no card form"),
    expect=("suspicious",),
    build=build,
)
