"""A dark single-page application: the plate in three parts with a region menu, the bill and the card in a modal."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, money
from prober.lab.site import Site

_REGIONS = [f"{number:02d}" for number in range(1, 21)]


def build() -> Starlette:
    """A page and a JSON API."""
    pages = Pages("split-plate")

    async def index(request: Request) -> Response:
        return pages(request, "index.html", regions=_REGIONS)

    async def fines(request: Request) -> Response:
        asked = await form(request)
        plate = " ".join(asked.get(part, "") for part in ("digits", "letters", "region"))
        item = {
            "plate": plate,
            "camera": "SERGEK-M 1147, пр. Туран",
            "number": "№ 261903307745120",
            "amount": money(34600),
            "discounted": money(17300),
        }
        return JSONResponse({"items": [item]})

    async def charge(request: Request) -> Response:
        return JSONResponse({"error": "Эмитент отклонил платёж. Попробуйте другую карту."}, status_code=402)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/api/v2/fines", fines, methods=["POST"]),
            Route("/api/v2/charge", charge, methods=["POST"]),
        ]
    )


SITE = Site(
    name="split-plate",
    kind="scam",
    title="SergekPay: camera fines",
    about="Digits, letters and a region from a menu of the twenty real ones; every combination owes 17 300 ₸.",
    languages=("ru",),
    techniques=(
        "split plate inputs",
        "region menu",
        "single-page application",
        "modal result",
        "card form on own origin",
    ),
    expect=("fraudulent",),
    build=build,
)
