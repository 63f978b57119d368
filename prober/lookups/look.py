"""From a domain and an address to the desks that can act on them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from prober.lookups.ask import SERVICES, Kind, NoAnswer
from prober.lookups.rdap import MAIL, Registration, abuse_addresses, network, registration
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
# What a registry calls a domain that it or the registrar took out of the DNS (EPP, RFC 5731 and 3915; .ru).
OUT_OF_DNS = frozenset(
    {"clienthold", "serverhold", "hold", "redemptionperiod", "pendingdelete", "notdelegated", "inactive"}
)


def look_up(domain: str, address: str, ask: Dated) -> Surroundings:
    """Ask about the registered domain and the address that answered; '' leaves a question out.

    What cannot be asked or is not answered becomes a failure in words, never an exception; addresses of this
    machine's own networks are not asked about.
    """
    asking = _Asking(ask)
    known = _public(address)
    with ThreadPoolExecutor(4) as side_by_side:
        registered = side_by_side.submit(_registration, asking, domain)
        placed = side_by_side.submit(asking, "address", address if known else "")
        logged = side_by_side.submit(asking, "certificates", domain)
        named = side_by_side.submit(asking, "names", domain)
        (held, held_by), place = registered.result(), network(placed.result())
        logs, names = logged.result(), named.result()
    cdn, form = next(((name, form) for part, name, form in CDNS if part in place.name.lower()), ("", ""))
    contacts = _registrar(held, asking.origin(held_by))
    contacts += _network(asking, address, place.abuse[1], cdn, form, place.name) if known else ()
    return Surroundings(
        registrar=held.registrar,
        registered_on=held.registered_on,
        domain_status=held.status,
        name_servers=held.name_servers or tuple(_texts(names.get("name_servers"))),
        network=" ".join(part for part in (place.name, f"({place.country})" if place.country else "") if part),
        cdn=cdn,
        first_certificate=str(logs.get("first") or "")[:10],
        certificate_names=tuple(n for n in _texts(logs.get("names")) if n not in (domain, f"*.{domain}"))[:20],
        contacts=contacts,
        source=", ".join(dict.fromkeys(SERVICES[kind] for kind in asking.dates)),
        looked_up=min(asking.dates.values()).isoformat(timespec="seconds") if asking.dates else "",
        failures=tuple(sorted(asking.failures)),
    )


def out_of_dns(status: tuple[str, ...]) -> str:
    """The status by which a domain was taken out of the DNS, as its registry words it; '' for none."""
    return next((one for one in status if re.sub(r"[^a-z]", "", one.lower()) in OUT_OF_DNS), "")


def status_of(domain: str, ask: Dated) -> tuple[str, ...]:
    """The registry's statuses of a domain; () where nobody answers."""
    return _registration(_Asking(ask), domain)[0].status


def _registration(asking: _Asking, domain: str) -> tuple[Registration, Kind]:
    """From RDAP, or from WHOIS where the registry speaks no RDAP (.kz)."""
    answer = asking("domain", domain)
    if answer or not domain:
        return registration(answer), "domain"
    told = asking("whois", domain)
    abuse = str(told.get("abuse", ""))
    registrar = str(told.get("registrar", ""))
    return Registration(
        registrar,
        str(told.get("created", "")),
        tuple(_texts(told.get("status"))),
        tuple(_texts(told.get("name_servers"))),
        (registrar, abuse) if MAIL.fullmatch(abuse) else ("", ""),
    ), "whois"


def _network(asking: _Asking, address: str, found: str, cdn: str, form: str, name: str) -> tuple[Contact, ...]:
    """The desk of the network that serves the address: its registry's word, else RIPEstat's, else Abusix's."""
    service: Kind = "address"
    if not found:
        service, found = "abuse", next(iter(abuse_addresses(asking("abuse", address))), "")
    if not found:
        texts = _texts(asking("abusix", address).get("texts"))
        service, found = "abusix", next((one for text in texts for one in MAIL.findall(text)), "")
    if not found and not form:
        return ()
    return (Contact("cdn" if cdn else "network", cdn or name, found, form, *asking.origin(service)),)


def _registrar(held: Registration, origin: tuple[str, str]) -> tuple[Contact, ...]:
    return (Contact("registrar", held.registrar, held.abuse[1], "", *origin),) if held.abuse[1] else ()


class _Asking:
    """Asks, and remembers when each answer was given and what went wrong."""

    def __init__(self, ask: Dated) -> None:
        self.ask = ask
        self.dates: dict[Kind, datetime] = {}
        self.failures: list[str] = []

    def __call__(self, kind: Kind, name: str) -> dict[str, Any]:
        if not name:
            return {}
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


def _texts(value: object) -> list[str]:
    return [one[:200] for one in value if isinstance(one, str)] if isinstance(value, (list, tuple)) else []


def _public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.strip("[]")).is_global
    except ValueError:
        return False
