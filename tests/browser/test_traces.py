"""What a visit notes of the site itself: favicon, certificate, addresses, the page as one file."""

from __future__ import annotations

import http.server
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.async_api import Browser as DriverBrowser

from prober.browser.engine import Engine
from prober.ports import Visit
from tests.app.test_traces import made
from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

ICON = b"\x89PNG\r\n\x1a\n" + bytes(40)


class _Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        icon = self.path.endswith(".png")
        self.send_response(200)
        self.send_header("content-type", "image/png" if icon else "text/html")
        self.end_headers()
        self.wfile.write(ICON if icon else b"<!doctype html><link rel='shortcut icon' href=/i.png><h1>1</h1>")

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A site over TLS with a certificate of its own: (address, certificate in PEM)."""
    key, leaf = made(("localhost",))
    text = leaf.public_bytes(Encoding.PEM)
    file = tmp_path / "pair.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + text)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://localhost:{server.server_port}/", text.decode()
    server.shutdown()
    thread.join(5)


async def test_certificate_and_icon_are_those_that_the_browser_saw(
    secure: tuple[str, str], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = DriverBrowser.new_context

    async def trusting(self: DriverBrowser, **options: object) -> object:
        return await real(self, **{**options, "ignore_https_errors": True})  # type: ignore[arg-type]

    monkeypatch.setattr(DriverBrowser, "new_context", trusting)
    url, certificate = secure
    async with engine.visit(Visit(allow_private=True, suspect_host="localhost")) as session:
        assert (await session.goto(url)).ok
        await session.observe()
        traces = await session.traces()
        entry = session.har()["entries"][0]
    assert traces.certificate == certificate and traces.tls == "TLS 1.3"
    assert traces.icon == ICON and traces.icon_url == f"{url}i.png"
    assert traces.agent.startswith("Mozilla/5.0 (Linux; Android") and "Headless" not in traces.agent
    assert entry["serverIPAddress"] == "127.0.0.1"


async def test_an_icon_of_another_host_is_named_and_not_fetched(show: Opener) -> None:
    async with show("<link rel=icon href='http://other.localhost/i.png'><h1>1</h1>") as session:
        await session.observe()
        asked = len(session.traffic.exchanges)
        traces = await session.traces()
        assert traces.icon == b"" and traces.icon_url == "http://other.localhost/i.png" and traces.certificate == ""
        assert not any("other.localhost/i.png" in e.url for e in session.traffic.exchanges[asked:])


async def test_a_page_of_html_is_no_icon_and_an_inline_one_is(show: Opener) -> None:
    async with show("<h1>1</h1>") as session:
        await session.observe()
        assert (await session.traces()).icon == b""  # the site answers 404 for /favicon.ico
    async with show("<link rel=icon href='data:image/png;base64,iVBORw0KGgo='><h1>1</h1>") as session:
        await session.observe()
        assert (await session.traces()).icon == b"\x89PNG\r\n\x1a\n"


async def test_the_page_can_be_kept_as_one_file(show: Opener) -> None:
    async with show("<h1>Fine 19660</h1>") as session:
        await session.observe()
        whole = await session.mhtml()
    assert b"multipart/related" in whole and b"Fine 19660" in whole
