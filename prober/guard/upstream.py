"""The user's own proxy, where one was given: it resolves the names and makes the connections."""

from __future__ import annotations

import asyncio
import base64
import ipaddress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from prober.errors import UsageError
from prober.guard.limits import Unreachable

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

_SOCKS_ANSWERS = {
    1: ("proxy", "general failure"),
    2: ("proxy", "not allowed by its rules"),
    3: ("refused", "network unreachable"),
    4: ("dns", "host unreachable or unknown"),
    5: ("refused", "connection refused"),
    6: ("timeout", "time to live expired"),
    7: ("proxy", "command not supported"),
    8: ("proxy", "kind of address not supported"),
}
_HTTP_ANSWERS = {502: "refused", 503: "refused", 504: "timeout", 403: "proxy"}


class UpstreamLost(Unreachable):
    """The proxy itself does not serve: the visit ends, the direct line is never taken."""

    def __init__(self, why: str) -> None:
        super().__init__("proxy", why)


@dataclass(frozen=True)
class Upstream:
    """An http:// or socks5:// proxy with its credentials."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @property
    def name(self) -> str:
        """For people and logs: without credentials."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def credentials(self) -> tuple[str, ...]:
        """The header line that an http:// proxy wants, none without a user."""
        if not self.user:
            return ()
        token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        return (f"Proxy-Authorization: Basic {token}",)

    async def connect(self, seconds: float) -> Streams:
        """A connection to the proxy itself.

        Raises:
            UpstreamLost: it is not there.
        """
        try:
            return await asyncio.wait_for(asyncio.open_connection(self.host, self.port), seconds)
        except (OSError, TimeoutError) as error:
            raise UpstreamLost(f"the proxy {self.name} cannot be reached ({error or 'no answer'})") from None

    async def tunnel(self, host: str, port: int, seconds: float) -> Streams:
        """A connection through the proxy to a host; the proxy resolves the name.

        Raises:
            Unreachable: the proxy says that the host cannot be reached; UpstreamLost: the proxy itself fails.
        """
        reader, writer = await self.connect(seconds)
        talk = self._socks if self.scheme == "socks5" else self._http
        try:
            await asyncio.wait_for(talk(reader, writer, host, port), seconds)
        except BaseException as error:
            writer.transport.abort()
            if isinstance(error, Unreachable):
                raise
            if isinstance(error, TimeoutError):
                raise Unreachable("timeout", f"the proxy {self.name} gave no answer for {host}:{port}") from None
            if isinstance(error, (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError)):
                raise UpstreamLost(f"the proxy {self.name} broke off ({type(error).__name__})") from None
            raise
        return reader, writer

    async def _http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int) -> None:
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        lines = [f"CONNECT {where} HTTP/1.1", f"Host: {where}", *self.credentials]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1][:3])
        if status == 407:
            raise UpstreamLost(f"the proxy {self.name} does not accept the user name and password")
        if not 200 <= status < 300:
            kind = _HTTP_ANSWERS.get(status, "proxy")
            raise Unreachable(kind, f"the proxy {self.name} answered {status} for {host}:{port}")  # type: ignore[arg-type]

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int) -> None:
        writer.write(b"\x05\x02\x00\x02" if self.user else b"\x05\x01\x00")
        version, method = await reader.readexactly(2)
        if version != 5:
            raise UpstreamLost(f"the proxy {self.name} does not speak SOCKS5")
        if method == 2 and self.user:
            user, password = self.user.encode(), self.password.encode()
            writer.write(b"\x01" + bytes([len(user)]) + user + bytes([len(password)]) + password)
            if (await reader.readexactly(2))[1] != 0:
                raise UpstreamLost(f"the proxy {self.name} does not accept the user name and password")
        elif method != 0:
            raise UpstreamLost(f"the proxy {self.name} wants a user name and password")
        writer.write(b"\x05\x01\x00" + _socks_address(host) + port.to_bytes(2, "big"))
        _, answer, _, kind = await reader.readexactly(4)
        if answer:
            failure, why = _SOCKS_ANSWERS.get(answer, ("proxy", f"answer {answer}"))
            raise Unreachable(failure, f"the proxy {self.name} did not reach {host}:{port} ({why})")  # type: ignore[arg-type]
        length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        await reader.readexactly(length + 2)


def _socks_address(host: str) -> bytes:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        name = host.encode("ascii")
        return b"\x03" + bytes([len(name)]) + name
    return (b"\x01" if ip.version == 4 else b"\x04") + ip.packed


def parse_upstream(url: str) -> Upstream | None:
    """The proxy that a URL names; None for ''.

    Raises:
        UsageError: another scheme than http and socks5, or no host and port.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        scheme = {"http": "http", "socks5": "socks5", "socks5h": "socks5"}[parts.scheme]
        port = parts.port or (1080 if scheme == "socks5" else 8080)
    except (ValueError, KeyError):
        scheme, port, parts = "", 0, urlsplit("")
    if not scheme or not parts.hostname:
        raise UsageError(
            "the proxy must be given as http://[user:password@]host:port or socks5://[user:password@]host:port"
        )
    return Upstream(scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))
