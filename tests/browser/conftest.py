"""A small site on loopback whose pages the tests write themselves."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from prober.ports import Visit

if TYPE_CHECKING:
    from prober.browser.engine import Engine
    from prober.browser.session import BrowserSession

SHELL = "<!doctype html><html lang=ru><head><meta charset=utf-8><meta name=viewport content='width=device-width'></head><body>"


class Site:
    """Pages by path; `received` are bodies posted to /post; /slow answers late; /push is a WebSocket."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.received: list[tuple[str, str]] = []
        self.port = 0

    def page(self, body: str, path: str = "/", host: str = "127.0.0.1") -> str:
        """Serve a body under a path; the address it has."""
        self.pages[path] = SHELL + body
        return f"http://{host}:{self.port}{path}"

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        if path == "/slow":
            await asyncio.sleep(float(request.query_params.get("seconds", "1")))
            return PlainTextResponse("late")
        if request.method == "POST" or path.startswith("/post"):
            body = (await request.body()).decode()
            self.received.append((str(request.url.query), body))
            return HTMLResponse(SHELL + "<h1>Принято</h1><p>Штраф 10 000 тг</p>")
        if path == "/file":
            return Response(b"MZ", headers={"content-disposition": "attachment; filename=app.apk"})
        page = self.pages.get(path)
        return HTMLResponse(page) if page is not None else PlainTextResponse("no such page", status_code=404)

    async def push(self, socket: WebSocket) -> None:
        await socket.accept()
        await asyncio.sleep(0.6)
        await socket.send_text("Найден штраф 15 000 тг")
        await asyncio.sleep(5)


@pytest.fixture(scope="session")
def _server() -> Iterator[Site]:
    site = Site()
    app = Starlette(
        routes=[
            WebSocketRoute("/push", site.push),
            Route("/{path:path}", site.answer, methods=["GET", "POST"]),
        ]
    )
    listener = socket.create_server(("127.0.0.1", 0))
    site.port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield site
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def site(_server: Site) -> Site:
    _server.pages.clear()
    _server.received.clear()
    return _server


class Opener:
    """Opens a visit on a page of the test site."""

    def __init__(self, engine: Engine, site: Site) -> None:
        self.engine = engine
        self.site = site

    @asynccontextmanager
    async def __call__(
        self, body: str, *, virtual: bool = True, profile: str = "phone", path: str = "/"
    ) -> AsyncIterator[BrowserSession]:
        visit = Visit(
            profile=profile, allow_private=True, suspect_host="127.0.0.1", virtual_time=virtual, deadline=30.0
        )
        async with self.engine.visit(visit) as session:
            await session.goto(self.site.page(body, path))
            yield session


@pytest.fixture
def show(engine: Engine, site: Site) -> Opener:
    return Opener(engine, site)
