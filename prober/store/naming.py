"""Case ids: UTC time, ASCII host, short hash; safe as a file name on every system."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

HOST_LENGTH = 60


def ascii_host(url: str) -> str:
    """The host of a URL in lower-case ASCII (punycode), with anything unsafe in a file name replaced by '-'.

    Never fails: 'nohost' when there is none to be found.
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        host = ""
    labels = [_ascii_label(label) for label in host.rstrip(".").split(".")]
    safe = re.sub(r"[^a-z0-9.-]+", "-", ".".join(labels).lower())
    safe = re.sub(r"\.{2,}", ".", safe).strip("-.")
    return safe[:HOST_LENGTH].rstrip("-.") or "nohost"


def _ascii_label(label: str) -> str:
    try:
        return label.encode("idna").decode("ascii")
    except UnicodeError:  # too long, empty or unassigned: the shape of the name still tells it apart
        return label.encode("ascii", "replace").decode("ascii")


def case_id(url: str, at: datetime, attempt: int = 0) -> str:
    """The id of a case about `url` opened at `at`; `attempt` tells apart two that would be the same."""
    moment = at.astimezone(UTC)
    digest = hashlib.sha256(f"{url}\n{moment.isoformat()}\n{attempt}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{moment:%Y%m%dT%H%M%SZ}-{ascii_host(url)}-{digest[:8]}"
