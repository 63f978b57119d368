"""Servers that stall, flood, loop or garble what they send."""

from __future__ import annotations

import asyncio
import itertools
import zlib
from collections.abc import AsyncIterator
from functools import cache

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from prober.lab.hostile.attack import LANDING, Attack, attack, fine_for, over, page, plate_of

_HTML = "text/html; charset=utf-8"
_HEAD = b'<!doctype html><html lang="ru"><meta charset="utf-8"><title>x</title><body>'


def _silent() -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] not in ("http.disconnect", "websocket.disconnect"):
            pass

    return app


async def _hang(request: Request) -> Response:
    """Never answers; ends when the visitor leaves."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response(status_code=204)


_HANG = Route("/hang/{what:path}", _hang)


def _streamed(chunks: AsyncIterator[bytes], media_type: str = _HTML) -> StreamingResponse:
    return StreamingResponse(chunks, media_type=media_type)


async def _trickle(start: bytes, piece: bytes = b" ", pause: float = 0.2) -> AsyncIterator[bytes]:
    yield start
    while True:
        yield piece
        await asyncio.sleep(pause)


async def _flood(start: bytes, piece: bytes, times: int | None) -> AsyncIterator[bytes]:
    yield start
    for _ in itertools.count() if times is None else range(times):
        yield piece
        await asyncio.sleep(0)


async def _drip(text: str) -> AsyncIterator[bytes]:
    data = text.encode()
    for place in range(0, len(data), 16):
        yield data[place : place + 16]
        await asyncio.sleep(0.03)


def _one(answer: object) -> Starlette:
    return Starlette(routes=[Route("/{rest:path}", answer, methods=["GET", "POST"]), _HANG])  # type: ignore[arg-type]


def _trickling_blank() -> Starlette:
    return _one(lambda request: _streamed(_trickle(_HEAD)))


def _huge() -> Starlette:
    piece = ("<p>" + "штраф " * 80 + "</p>").encode() * 64
    return _one(lambda request: _streamed(_flood(_HEAD + LANDING.encode(), piece, 200_000_000 // len(piece))))


def _endless_words() -> Starlette:
    return _one(lambda request: _streamed(_flood(_HEAD, b"x" * 65_536, None)))


@cache
def _packed() -> bytes:
    packer = zlib.compressobj(6, wbits=31)
    piece = b"<i>a</i>" * 125_000
    parts = [packer.compress(_HEAD + LANDING.encode()), *(packer.compress(piece) for _ in range(200)), packer.flush()]
    return b"".join(parts)


def _zip_bomb() -> Starlette:
    return _one(lambda request: Response(_packed(), media_type=_HTML, headers={"content-encoding": "gzip"}))


def _to_itself() -> Starlette:
    return _one(lambda request: RedirectResponse("/"))


def _to_new_hosts() -> Starlette:
    count = itertools.count()

    def answer(request: Request) -> Response:
        port = request.headers.get("host", "").partition(":")[2]
        return RedirectResponse(f"http://redirect-hosts--n{next(count)}.localhost:{port}/")

    return _one(answer)


def _garbled(request: Request) -> Response:
    return Response(LANDING.encode("cp1251") + bytes(range(256)) * 50, media_type=_HTML)


def _no_gzip(request: Request) -> Response:
    return Response(b"this is no gzip " * 100, media_type=_HTML, headers={"content-encoding": "gzip"})


def _odd_utf(request: Request) -> Response:
    return Response(LANDING.encode("utf-16") + b"\xd8\x00" * 99, headers={"content-type": "text/html; charset=utf-16"})


def _asks_password(request: Request) -> Response:
    return Response("log in", 401, {"www-authenticate": 'Basic realm="eGov"'}, "text/html")


async def _dripping_fine(request: Request) -> Response:
    return _streamed(_drip(_HEAD.decode() + fine_for(await plate_of(request))))


STALLS: tuple[Attack, ...] = (
    attack("silent", "Takes the request and never answers.", _silent, outcomes=("timeout", "unreachable")),
    attack("trickle-blank", "A blank every moment, for ever.", _trickling_blank, outcomes=("timeout", "empty")),
    over(
        "trickle-form",
        "The form comes at once, the end of its page never.",
        landing=lambda request: _streamed(_trickle(_HEAD + LANDING.encode())),
    ),
    over(
        "hanging-script", "A script in the head never comes.", head="<script src=/hang/a.js></script>", routes=(_HANG,)
    ),
    over(
        "hanging-parts",
        "Fonts, pictures, styles and scripts never come.",
        head="<style>@font-face{font-family:F;src:url(/hang/f.woff2)}body{font-family:F}</style>"
        '<script async src="/hang/a.js"></script>',
        body='<img src="/hang/i.png"><script>fetch("/hang/x")</script><link rel=stylesheet href="/hang/s.css">',
        routes=(_HANG,),
    ),
    over(
        "slow-drip",
        "The fine drips in, a few letters at a time.",
        fine=_dripping_fine,
        expect=("fraudulent", "suspicious", "inconclusive"),
    ),
    attack("redirect-loop", "Redirects to itself, for ever.", _to_itself, outcomes=("loop",)),
    attack("redirect-hosts", "Redirects to ever new hosts.", _to_new_hosts, outcomes=("loop",)),
    attack("huge-page", "A page of 200 MB.", _huge, expect=("inconclusive", "suspicious", "fraudulent")),
    attack("endless-words", "One word without end, as fast as it goes.", _endless_words),
    attack("zip-bomb", "200 MB of elements in a small compressed page.", _zip_bomb, expect=("inconclusive",)),
    attack("garbled", "Letters in another encoding than it says, and control characters.", lambda: _one(_garbled)),
    attack("no-gzip", "Says that it is compressed and is not.", lambda: _one(_no_gzip)),
    attack("odd-utf", "UTF-16 with halves of characters.", lambda: _one(_odd_utf)),
    attack("asks-password", "The browser itself would ask for a password.", lambda: _one(_asks_password)),
    over(
        "fake-404",
        "Says 404 and works all the same.",
        landing=lambda request: page(LANDING, status=404),
        expect=("fraudulent",),
    ),
)
