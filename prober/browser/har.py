"""The record of the network as HAR 1.2, from exchanges kept while they happened."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from prober.browser.traffic import TEXTUAL, Exchange

NOWHERE: Mapping[str, str] = {}


def entry(exchange: Exchange, page: str = "", addresses: Mapping[str, str] = NOWHERE) -> dict[str, Any]:
    """One HAR entry; a body that was left out is named with its size in the content's comment.

    addresses: host -> the address that prober's own proxy connected to.
    """
    timing = exchange.timing
    total = round((exchange.seconds or 0.0) * 1000, 2)
    wait = _span(timing, "requestStart", "responseStart")
    made: dict[str, Any] = {
        "startedDateTime": exchange.started.isoformat().replace("+00:00", "Z"),
        "time": total,
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        "timings": {
            "dns": _span(timing, "domainLookupStart", "domainLookupEnd"),
            "connect": _span(timing, "connectStart", "connectEnd"),
            "ssl": _span(timing, "secureConnectionStart", "connectEnd"),
            "send": 0,
            "wait": wait if wait >= 0 else total,
            "receive": max(_span(timing, "responseStart", "responseEnd"), 0),
        },
        "_resourceType": exchange.kind,
    }
    if page:
        made["pageref"] = page
    if address := addresses.get(urlsplit(exchange.url).hostname or ""):
        made["serverIPAddress"] = address
    if exchange.failed:
        made["response"]["_error"] = exchange.failed
    return made


def log(
    exchanges: Iterable[Exchange], pages: list[dict[str, Any]], addresses: Mapping[str, str] = NOWHERE
) -> dict[str, Any]:
    """The entries so far, with the pages they belong to."""
    return {"pages": list(pages), "entries": [entry(e, e.page, addresses) for e in exchanges]}


def _request(exchange: Exchange) -> dict[str, Any]:
    parts = urlsplit(exchange.url)
    made: dict[str, Any] = {
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": k, "value": v} for k, v in exchange.headers.items()],
        "queryString": [{"name": k, "value": v} for k, v in parse_qsl(parts.query, keep_blank_values=True)],
        "headersSize": -1,
        "bodySize": len(exchange.posted),
    }
    if exchange.posted:
        mime = exchange.headers.get("content-type", "application/octet-stream")
        posted: dict[str, Any] = {"mimeType": mime, "text": exchange.posted.decode("utf-8", "replace")}
        if "x-www-form-urlencoded" in mime:
            posted["params"] = [{"name": k, "value": v} for k, v in parse_qsl(posted["text"], keep_blank_values=True)]
        made["postData"] = posted
    return made


def _response(exchange: Exchange) -> dict[str, Any]:
    content: dict[str, Any] = {
        "size": exchange.body_size if exchange.body_size >= 0 else 0,
        "mimeType": exchange.answer_headers.get("content-type", ""),
    }
    if exchange.body:
        if any(mark in exchange.mime for mark in TEXTUAL) or not exchange.mime:
            content["text"] = exchange.body.decode("utf-8", "replace")
        else:
            content["text"] = base64.b64encode(exchange.body).decode()
            content["encoding"] = "base64"
    if exchange.left_out:
        size = exchange.body_size if exchange.body_size >= 0 else exchange.answer_headers.get("content-length", "?")
        content["comment"] = f"body left out ({exchange.left_out}), {size} bytes"
    return {
        "status": exchange.status or 0,
        "statusText": exchange.status_text,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": k, "value": v} for k, v in exchange.answer_headers.items()],
        "content": content,
        "redirectURL": exchange.redirected_to,
        "headersSize": -1,
        "bodySize": exchange.body_size,
    }


def _span(timing: dict[str, float], first: str, last: str) -> float:
    start, end = timing.get(first, -1), timing.get(last, -1)
    return round(end - start, 2) if start >= 0 and end >= start else -1
