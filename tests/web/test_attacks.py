"""Attacks on the server that need a real connection, or more than one route."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from urllib.parse import quote

import pytest
import uvicorn
from starlette.testclient import TestClient

from prober.models.people import Role
from prober.web import access, patience, shell
from prober.web.app import make_app
from tests.web.conftest import BEARER, PASSWORD, TOKEN, csrf_of, signed_in


class Quiet(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@contextlib.asynccontextmanager
async def listening(site):
    """The port of a real server, without its workers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            make_app(site),
            log_config=None,
            lifespan="off",
            http=patience.Patient,
            ws="none",
            timeout_graceful_shutdown=1,
        )
        server = Quiet(config)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            site.close()
            server.should_exit = True
            await running


async def trickled(port: int, text: bytes, pause: float) -> bytes:
    """What comes back to a client that sends a byte at a time, until the server has enough of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    reading = asyncio.create_task(reader.read())
    with contextlib.suppress(OSError):
        for byte in text:
            if reading.done():
                break
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.wait([reading], timeout=pause)
    try:
        return await asyncio.wait_for(reading, 20)
    finally:
        writer.close()


async def test_who_sends_a_head_slowly_is_let_go(site, monkeypatch):
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.4)
    async with listening(site) as port:
        endless = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 10_000
        assert await trickled(port, endless, 0.02) == b""
        assert await trickled(port, b"", 0) == b"", "nor is one awaited who says nothing"
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):  # others are served meanwhile, and again on the same connection
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert (await reader.readuntil(b'{"status":"ok"}')).startswith(b"HTTP/1.1 200")
        writer.write(b"GET /healthz HT")
        assert await asyncio.wait_for(reader.read(), 20) == b"", "a later request is awaited no longer"
        writer.close()


async def test_who_sends_a_body_slowly_is_let_go(site, monkeypatch):
    monkeypatch.setattr(shell, "BODY_SECONDS", 0.4)
    async with listening(site) as port:
        head = f"POST /api/v1/submissions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n"
        body = b"Content-Length: 60000\r\n\r\n" + b" " * 400
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode() + body)
        assert b" 408 " in await asyncio.wait_for(reader.readline(), 20)
        writer.close()


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n\r\nGET /admin HTTP/1.1\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
    ],
)
async def test_malformed_requests_get_nothing_and_hurt_nobody(site, head):
    async with listening(site) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head)
        writer.write_eof()
        with contextlib.suppress(OSError):
            assert b" 200 " not in await asyncio.wait_for(reader.read(), 20)
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert b" 200 " in await asyncio.wait_for(reader.read(), 20)
        writer.close()


async def test_one_address_cannot_hold_all_connections(site, monkeypatch):
    monkeypatch.setattr(shell, "AT_ONCE", 3)
    id = TestClient(make_app(site), "http://localhost", headers=BEARER).post(
        "/api/v1/submissions", json={"url": "https://a.example/"}
    ).json()["id"]  # fmt: skip
    async with listening(site) as port:
        ask = (
            f"GET /api/v1/submissions/{id}/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"
        )
        streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(4)]
        statuses = []
        for reader, writer in streams:
            writer.write(ask.encode())
            statuses.append((await asyncio.wait_for(reader.readline(), 20)).split()[1])
        assert statuses == [b"200", b"200", b"200", b"429"]
        for _, writer in streams:
            writer.close()
        for _ in range(200):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            status = (await asyncio.wait_for(reader.readline(), 20)).split()[1]
            writer.close()
            if status == b"200":
                return
            await asyncio.sleep(0.05)
        raise AssertionError("streams that were left are still counted")


BREAKS = (
    "x\r\nSet-Cookie: stolen=1",
    "x\nLocation: https://evil.example",
    "x\u2028Set-Cookie: stolen=1",
    "x%0d%0aSet-Cookie:%20stolen=1",
)


@pytest.mark.parametrize("text", BREAKS)
def test_nothing_that_is_sent_becomes_a_header(site, text):
    ann = signed_in(site, "ann")
    csrf = csrf_of(ann)
    answers = [
        ann.get("/cases", params={"q": text, "host": text, "lang": text, "sort": text}),
        ann.get("/login", params={"next": text, "lang": text}),
        ann.get("/audit", params={"who": text}),
        ann.get(f"/cases/{quote(text)}"),
        ann.get(f"/static/{quote(text)}"),
        ann.post("/submissions", data={"csrf": csrf, "text": text, "scenario": text}),
        ann.post("/submissions", data={"csrf": csrf, "text": f"https://a.example/{text}"}),
        ann.post("/runs", data={"csrf": csrf, "text": f"https://a.example/\n{text}", "target": text}),
        ann.post(
            "/api/v1/submissions", json={"url": "https://b.example/", "scenario": text}, headers={"X-CSRF-Token": csrf}
        ),
        ann.get(
            "/account",
            headers={"Accept-Language": text.encode("ascii", "replace").replace(b"\r", b"").replace(b"\n", b"")},
        ),
    ]
    for answer in answers:
        assert answer.status_code < 500
        for name, value in answer.headers.items():
            assert "stolen" not in value and not (name == "location" and "evil" in value.split("?")[0]), (name, value)


def test_a_body_too_large_is_refused_before_anybody_is_asked_who_they_are(site):
    stranger = TestClient(make_app(site), "http://localhost")
    for path in (
        "/login",
        "/submissions",
        "/api/v1/submissions",
        "/cases/x/reviews",
        "/cases/x/trail",
        "/account/password",
    ):
        assert stranger.post(path, content=b"x" * 100_000).status_code == 413, path


def test_forms_of_too_many_fields_or_with_files_are_refused(site):
    ann = signed_in(site, "ann")
    csrf = csrf_of(ann)
    many = {f"f{n}": "x" for n in range(100)} | {"csrf": csrf}
    assert ann.post("/submissions", data=many).status_code in (400, 403, 422)
    told = ann.post("/submissions", data={"csrf": csrf, "text": "https://a.example"}, files={"file": ("x", b"x")})
    assert told.status_code in (400, 403, 422)
    assert not site.submissions.active()


async def test_a_live_stream_ends_when_its_user_is_shut_out(site, monkeypatch):
    monkeypatch.setattr(access, "STREAM_SECONDS", 0.0)
    site.access.people.add("ann", PASSWORD, Role.ADMIN)
    _, secret = site.access.people.make_token("ann", "", 1)
    one = site.submit("https://a.example/", "auto", access.principal_of(site.access.people.find("ann")))
    async with listening(site) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        ask = f"GET /api/v1/submissions/{one.id}/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n\r\n"
        writer.write(ask.encode())
        await asyncio.wait_for(reader.readuntil(b"retry"), 20)
        site.submissions.tell(one.id, "notice", {"text": "first"})
        await asyncio.wait_for(reader.readuntil(b"first"), 20)
        site.access.people.change("ann", disabled=True)
        site.submissions.tell(one.id, "notice", {"text": "second"})
        rest = await asyncio.wait_for(reader.readuntil(b"0\r\n\r\n"), 20)
        assert b"second" not in rest
        writer.close()
