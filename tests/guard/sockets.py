"""Small real servers on loopback: an HTTP site, an echo, an HTTP proxy and a SOCKS5 proxy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


@asynccontextmanager
async def listening(handler: Handler, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """Serve on a free port; yields the port."""

    async def safe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            writer.close()

    server = await asyncio.start_server(safe, host, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


class Site:
    """Answers every request with 200 and what it was sent; keeps connections open."""

    def __init__(self) -> None:
        self.heads: list[str] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.asked = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heads.append(head)
            self.asked.set()
            self.bodies.append(await self._body(head.lower(), reader))
            path = head.split(" ")[1]
            if path == "/hang":
                await reader.read()
                return
            body = b"x" * int(path[6:]) if path.startswith("/size/") else f"you asked {path}".encode()
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
            if path == "/close":
                return

    async def _body(self, head: str, reader: asyncio.StreamReader) -> bytes:
        if "transfer-encoding: chunked" in head:
            body = b""
            while size := int(await reader.readline(), 16):
                body += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
            return body
        if "content-length:" in head:
            return await reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
        return b""


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Collect until the client half-closes, then answer with all of it and a mark."""
    data = await reader.read()
    writer.write(data + b" and that was all")
    await writer.drain()


class HttpProxy:
    """An upstream that tunnels and forwards to loopback whatever name it is given."""

    def __init__(self, port: int, answer: int = 200) -> None:
        self.port, self.answer, self.heads = port, answer, list[str]()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.heads.append(head)
        if self.answer != 200:
            writer.write(f"HTTP/1.1 {self.answer} No\r\n\r\n".encode())
            await writer.drain()
            return
        there = await asyncio.open_connection("127.0.0.1", self.port)
        if head.startswith("CONNECT "):
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            there[1].write(head.encode("latin-1"))
        await both_ways((reader, writer), there)


class SocksProxy:
    """A SOCKS5 upstream, with user 'u' and password 'p' when `locked`; `answer` is its reply code."""

    def __init__(self, port: int, *, locked: bool = False, answer: int = 0) -> None:
        self.port, self.locked, self.answer, self.asked = port, locked, answer, list[tuple[str, int]]()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        wanted = 2 if self.locked else 0
        writer.write(bytes([5, wanted if wanted in methods else 255]))
        if wanted not in methods:
            await writer.drain()
            return
        if self.locked:
            await reader.readexactly(1)
            user = await reader.readexactly((await reader.readexactly(1))[0])
            password = await reader.readexactly((await reader.readexactly(1))[0])
            good = (user, password) == (b"u", b"p")
            writer.write(bytes([1, 0 if good else 1]))
            if not good:
                await writer.drain()
                return
        _, _, _, kind = await reader.readexactly(4)
        if kind == 3:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        else:
            host = ".".join(str(byte) for byte in await reader.readexactly(4 if kind == 1 else 16))
        self.asked.append((host, int.from_bytes(await reader.readexactly(2), "big")))
        writer.write(bytes([5, self.answer, 0, 1, 0, 0, 0, 0, 0, 0]))
        await writer.drain()
        if self.answer == 0:
            await both_ways((reader, writer), await asyncio.open_connection("127.0.0.1", self.port))


async def both_ways(
    left: tuple[asyncio.StreamReader, asyncio.StreamWriter], right: tuple[asyncio.StreamReader, asyncio.StreamWriter]
) -> None:
    async def one(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
        if sink.can_write_eof():
            sink.write_eof()

    await asyncio.gather(one(left[0], right[1]), one(right[0], left[1]))
    right[1].close()
