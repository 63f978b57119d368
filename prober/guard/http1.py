"""What a proxy must read of HTTP/1.1 requests: the head and where the body ends. Answers pass unread."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

HEAD_LIMIT = 128 * 1024


class BadRequest(Exception):
    """The client sent what is no HTTP request for a proxy."""


@dataclass(frozen=True)
class RequestHead:
    """First line and headers of one request, as the browser wrote them."""

    method: str
    target: str
    version: str
    headers: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """The value of a header, '' when it is not there."""
        return next((value for key, value in self.headers if key.lower() == name), "")


async def read_head(reader: asyncio.StreamReader) -> RequestHead | None:
    """The next request's head, None when the client has closed.

    Raises:
        BadRequest: not HTTP, or longer than HEAD_LIMIT.
    """
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial.strip():
            raise BadRequest("the request ended inside its head") from None
        return None
    except asyncio.LimitOverrunError:
        raise BadRequest(f"the head of the request is longer than {HEAD_LIMIT} bytes") from None
    return parse_head(raw)


def parse_head(raw: bytes) -> RequestHead:
    """Parse a head that ends with an empty line.

    Raises:
        BadRequest: not HTTP.
    """
    lines = raw.decode("latin-1").strip("\r\n").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1.") or not re.fullmatch(r"[A-Za-z!#$%&'*+.^_`|~-]+", words[0]):
        raise BadRequest("the first line is no HTTP/1.1 request")
    headers = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise BadRequest("a header cannot be read")
        headers.append((name, value.strip()))
    return RequestHead(words[0], words[1], words[2], tuple(headers))


def split_authority(authority: str, default: int) -> tuple[str, int]:
    """'host:port' as host (lower case, no brackets) and port.

    Raises:
        BadRequest: there is no host, or the port is no port.
    """
    match = re.fullmatch(r"(\[[0-9A-Fa-f:.%]+\]|[^:\[\]/?#@\s]+)(?::(\d{1,5}))?", authority.rpartition("@")[2])
    port = int(match[2]) if match and match[2] else default
    if match is None or not 0 < port < 65536:
        raise BadRequest(f"'{authority[:100]}' names no host and port")
    return match[1].strip("[]").rstrip(".").lower(), port


def split_target(target: str) -> tuple[str, int, str]:
    """The absolute form of a plain request ('http://host/path') as host, port and path with query.

    Raises:
        BadRequest: another scheme, or no absolute form.
    """
    match = re.fullmatch(r"http://([^/?#]*)([^#]*)(?:#.*)?", target, re.IGNORECASE)
    if match is None:
        raise BadRequest("only http:// is forwarded; everything else asks for a tunnel")
    host, port = split_authority(match[1], 80)
    path = match[2]
    return host, port, path if path.startswith("/") else "/" + path


def render_head(head: RequestHead, target: str, *, drop: tuple[str, ...] = (), add: tuple[str, ...] = ()) -> bytes:
    """The head as it goes on: headers in their order, hop-by-hop proxy headers turned into direct ones.

    drop: prefixes (lower case) of header names left out; add: header lines put at the end.
    """
    lines = [f"{head.method} {target} {head.version}"]
    for name, value in head.headers:
        low = name.lower()
        if low == "proxy-authorization" or any(low.startswith(prefix) for prefix in drop):
            continue
        lines.append(f"{'Connection' if low == 'proxy-connection' else name}: {value}")
    return ("\r\n".join([*lines, *add]) + "\r\n\r\n").encode("latin-1")


def body_length(head: RequestHead) -> int | None:
    """Bytes of body that follow a head; None for chunked.

    Raises:
        BadRequest: two readings are possible.
    """
    lengths = {value for key, value in head.headers if key.lower() == "content-length"}
    coding = head.get("transfer-encoding").lower()
    if coding:
        if lengths or coding != "chunked":
            raise BadRequest("the length of the body is ambiguous")
        return None
    if len(lengths) > 1 or any(not length.isdigit() for length in lengths):
        raise BadRequest("the length of the body is ambiguous")
    return int(lengths.pop()) if lengths else 0
