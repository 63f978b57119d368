"""Question and answer travel over a WebSocket; the button wakes on keyup and blur."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, post, show


async def live(socket: WebSocket) -> None:
    await socket.accept()
    async for message in socket.iter_json():
        number = digits(str(message.get("iin", "")))
        for share in (17, 48, 83, 100):
            await socket.send_json({"type": "progress", "share": share})
            await asyncio.sleep(0.5)
        amount = draw(number, 17300, 21625, 64875)
        await socket.send_json({"type": "record", "sum": f"{money(amount)} KZT", "no": f"№ 26{number[2:]}351"})


def build() -> Starlette:
    return app(
        get("/", show("socket-push", "form")), WebSocketRoute("/live", live),
        get("/checkout", show("socket-push", "card")), post("/checkout", show("socket-push", "end")),
    )  # fmt: skip


SITE = Site(
    name="socket-push",
    kind="scam",
    title="Penalty Online KZ",
    about="Any IIN: the fine comes over a WebSocket after a counted search; then a card form.",
    languages=("ru",),
    techniques=("WebSocket answer", "button wakes on blur", "no form element"),
    expect=("fraudulent",),
    build=build,
)
