"""A host that takes the request and never finishes its answer."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from prober.lab.site import Site

_PACE = 0.5  # seconds between two bytes


async def _drip(send: Send) -> None:
    start = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html; charset=utf-8")]}
    await send(start)
    while True:
        await send({"type": "http.response.body", "body": b" ", "more_body": True})
        await asyncio.sleep(_PACE)


def build() -> ASGIApp:
    """A blank every half second until the visitor leaves."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        dripping = asyncio.create_task(_drip(send))
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            dripping.cancel()
            await asyncio.gather(dripping, return_exceptions=True)

    return app


SITE = Site(
    name="tarpit",
    kind="obstacle",
    title="A host that never finishes",
    about="Sends a blank every half second for ever; a prober must give up in its own time and say so.",
    languages=("en",),
    techniques=("endless answer", "tarpit"),
    expect=("inconclusive",),
    build=build,
)
