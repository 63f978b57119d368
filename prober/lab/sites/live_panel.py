"""A chat with an 'inspector' over a WebSocket: bill and card form are pushed by the server, keystrokes are sent live."""

from __future__ import annotations

import asyncio
import html
import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from prober.lab.kit import Pages
from prober.lab.site import Site

_GREETING = "Здравствуйте! Я инспектор отдела администрирования. Напишите госномер, я проверю штрафы."
_THINKS = 0.8  # seconds an operator 'types'; the server's own pace, no timer of the page


async def _talk(socket: WebSocket) -> None:
    await socket.send_json({"do": "say", "html": _GREETING})
    while True:
        try:
            message = json.loads(await socket.receive_text())
        except ValueError:
            continue
        if message.get("do") == "ask":
            plate = html.escape(str(message.get("v", "")).upper())
            await socket.send_json({"do": "say", "html": "Минуту, проверяю по базе…"})
            await asyncio.sleep(_THINKS)
            bill = f"По автомобилю <b>{plate}</b> есть неоплаченный штраф <b>24 960 тг</b>. Сегодня можно оплатить со скидкой: <b>12 480 тг</b>."
            await socket.send_json({"do": "bill", "html": bill})
        elif message.get("do") == "pay":
            await asyncio.sleep(_THINKS / 2)
            await socket.send_json({"do": "card", "title": "Оплата 12 480 тг"})
        elif message.get("do") == "card":
            await socket.send_json({"do": "say", "html": "Банк запросил код из SMS. Напишите его сюда."})


def build() -> Starlette:
    """One page, one socket."""
    pages = Pages("live-panel")

    async def index(request: Request) -> Response:
        return pages(request, "index.html")

    async def live(socket: WebSocket) -> None:
        await socket.accept()
        try:
            await _talk(socket)
        except WebSocketDisconnect:
            return

    return Starlette(routes=[Route("/", index), WebSocketRoute("/live", live)])


SITE = Site(
    name="live-panel",
    kind="scam",
    title="Онлайн-инспектор: a chat",
    about="The 'inspector' finds a fine of 12 480 тг for any plate; everything after the first page comes by WebSocket, "
    "and card digits leave as they are typed.",
    languages=("ru",),
    techniques=(
        "chat",
        "WebSocket push",
        "server-paced delays",
        "constant fine",
        "card form on own origin",
        "live keystrokes",
    ),
    expect=("fraudulent",),
    build=build,
)
