"""Reading WHOIS answers: what tells about a registration, and nothing that tells about its owner. Pure."""

from __future__ import annotations

import re

# A line 'name: value'; KazNIC fills names with dots ('Primary server.........: ns.example'), others with spaces.
_LINE = re.compile(r"^\s*([A-Za-z][A-Za-z /_-]{1,60}?)[ .]*:\s*(\S.*?)\s*$")
_GOES_ON = re.compile(r"^\s{8,}(\S[^:]*?)\s*$")  # KazNIC lists further statuses below the first
_DATE = re.compile(r"(\d{4})[-.](\d\d)[-.](\d\d)|(\d\d)\.(\d\d)\.(\d{4})|(\d{1,2})-([A-Za-z]{3})-(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_REGISTRAR = frozenset({"registrar", "current registar", "current registrar", "sponsoring registrar", "registrar name"})
_CREATED = frozenset({"domain created", "creation date", "created", "created on", "registered on", "registered"})
_STATUS = frozenset({"domain status", "status", "state"})
_SERVERS = frozenset({"name server", "nserver", "nameserver", "primary server", "secondary server", "host name"})
_ABUSE = frozenset({"registrar abuse contact email", "abuse contact email", "abuse-mailbox"})


def facts(text: str) -> dict[str, object]:
    """registrar, created (ISO date), status, name_servers and abuse address; other lines are not looked at."""
    found: dict[str, object] = {"registrar": "", "created": "", "abuse": ""}
    status: list[str] = []
    servers: list[str] = []
    last = ""
    for line in text.splitlines()[:2000]:
        more = _GOES_ON.match(line)
        if more and last in _STATUS:
            status.append(_word(more[1]))
            continue
        named = _LINE.match(line)
        if named is None:
            last = "" if line.strip() else last
            continue
        name, value = named[1].strip().lower(), named[2]
        last = name
        if name in _REGISTRAR:
            found["registrar"] = found["registrar"] or value[:120]
        elif name in _CREATED:
            found["created"] = found["created"] or _iso(value)
        elif name in _ABUSE and "@" in value:
            found["abuse"] = found["abuse"] or value.split()[0][:200]
        elif name in _STATUS:
            status += [_word(one) for one in value.split(",")]
        elif name in _SERVERS and "." in value:
            servers.append(value.split()[0].rstrip(".").lower()[:100])
    return {
        **found,
        "status": [one for one in dict.fromkeys(status) if one][:12],
        "name_servers": list(dict.fromkeys(servers))[:12],
    }


def referral(text: str) -> str:
    """The server that IANA's answer about an ending names; '' where it names none."""
    found = re.search(r"^(?:refer|whois):\s*([A-Za-z0-9.-]{4,100})\s*$", text, re.MULTILINE)
    return found[1].lower() if found else ""


def _word(value: str) -> str:
    """'clientHold' out of 'clientHold https://icann.org/epp#clientHold' or 'clientHold - '."""
    return re.split(r"\s+(?:https?://|-)|\s*-\s*$", value.strip())[0].strip()[:60]


def _iso(value: str) -> str:
    found = _DATE.search(value)
    if found is None:
        return ""
    if found[1]:
        return f"{found[1]}-{found[2]}-{found[3]}"
    if found[4]:
        return f"{found[6]}-{found[5]}-{found[4]}"
    month = found[8].lower()
    return f"{found[9]}-{_MONTHS.index(month) + 1:02d}-{int(found[7]):02d}" if month in _MONTHS else ""
