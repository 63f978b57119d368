"""When two addresses of a list are one suspect: the same landing under another spelling."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Parameters that count visitors and never choose a page.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|yclid|ysclid|msclkid|ttclid|twclid|igshid|mc_[ce]id|_ga|_gl|_openstat)$",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


def near_key(url: str) -> str:
    """One text for all spellings of a canonical URL that land on the same page.

    Scheme, 'www.', tracking parameters and their order, index files, a closing slash and fragments that
    name no page of a script ('#/fines' does) make no difference. Case in the path does: servers keep it.
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].lower()
    host = re.sub(r":(?:80|443)$", "", host).removeprefix("www.")
    path = _INDEX.sub("/", parts.path).rstrip("/")
    kept = sorted(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair.partition("=")[0]))
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) and len(parts.fragment) > 1 else ""
    return host + (path or "/") + ("?" + "&".join(kept) if kept else "") + ("#" + fragment if fragment else "")
