"""Reading RDAP answers (RFC 9083): registrar, dates, name servers, network, abuse addresses. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MAIL = re.compile(r"[^@\s<>,;:\"]{1,64}@[A-Za-z0-9.-]{3,200}")
DEPTH = 4  # entities within entities
LONGEST = 200  # characters of one name


@dataclass(frozen=True)
class Registration:
    """A domain's registration. abuse: (name, address) of the registrar's abuse desk, '' where it names none."""

    registrar: str = ""
    registered_on: str = ""
    status: tuple[str, ...] = ()
    name_servers: tuple[str, ...] = ()
    abuse: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Network:
    """Whose address it is; `first` and `last` of the range."""

    name: str = ""
    country: str = ""
    first: str = ""
    last: str = ""
    abuse: tuple[str, str] = ("", "")


def registration(answer: dict[str, Any]) -> Registration:
    """From the answer about a domain; what it does not say stays empty, whatever it is."""
    entities = list(_entities(answer))
    registrar = next((e for e in entities if "registrar" in _roles(e)), {})
    within = [e for e in _entities(registrar) if "abuse" in _roles(e)] if registrar else []
    abuse = within or [e for e in entities if "abuse" in _roles(e)]
    name = _card(registrar, "fn") or _card(registrar, "org")
    return Registration(
        registrar=name,
        registered_on=_event(answer, "registration")[:10],
        status=tuple(_text(one) for one in _list(answer.get("status")) if isinstance(one, str))[:12],
        name_servers=tuple(
            _text(server.get("ldhName")).lower().rstrip(".")
            for server in _list(answer.get("nameservers"))
            if isinstance(server, dict) and server.get("ldhName")
        )[:12],
        abuse=_abuse(abuse, name),
    )


def network(answer: dict[str, Any]) -> Network:
    """From the answer about an address."""
    entities = list(_entities(answer))
    owner = next((e for e in entities if {"registrant", "administrative"} & _roles(e)), {})
    name = _card(owner, "fn") or _card(owner, "org") or _text(answer.get("name"))
    return Network(
        name=name,
        country=_text(answer.get("country"))[:2],
        first=_text(answer.get("startAddress")),
        last=_text(answer.get("endAddress")),
        abuse=_abuse([e for e in entities if "abuse" in _roles(e)], name),
    )


def abuse_addresses(answer: dict[str, Any]) -> tuple[str, ...]:
    """From RIPEstat's abuse contact finder."""
    data = answer.get("data")
    found = _list(data.get("abuse_contacts")) if isinstance(data, dict) else []
    return tuple(one for one in found if isinstance(one, str) and MAIL.fullmatch(one))[:4]


def _abuse(entities: list[dict[str, Any]], otherwise: str) -> tuple[str, str]:
    for entity in entities:
        address = _card(entity, "email").removeprefix("mailto:")
        if MAIL.fullmatch(address):
            return otherwise or _card(entity, "fn"), address
    return "", ""


def _entities(holder: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    for entity in _list(holder.get("entities"))[:50]:
        if isinstance(entity, dict):
            yield entity
            if depth < DEPTH:
                yield from _entities(entity, depth + 1)


def _roles(entity: dict[str, Any]) -> set[str]:
    return {role.lower() for role in _list(entity.get("roles")) if isinstance(role, str)}


def _card(entity: dict[str, Any], name: str) -> str:
    """A field of the entity's jCard (RFC 7095)."""
    card = _list(entity.get("vcardArray"))
    fields = _list(card[1]) if len(card) == 2 else []
    return next((_text(f[3]) for f in fields if isinstance(f, list) and len(f) > 3 and f[0] == name), "")


def _event(answer: dict[str, Any], action: str) -> str:
    events = (e for e in _list(answer.get("events")) if isinstance(e, dict))
    date = next((_text(e.get("eventDate")) for e in events if e.get("eventAction") == action), "")
    return date if re.match(r"\d{4}-\d\d-\d\d", date) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return " ".join(str(value).split())[:LONGEST] if isinstance(value, (str, int)) else ""
