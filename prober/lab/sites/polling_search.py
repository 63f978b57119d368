"""A page whose search waits on the server, not on a timer, and whose card fields are one frame each."""

from __future__ import annotations

import asyncio
import itertools

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, host_suffix, money, sibling
from prober.lab.site import Site

_ROUNDS, _HELD = 3, 0.6  # polls before the answer, seconds each is held

_FIELDS = {
    "number": ("cc-number", "0000 0000 0000 0000", "Номер карты"),
    "expiry": ("cc-exp", "ММ/ГГ", "Срок действия"),
    "cvv": ("cc-csc", "•••", "CVV"),
}


def build() -> Starlette:
    """Jobs that are done after some long polls, and the fields of the second host."""
    pages = Pages("polling-search")
    numbers = itertools.count(1)
    asked: dict[str, int] = {}

    async def index(request: Request) -> Response:
        return pages(request, "index.html", fields=sibling(request, "fields"))

    async def start(request: Request) -> Response:
        job = f"j{next(numbers)}"
        asked[job] = 0
        return JSONResponse({"id": job})

    async def poll(request: Request) -> Response:
        job = request.path_params["job"]
        if job not in asked:
            return Response(status_code=404)
        asked[job] += 1
        if asked[job] <= _ROUNDS:
            await asyncio.sleep(_HELD)
            return JSONResponse({"state": "pending"})
        return JSONResponse(
            {
                "state": "done",
                "amount": f"{money(32437)},50 ₸",
                "reason": "Ст. 596 ч. 1 КоАП РК, обгон в запрещённом месте",
            }
        )

    async def field(request: Request) -> Response:
        kind = request.path_params["kind"]
        if host_suffix(request) != "fields" or kind not in _FIELDS:
            return Response(status_code=404)
        token, hint, label = _FIELDS[kind]
        return pages(request, "field.html", kind=kind, token=token, hint=hint, label=label)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/jobs", start, methods=["POST"]),
            Route("/jobs/{job}", poll),
            Route("/field/{kind}", field),
        ]
    )


SITE = Site(
    name="polling-search",
    kind="scam",
    title="Дорожный долг: a search that the server holds",
    about="Long polls take two seconds of the server's time, then anything typed owes 32 437,50 ₸; number, expiry and CVV "
    "are three frames of a second host.",
    languages=("ru",),
    techniques=(
        "long polling",
        "skeleton while waiting",
        "one card field per frame",
        "constant fine",
        "half-tenge sum",
    ),
    expect=("fraudulent",),
    build=build,
)
