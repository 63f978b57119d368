"""A list as it comes from the wild: practice sites, dead hosts, tarpits, rubbish and duplicates, each in its share."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

from prober.lab.server import Lab

SITES = (
    "fine-by-plate", "iin-strict", "english-fines", "deep-menu", "shadow-form", "nothing-found", "zero-fines",
    "login-wall", "captcha-wall", "blocked", "parked", "maintenance",
)  # fmt: skip
RUBBISH = ("no address here", "http://", "http://[::1", "плати штраф", "http://a..b/", ";;;", "htp//x")


@dataclass(frozen=True)
class RoughList:
    """lines: as a file has them; the others: what must become of them."""

    lines: list[str]
    living: list[str]
    dead: list[str]
    tarpits: list[str]
    rubbish: int
    duplicates: int

    @property
    def suspects(self) -> list[str]:
        """Those that must get a verdict."""
        return [*self.living, *self.dead, *self.tarpits]


def rough_list(lab: Lab, tarpit: int, size: int) -> RoughList:
    """`size` lines, a twentieth (one at least) each of dead hosts, tarpits, rubbish and duplicates, spread evenly."""
    each = max(1, size // 20)
    living = []
    for number in range(size - 4 * each):
        name = SITES[number % len(SITES)]
        host = name if number < len(SITES) else f"{name}--{number}"
        living.append(lab.url(name).replace(f"//{name}.", f"//{host}."))
    dead = [f"http://gone{n}.invalid/" if n % 2 else f"http://shut{n}.localhost:{_closed_port()}/" for n in range(each)]
    tarpits = [f"http://tar{n}.localhost:{tarpit}/pay" for n in range(each)]
    rubbish = [RUBBISH[n % len(RUBBISH)] for n in range(each)]
    doubles = [f"{living[3 * n % len(living)]}#top" for n in range(each)]
    lines = list(living)
    for kind in (dead, tarpits, rubbish, doubles):
        step = max(1, len(lines) // len(kind))
        for number, line in enumerate(kind):
            lines.insert(min(len(lines), (number + 1) * step + number), line)
    return RoughList(lines, living, dead, tarpits, each, each)


@contextlib.asynccontextmanager
async def tarpits() -> AsyncIterator[int]:
    """A server that takes every connection and then, for half of them, never answers, else a byte at a time; its port."""
    count = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 1
        with contextlib.suppress(OSError, asyncio.CancelledError):
            if count % 2:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<p>")
            while not reader.at_eof():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(4096), 0.5)
                if count % 2:
                    writer.write(b" ")
                    await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def _closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
