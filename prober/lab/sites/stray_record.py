"""An honest register of camera records in which one impossible plate happens to stand, misread by a camera."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site


def build() -> Starlette:
    """The first plate ever asked for is the misread one; no other has a record."""
    pages = Pages("stray-record")
    misread: list[str] = []

    async def index(request: Request) -> Response:
        number = (await form(request)).get("n", "").upper() if request.method == "POST" else ""
        if number and not misread:
            misread.append(number)
        record = "" if not number else "stray" if number in misread else "none"
        return pages(request, "index.html", number=number, record=record)

    return Starlette(routes=[Route("/", index, methods=["GET", "POST"])])


SITE = Site(
    name="stray-record",
    kind="obstacle",
    title="Камера-инфо: one misread plate",
    about="Whichever plate is asked for first has a record, as a misread one might; every other has none. One accusation "
    "is no proof.",
    languages=("ru",),
    techniques=("plate", "single stray record", "nothing found for others"),
    expect=("suspicious", "inconclusive", "no_fraud_found"),
    build=build,
)
