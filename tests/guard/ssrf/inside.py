"""Run in a network namespace of its own: a hostile site tries every way to a listening canary; prints what it saw as JSON."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import ssl
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.async_api import BrowserContext, Error, async_playwright

from prober.browser import launch
from prober.browser.context import new_context
from prober.browser.find import find_browser
from prober.guard.proxy import GuardProxy
from prober.ports import Visit
from tests.guard.ssrf.ways import HOSTS, MARKUP, MAY_STAY_SILENT, SCRIPTS, SECURE, TAKEN_AWAY

SITE = "93.184.216.34"  # only ever reached inside the namespace
FORBIDDEN = (
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1",
    "::1", "fc00::1", "fd00:ec2::254", "64:ff9b::a00:1", "2002:a00:1::",
)  # fmt: skip
PORTS = (80, 443, 8080)
HELPERS = """
const code = text => URL.createObjectURL(new Blob([text], {type: 'text/javascript'}));
const spawn = text => new Worker(code(text));
"""


def furnish_network() -> None:
    """All addresses on loopback: nothing can leave this namespace."""
    run = lambda *words: subprocess.run(["ip", *words], check=True, capture_output=True)  # noqa: E731
    run("link", "set", "lo", "up")
    for address in (SITE, *FORBIDDEN):
        if address not in ("127.0.0.1", "::1"):
            width = "128" if ":" in address else "32"
            run("addr", "add", f"{address}/{width}", "dev", "lo", *(["nodad"] if width == "128" else []))


@dataclass
class Canary:
    """Listens on every forbidden address, TCP and UDP; any connection is a leak."""

    caught: list[str] = field(default_factory=list)

    async def listen(self, stack: contextlib.AsyncExitStack) -> None:
        loop = asyncio.get_running_loop()
        for address in FORBIDDEN:
            for port in PORTS:
                server = await asyncio.start_server(self._caught(f"tcp {address} {port}"), address, port)
                stack.callback(server.close)
        # Name servers and STUN, at public addresses too: the machine's own address must not show there either.
        for address, port in [(address, 3478) for address in (*FORBIDDEN, SITE)] + [
            ("127.0.0.1", 53),
            ("10.0.0.1", 53),
        ]:
            with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM) as probe:
                probe.bind((address, port))
            transport, _ = await loop.create_datagram_endpoint(
                lambda name=f"udp {address} {port}": _Ear(self.caught, name), local_addr=(address, port)
            )
            stack.callback(transport.close)

    def _caught(self, where: str):  # type: ignore[no-untyped-def]
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError):
                self.caught.append(f"{where}: {(await reader.read(200))!r}")
                writer.close()

        return handle


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, caught: list[str], name: str) -> None:
        self.caught, self.name = caught, name

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.caught.append(f"{self.name}: {data[:40]!r}")


def certificate(folder: Path) -> ssl.SSLContext:
    """A self-signed certificate, so that ways which need a secure origin have one."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "evil.example")])
    start = datetime.now(UTC) - timedelta(hours=1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(days=2))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("evil.example")]), critical=False)
    signed = builder.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    path = folder / "site.pem"
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(pem)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def target(name: str) -> dict[str, str]:
    return {"T": f"http://{name}.inside.example/{name}", "H": f"{name}.inside.example", "S": "10.0.0.1"}


def pages() -> dict[str, str]:
    made = {f"/markup/{name}": markup.format(**target(name)) for name, markup in MARKUP.items()}
    for name, script in SCRIPTS.items():
        made[f"/script/{name}"] = f"<body><script>{HELPERS}</script><script>{script.format(**target(name))}</script>"
    hosts = "".join(
        f"<img src='http://{host}/img'><iframe src='http://{host}/frame'></iframe><img src='/redirect/302?http://{host}/r'>"
        f"<script>fetch('http://{host}/f', {{mode: 'no-cors'}}).catch(() => 0);"
        f"try {{ new WebSocket('ws://{host}/s') }} catch {{}}"
        f"fetch('https://{host}/t', {{mode: 'no-cors'}}).catch(() => 0)</script>"
        for host in HOSTS
    )
    return made | {"/hosts": f"<body>{hosts}", "/service/": "<body>", "/": "<body>home"}


