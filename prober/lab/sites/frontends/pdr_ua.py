"""Svelte 5 with flatpickr; Ukrainian; the date field is read-only and filled from the calendar."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import number, pick
from prober.lab.site import Site


def build() -> Starlette:
    async def page(request: Request) -> Response:
        return html(
            "<!doctype html><html lang=uk><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'><title>Штрафи ПДР онлайн</title><link rel=stylesheet href=/assets/flatpickr.min.css><link rel=stylesheet href=/assets/pdr-ua.css><script defer src=/assets/pdr-ua.js></script></html>"
        )

    async def graphql(request: Request) -> Response:
        plate = str((await request.json()).get("variables", {}).get("p", ""))
        amount = pick(plate, (340, 510, 1700))
        return JSONResponse(
            {
                "data": {
                    "fines": [
                        {
                            "series": "1АВ",
                            "num": f"{number(plate) % 10**8:08d}",
                            "amount": f"{amount},00",
                            "half": f"{amount // 2},00",
                            "article": pick(
                                plate,
                                (
                                    "ч.1 ст.122 КУпАП, перевищення швидкості",
                                    "ч.3 ст.122 КУпАП, смуга громадського транспорту",
                                ),
                            ),
                            "place": pick(
                                plate[::-1],
                                ("м. Київ, просп. Бажана, 14", "м. Львів, вул. Стрийська, 202", "М-06 Київ–Чоп, 84 км"),
                            ),
                        }
                    ]
                }
            }
        )

    return app([Route("/", page), Route("/graphql", graphql, methods=["POST"])], "/assets")


SITE = Site(
    name="pdr-ua",
    kind="scam",
    title="Штрафи ПДР онлайн",
    about="Any plate and date owe a fine derived from the plate; discount timer; card number in four boxes, expiry in menus.",
    languages=("uk",),
    techniques=(
        "Svelte 5 compiled",
        "flatpickr on a read-only input",
        "labels that are not bound to inputs",
        "staged fake search",
        "GraphQL",
        "card number in four boxes, expiry as menus",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="ua-fines",
)
