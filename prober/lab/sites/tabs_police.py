"""A police clone in Kazakh and Russian with two tabs, plate and IIN, drawn with radio buttons and no script."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def _lang(request: Request) -> str:
    return "kk" if request.query_params.get("lang") == "kk" else "ru"


def build() -> Starlette:
    """Tabs post to one search; the bill has an address of its own."""
    pages = Pages("tabs-police")

    async def index(request: Request) -> Response:
        return pages(request, "index.html", lang=_lang(request))

    async def find(request: Request) -> Response:
        fields = await form(request)
        query = fields.get("q1") or fields.get("q2")
        if not query:
            return RedirectResponse(f"/?lang={_lang(request)}", status_code=303)
        return pages(request, "fine.html", lang=_lang(request), query=query.upper())

    async def bill(request: Request) -> Response:
        return pages(request, "pay.html", lang=_lang(request))

    async def done(request: Request) -> Response:
        return pages(request, "done.html", lang=_lang(request))

    return Starlette(
        routes=[
            Route("/", index),
            Route("/find", find, methods=["POST"]),
            Route("/bill/done", done, methods=["POST"]),
            Route("/bill/{number}", bill),
        ]
    )


SITE = Site(
    name="tabs-police",
    kind="scam",
    title="Комитет административной полиции (clone)",
    about="Plate or IIN, whichever tab is used, owes the same 43 250 ₸, 21 625 ₸ today.",
    languages=("ru", "kk"),
    techniques=(
        "tabs for plate and IIN",
        "language switch",
        "constant fine",
        "card form on own origin",
        "impersonation",
    ),
    expect=("fraudulent",),
    build=build,
)