def respond(path: str) -> bytes:
    """The hostile site's answers."""
    kind, status, extra, body = "text/html", "200 OK", "", pages().get(path.partition("?")[0], "")
    where = unquote(path.partition("?")[2])
    if path.startswith("/redirect/"):
        status, extra = f"{path[10:13]} Moved", f"Location: {where}\r\n"
    elif path.startswith("/refresh"):
        extra = f"Refresh: 0;url={where}\r\n"
    elif path.startswith("/link"):
        extra = f"Link: <{where}>; rel=preload; as=style\r\n"
    elif path.startswith("/csp"):
        extra, body = f"Content-Security-Policy: img-src 'none'; report-uri {where}\r\n", "<img src=/x>"
    elif path.startswith("/xslt"):
        kind, body = "text/xml", f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{escape(where)}"?><a/>'
    elif path.startswith("/service.js"):
        kind, body = "text/javascript", f"fetch('{where}', {{mode: 'no-cors'}}); oninstall = () => skipWaiting()"
    elif path.startswith("/pagehide"):
        body = (
            f"<script>onpagehide = () => navigator.sendBeacon('{where}', 'x'); onload = () => location = '/'</script>"
        )
    data = body.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(data)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + data


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        writer.write(respond(head.split(" ")[1]))
        await writer.drain()
    writer.close()


@dataclass
class Names:
    """The name server that the proxy asks: everything of the enemy's may point inside."""

    loop: asyncio.AbstractEventLoop
    asked: set[str] = field(default_factory=set)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, host: str) -> list[str]:
        self.loop.call_soon_threadsafe(self._note, host)
        if host.endswith("inside.example"):
            return ["10.0.0.1"] if len(host) % 2 else [SITE, "127.0.0.1"]
        if host == "evil.example":
            return [SITE]
        raise OSError("no such name")

    def _note(self, host: str) -> None:
        self.asked.add(host.partition(".")[0])
        self.news.set()

    async def until(self, wanted: set[str], seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not wanted <= self.asked:
                    self.news.clear()
                    await self.news.wait()


async def visit_all(context: BrowserContext, names: Names, silent: frozenset[str]) -> None:
    """Each way in a page of its own, some side by side; then every spelling, also as the page itself."""
    names.asked.clear()
    left = [(f"/markup/{name}", name) for name in MARKUP] + [(f"/script/{name}", name) for name in SCRIPTS]

    async def walk() -> None:
        page = await context.new_page()
        while left:
            path, name = left.pop(0)
            scheme = "https" if name in SECURE else "http"
            with contextlib.suppress(Error):  # whatever the page does is its business
                await page.goto(f"{scheme}://evil.example{path}", timeout=8000, wait_until="domcontentloaded")
                await names.until({name}, 0.5 if name in silent else 4)

    await asyncio.gather(*(walk() for _ in range(4)))
    page = await context.new_page()
    with contextlib.suppress(Error):
        await page.goto("http://evil.example/hosts", timeout=15000)
    for host in HOSTS:
        for url in (
            f"http://{host}/page",
            f"https://{host}/page",
            f"http://evil.example/redirect/307?http://{host}/top",
        ):
            with contextlib.suppress(Error):
                await page.goto(url, timeout=8000)


async def main() -> None:
    furnish_network()
    launch._ARGUMENTS += ("--ignore-certificate-errors",)
    choice = find_browser(sys.argv[1] if len(sys.argv) > 1 else "")
    assert choice is not None
    canary, names = Canary(), Names(asyncio.get_running_loop())
    async with contextlib.AsyncExitStack() as stack:
        await canary.listen(stack)
        site = await asyncio.start_server(serve, SITE, 80)
        stack.callback(site.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        secure = await asyncio.start_server(serve, SITE, 443, ssl=certificate(folder))
        stack.callback(secure.close)
        driver = await stack.enter_async_context(async_playwright())
        browser = await launch.open_browser(driver, choice)
        stack.push_async_callback(browser.close)
        visit = Visit(deadline=120)
        proxy = await stack.enter_async_context(GuardProxy(visit, lookup=names))
        # Once without the disguise, which takes workers away that must hold all the same.
        bare = await browser.new_context(proxy={"server": proxy.url, "bypass": "<-loopback>"})
        await visit_all(bare, names, MAY_STAY_SILENT)
        fired = set(names.asked)
        dressed = await new_context(browser, visit, proxy.url)
        await visit_all(dressed, names, MAY_STAY_SILENT | TAKEN_AWAY)
        fired |= names.asked
        # A context that was given no proxy at all reaches nobody.
        lost = await (await browser.new_context()).new_page()
        for host in ("127.0.0.1", "10.0.0.1", "localhost", "evil.example"):
            with contextlib.suppress(Error):
                await lost.goto(f"http://{host}/", timeout=8000)
        with socket.create_connection(("10.0.0.1", 80)) as check:  # the canary does sing
            check.sendall(b"self-test")
            check.shutdown(socket.SHUT_WR)
            await asyncio.to_thread(check.recv, 1)
        reached = {host.name: host.addresses for host in proxy.hosts() if host.addresses}
        refused = sorted({refusal.host for refusal in proxy.refusals})
    result = {"caught": canary.caught, "fired": sorted(fired), "reached": reached, "refused": refused}
    print(json.dumps(result))


if __name__ == "__main__":
    asyncio.run(main())
