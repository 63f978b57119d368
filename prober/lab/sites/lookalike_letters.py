"""A clone written against text filters: Latin letters in Russian words, zero-width blanks, a span round each digit."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """The template disguises; the server is plain."""
    pages = Pages("lookalike-letters")

    async def index(request: Request) -> Response:
        plate = (await form(request)).get("f1", "").upper() if request.method == "POST" else ""
        return pages(request, "page.html", step="bill" if plate else "form", plate=plate)

    async def card(request: Request) -> Response:
        return pages(request, "page.html", step="card")

    return Starlette(routes=[Route("/", index, methods=["GET", "POST"]), Route("/k", card, methods=["POST"])])


SITE = Site(
    name="lookalike-letters",
    kind="scam",
    title="Авторегистр РК in disguised letters",
    about="Reads like any clone but matches no word list: look-alike letters, zero-width blanks, split digits, a wrong "
    "currency sign and the sum in words. Any plate owes 19 660 tenge.",
    languages=("ru",),
    techniques=(
        "look-alike letters",
        "zero-width characters",
        "sum in words",
        "constant fine",
        "card form on own origin",
    ),
    expect=("fraudulent",),
    build=build,
)
