"""From a domain and an address to the desks that can act on them."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime
from typing import Any

from prober.lookups.ask import SERVICES, Kind, NoAnswer
from prober.lookups.rdap import abuse_addresses, network, registration
from prober.models.surroundings import Contact, Surroundings

Dated = Callable[[Kind, str], tuple[dict[str, Any], datetime]]

# (part of a network's name, CDN, its form for reports). Forms are recalled, not checked.
CDNS = (
    ("cloudflare", "Cloudflare", "https://abuse.cloudflare.com/phishing"),
    ("fastly", "Fastly", ""),
    ("akamai", "Akamai", ""),
    ("ddos-guard", "DDoS-Guard", ""),
    ("stormwall", "StormWall", ""),
    ("qrator", "Qrator", ""),
    ("gcore", "Gcore", ""),
)


def look_up(domain: str, address: str, ask: Dated) -> Surroundings:
    """Ask about the registered domain and the address that answered; '' leaves a question out.

    What cannot be asked or is not answered becomes a failure in words, never an exception; addresses of this
    machine's own networks are not asked about.
    """
    asking = _Asking(ask)
    held = registration(asking("domain", domain)) if domain else registration({})
    known = _public(address)
    place = network(asking("address", address)) if known else network({})
    cdn, form = next(((name, form) for part, name, form in CDNS if part in place.name.lower()), ("", ""))
    contacts = _registrar(held.registrar, held.abuse, asking)
    if known:
        finder = abuse_addresses(asking("abuse", address)) if not place.abuse[1] else ()
        desk = "cdn" if cdn else "network"
        found = place.abuse[1] or (finder[0] if finder else "")
        service: Kind = "address" if place.abuse[1] else "abuse"
        contacts += (Contact(desk, cdn or place.name, found, form, *asking.origin(service)),) if found or form else ()
    return Surroundings(
        registrar=held.registrar,
        registered_on=held.registered_on,
        domain_status=held.status,
        name_servers=held.name_servers,
        network=" ".join(part for part in (place.name, f"({place.country})" if place.country else "") if part),
        cdn=cdn,
        contacts=contacts,
        source=", ".join(dict.fromkeys(SERVICES[kind] for kind in asking.dates)),
        looked_up=min(asking.dates.values()).isoformat(timespec="seconds") if asking.dates else "",
        failures=tuple(asking.failures),
    )


def _registrar(name: str, abuse: tuple[str, str], asking: _Asking) -> tuple[Contact, ...]:
    return (Contact("registrar", name, abuse[1], "", *asking.origin("domain")),) if abuse[1] else ()


class _Asking:
    """Asks, and remembers when each answer was given and what went wrong."""

    def __init__(self, ask: Dated) -> None:
        self.ask = ask
        self.dates: dict[Kind, datetime] = {}
        self.failures: list[str] = []

    def __call__(self, kind: Kind, name: str) -> dict[str, Any]:
        try:
            answer, at = self.ask(kind, name)
        except NoAnswer as problem:
            self.failures.append(str(problem))
            return {}
        self.dates[kind] = at
        return answer

    def origin(self, kind: Kind) -> tuple[str, str]:
        """Source and day of a contact."""
        day = f"{self.dates[kind]:%Y-%m-%d}" if kind in self.dates else ""
        return SERVICES[kind], day


def _public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.strip("[]")).is_global
    except ValueError:
        return False
