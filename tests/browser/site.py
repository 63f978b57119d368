"""A real site on loopback for browser tests: pages by path, every request kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Answer = str | tuple[str, str] | bytes  # HTML, (content type, text), or a raw HTTP answer


@dataclass
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    peer: tuple[str, int]


@dataclass
class Site:
    """Answers by path (without query); 404 for others."""

    pages: dict[str, Answer]
    seen: list[Seen] = field(default_factory=list)
    port: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            raw = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = raw.strip().split("\r\n")
            method, path, _ = first.split(" ")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            self.seen.append(Seen(method, path, headers, writer.get_extra_info("peername")))
            self.arrived.set()
            if method == "POST":
                await reader.readexactly(int(headers.get("content-length", "0")))
            writer.write(self._answer(path.partition("?")[0]))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, ValueError):
            pass  # a browser that hangs up is no failure of the test
        finally:
            writer.close()

    def _answer(self, path: str) -> bytes:
        page = self.pages.get(path)
        if isinstance(page, bytes):
            return page
        kind, text = ("text/html; charset=utf-8", page or "") if not isinstance(page, tuple) else page
        body = text.replace("PORT", str(self.port)).encode()
        status = "200 OK" if page is not None else "404 Not Found"
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode() + body

    def paths(self) -> list[str]:
        return [request.path for request in self.seen]

    async def until(self, path: str, seconds: float = 5.0) -> Seen:
        """The first request for a path, waiting for it."""

        async def wait() -> Seen:
            while True:
                self.arrived.clear()
                for request in self.seen:
                    if request.path.startswith(path):
                        return request
                await self.arrived.wait()

        return await asyncio.wait_for(wait(), seconds)


@asynccontextmanager
async def serving(pages: dict[str, Answer]) -> AsyncIterator[Site]:
    site = Site(pages)
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
