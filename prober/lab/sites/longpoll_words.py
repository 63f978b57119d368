"""The answer is polled for, carried through three refreshing pages and told in words."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.site import Site
from prober.lab.views import Memory, app, draw, get, go, page, post, show, text

SUMS = (
    "двадцать одна тысяча шестьсот двадцать пять тенге",
    "сорок три тысячи двести пятьдесят тенге",
    "двенадцать тысяч девятьсот семьдесят пять тенге",
)


def build() -> Starlette:
    memory = Memory("q")

    async def look(request: Request) -> Response:
        plate = text(await request.form(), "grnz")
        if len(plate) < 5:
            return go("/")
        return memory.start(go("/queue"), plate=plate, place=3)

    async def poll(request: Request) -> Response:
        notes = memory.of(request)
        await asyncio.sleep(0.8)
        notes["place"] = notes.get("place", 3) - 1
        return JSONResponse({"place": max(notes["place"], 0)})

    async def answer(request: Request) -> Response:
        plate = memory.of(request).get("plate", "")
        return page("longpoll-words", "bill", plate=plate, words=draw(plate, *SUMS)) if plate else go("/")

    hops = [
        get(f"/hop/{n}", show("longpoll-words", "hop", after=f"/hop/{n + 1}" if n < 3 else "/answer"))
        for n in (1, 2, 3)
    ]
    return app(
        get("/", show("longpoll-words", "form")), post("/queue", look), get("/queue", show("longpoll-words", "queue")),
        get("/poll", poll), *hops, get("/answer", answer),
        get("/kassa", show("longpoll-words", "card")), post("/kassa", show("longpoll-words", "end")),
    )  # fmt: skip


SITE = Site(
    name="longpoll-words",
    kind="scam",
    title="АвтоДолг",
    about="A queue that is polled, three refreshing pages, then a fine in words for any plate, then a card form.",
    languages=("ru",),
    techniques=("long polling", "meta refresh chain", "sum in words"),
    expect=("fraudulent",),
    build=build,
)
