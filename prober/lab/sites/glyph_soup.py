"""Labels are background pictures, letters are split and swapped, the sum is a CSS counter."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, draw, get, go, page, post, show, text

LATIN = str.maketrans("аеорсухАЕОРСТХМНКВ", "aeopcyxAEOPCTXMHKB")


def soup(words: str) -> list[str]:
    """The words sign by sign, every second look-alike in Latin, zero-width characters between."""
    signs = [sign.translate(LATIN) if index % 2 else sign for index, sign in enumerate(words)]
    return [
        sign + ("\u200b" if index % 3 == 0 else "\u2060" if index % 3 == 1 else "") for index, sign in enumerate(signs)
    ]


async def look(request: Request) -> Response:
    plate = text(await request.form(), "f_8812")
    if len(plate) < 5:
        return go("/?e=1")
    thousands, rest = draw(plate, (39, 320), (19, 660), (43, 250))
    return page("glyph-soup", "bill", soup=soup, plate=plate, thousands=thousands, rest=rest)


def build() -> Starlette:
    return app(
        get("/", show("glyph-soup", "form", soup=soup)),
        post("/", look),
        get("/k", show("glyph-soup", "card", soup=soup)),
        post("/k", show("glyph-soup", "end", soup=soup)),
    )


SITE = Site(
    name="glyph-soup",
    kind="scam",
    title="Проверка нарушений",
    about="Accuses any plate; its words are cut into letters with look-alikes, and 'no fines' hides beside the fine.",
    languages=("ru",),
    techniques=("look-alike letters", "zero-width characters", "CSS counters", "labels as pictures", "hidden negation"),
    expect=("fraudulent",),
    build=build,
)
