"""The one place where the browser driver's exceptions and time-outs get prober's names."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Generic, NamedTuple, TypeVar

from playwright.async_api import Error as DriverError

log = logging.getLogger(__name__)

T = TypeVar("T")

# (part of the driver's message, failure word), first match wins. Words as in models.page.Snapshot.failure.
FAILURES: tuple[tuple[str, str], ...] = (
    ("ERR_NAME_NOT_RESOLVED", "dns"),
    ("ERR_ADDRESS_INVALID", "dns"),
    ("ERR_NAME_RESOLUTION_FAILED", "dns"),
    ("ERR_BLOCKED_BY_CLIENT", "policy"),
    ("ERR_BLOCKED_BY", "policy"),
    ("ERR_TUNNEL_CONNECTION_FAILED", "proxy"),
    ("ERR_PROXY", "proxy"),
    ("ERR_SOCKS", "proxy"),
    ("ERR_CERT", "tls"),
    ("ERR_SSL", "tls"),
    ("ERR_BAD_SSL", "tls"),
    ("ERR_CONNECTION_REFUSED", "refused"),
    ("ERR_CONNECTION", "refused"),
    ("ERR_SOCKET", "refused"),
    ("ERR_EMPTY_RESPONSE", "refused"),
    ("ERR_ADDRESS_UNREACHABLE", "refused"),
    ("ERR_NETWORK", "refused"),
    ("ERR_INTERNET_DISCONNECTED", "refused"),
    ("ERR_TIMED_OUT", "timeout"),
    ("ERR_TOO_MANY_REDIRECTS", "redirects"),
    ("ERR_INVALID", "broken"),
    ("ERR_CONTENT", "broken"),
    ("ERR_HTTP", "broken"),
    ("ERR_UNSAFE_PORT", "policy"),
    ("ERR_UNKNOWN_URL_SCHEME", "scheme"),
    ("ERR_DISALLOWED_URL_SCHEME", "scheme"),
    ("ERR_FILE_NOT_FOUND", "refused"),
    ("Download is starting", "download"),
    ("ERR_ABORTED", "aborted"),
    ("crashed", "crashed"),
    ("Cannot navigate to invalid URL", "scheme"),
    ("has been closed", "closed"),
    ("Target closed", "closed"),
    ("Session closed", "closed"),
    ("interrupted by another navigation", "interrupted"),
    ("Timeout", "timeout"),
)
GONE = frozenset({"crashed", "closed"})


class Answer(NamedTuple, Generic[T]):
    """What a call to the browser gave; `problem` is '' or a failure word, then `value` is None."""

    value: T | None
    problem: str = ""


def name(error: BaseException) -> str:
    """The failure word for what the driver threw."""
    if isinstance(error, (asyncio.TimeoutError, TimeoutError)):
        return "hung"
    text = str(error)
    return next((word for mark, word in FAILURES if mark in text), "browser")


async def ask(call: Awaitable[T], limit: float) -> Answer[T]:
    """Await a call to the browser for at most `limit` real seconds; never raises for what a page does."""
    try:
        return Answer(await asyncio.wait_for(call, limit))
    except (DriverError, TimeoutError) as error:
        problem = name(error)
        log.debug("browser call failed (%s): %s", problem, str(error)[:300])
        return Answer(None, problem)
    except (KeyError, AttributeError) as error:
        # The driver's own books miss an object when a page vanishes in the middle of a call.
        log.debug("browser call lost: %r", error)
        return Answer(None, "closed")
