"""Bytes from one side to the other, counted, with half-closes passed on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from prober.guard.http1 import BadRequest

_CHUNK = 128 * 1024
Count = Callable[[int], None]


async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, count: Count) -> None:
    """Everything until the source ends, then tell the sink so."""
    while data := await source.read(_CHUNK):
        count(len(data))
        sink.write(data)
        await sink.drain()
    if sink.can_write_eof() and not sink.is_closing():
        sink.write_eof()


async def pump_body(source: asyncio.StreamReader, sink: asyncio.StreamWriter, length: int | None, count: Count) -> None:
    """One request body: `length` bytes, or chunks when None.

    Raises:
        BadRequest: it is cut short or its chunks cannot be read.
    """
    if length is not None:
        await _exactly(source, sink, length, count)
        return
    while True:
        line = await _line(source)
        size = int(line.split(b";")[0].strip() or b"x", 16)
        sink.write(line)
        if size == 0:
            break
        await _exactly(source, sink, size + 2, count)
    while (line := await _line(source)) != b"\r\n":
        sink.write(line)
    sink.write(b"\r\n")
    await sink.drain()


async def _exactly(source: asyncio.StreamReader, sink: asyncio.StreamWriter, left: int, count: Count) -> None:
    while left:
        data = await source.read(min(left, _CHUNK))
        if not data:
            raise BadRequest("the request ended inside its body")
        left -= len(data)
        count(len(data))
        sink.write(data)
        await sink.drain()


async def _line(source: asyncio.StreamReader) -> bytes:
    line = await source.readline()
    if not line.endswith(b"\r\n"):
        raise BadRequest("the request ended inside its body")
    return line


async def join(
    client: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    count_up: Count,
    count_down: Count,
    linger: float,
) -> None:
    """Both directions at once, until both have ended; a side that ended leaves the other `linger` seconds."""
    up = asyncio.create_task(pump(client[0], server[1], count_up))
    down = asyncio.create_task(pump(server[0], client[1], count_down))
    try:
        done, pending = await asyncio.wait((up, down), return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
        if pending:
            # A server that is done has said all; a client that is done may still wait for a long answer.
            await asyncio.wait(pending, timeout=linger if down in done else None)
            for task in pending:
                if task.done():
                    task.result()
    finally:
        for task in (up, down):
            task.cancel()
        await asyncio.gather(up, down, return_exceptions=True)
