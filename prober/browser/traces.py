"""What tells one site from another beside its pages: the certificate it showed and its favicon."""

from __future__ import annotations

import base64
import ssl
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from prober.browser.errors import ask
from prober.browser.stage import Tab
from prober.browser.surface import Surface
from prober.browser.traffic import Exchange

ICON_CAP = 200_000  # bytes
ICON_LIMIT = 2.0  # real seconds
CHAIN_CAP = 6
LINKS = "[...document.querySelectorAll('link[rel~=icon]')].map(link => link.href).slice(0, 4)"


async def listen_for_certificate(main: Surface) -> None:
    """Have the browser remember the certificate of the document that is about to load."""
    await main.send("Network.enable", maxTotalBufferSize=0, maxResourceBufferSize=0)


async def certificate(main: Surface, url: str) -> str:
    """The chain that the document's host showed, in PEM; then the browser may forget again."""
    parts = urlsplit(url)
    found: list[str] = []
    if parts.scheme == "https":
        answer = await main.send("Network.getCertificate", 1.0, origin=f"https://{parts.netloc}")
        found = list((answer.value or {}).get("tableNames", []))[:CHAIN_CAP]
    await main.send("Network.disable")
    return "".join(ssl.DER_cert_to_PEM_cert(base64.b64decode(der)) for der in found)


async def icon(tab: Tab, documents: list[Exchange]) -> tuple[str, bytes]:
    """Address and bytes of the favicon of the first document that was shown.

    An icon that another host serves is only named: asking there would be a visit to somebody else.
    """
    first = next((e for e in documents if e.top and e.status and not e.redirected_to), None)
    if tab.main is None or first is None:
        return "", b""
    home = urlsplit(first.url)
    links: list[Any] = []
    if urlsplit(tab.page.url).netloc == home.netloc:
        answer = await tab.main.evaluate(LINKS)
        links = answer.value if isinstance(answer.value, list) else []
    url = next((str(link) for link in links if link), f"{home.scheme}://{home.netloc}/favicon.ico")
    if url.startswith("data:"):
        return url[:100], _inline(url)[:ICON_CAP]
    if urlsplit(url).netloc != home.netloc:
        return url[:2000], b""
    return url[:2000], await _load(tab.main, url)


async def _load(main: Surface, url: str) -> bytes:
    """By the browser itself, so that the request looks like the page's own."""
    options = {"disableCache": False, "includeCredentials": True}
    asked = main.cdp.send("Network.loadNetworkResource", {"frameId": main.frame_id, "url": url, "options": options})
    answer = await ask(asked, ICON_LIMIT)  # beside `Surface.send`: a slow icon is no sign of a page that hangs
    resource = (answer.value or {}).get("resource", {})
    if not resource.get("success") or resource.get("httpStatusCode") != 200 or "stream" not in resource:
        return b""
    data = b""
    while len(data) <= ICON_CAP:
        read = await ask(main.cdp.send("IO.read", {"handle": resource["stream"]}), ICON_LIMIT)
        if read.value is None:
            break
        piece = read.value.get("data", "")
        data += base64.b64decode(piece) if read.value.get("base64Encoded") else piece.encode()
        if read.value.get("eof"):
            break
    await ask(main.cdp.send("IO.close", {"handle": resource["stream"]}), ICON_LIMIT)
    return data if 0 < len(data) <= ICON_CAP and is_picture(data) else b""


def is_picture(data: bytes) -> bool:
    """Not a page that says 'no such file' with status 200."""
    return not data.lstrip().startswith(b"<") or b"<svg" in data[:400]


def _inline(url: str) -> bytes:
    head, _, body = url.partition(",")
    try:
        return base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
    except ValueError:
        return b""
