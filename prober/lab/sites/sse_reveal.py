"""An event stream tells the result; the card form shows one field at a time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, draw, get, post, show


async def stream(request: Request) -> Response:
    key = request.query_params.get("z", "")

    async def events() -> AsyncIterator[str]:
        for line in ("Соединение с базой", "Поиск по камерам", "Проверка оплат"):
            yield f"event: step\ndata: {json.dumps(line)}\n\n"
            await asyncio.sleep(0.7)
        fines = [
            {"a": "ст. 599 ч. 1", "s": draw(key, 43250, 64875)},
            {"a": "ст. 593", "s": draw(key + "x", 12975, 21625)},
        ]
        total = sum(int(fine["s"]) for fine in fines)
        yield f"event: done\ndata: {json.dumps({'fines': fines, 'total': money(total)})}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def build() -> Starlette:
    return app(
        get("/", show("sse-reveal", "form")), get("/stream", stream),
        get("/pay", show("sse-reveal", "card")), post("/pay", show("sse-reveal", "end")),
    )  # fmt: skip


SITE = Site(
    name="sse-reveal",
    kind="scam",
    title="Камера24",
    about="Two fabricated fines come over an event stream; the card form shows the number first, the rest after 'next'.",
    languages=("ru",),
    techniques=("event stream", "card fields one at a time", "several fines"),
    expect=("fraudulent",),
    build=build,
)
