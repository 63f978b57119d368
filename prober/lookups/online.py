"""The services themselves: RDAP by IANA's lists, WHOIS on port 43, RIPEstat, Abusix over DNS, certificate logs."""

from __future__ import annotations

import ipaddress
import json
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from prober import __version__
from prober.lookups.ask import SERVICES, Kind, NoAnswer
from prober.lookups.whois import facts, referral

LIMIT = 12.0  # seconds for one question
BYTES = 4_000_000  # of one answer
WHOIS_BYTES = 200_000
NAMED = 60  # certificates looked at


@dataclass
class Online:
    """Where each service is asked.

    whois: ending of a domain -> (host, port); other endings are asked of `whois_root`, which names the server.
    name_server: (address, port) for DNS, None for the machine's own.
    """

    rdap: str = "https://data.iana.org/rdap/"
    ripestat: str = "https://stat.ripe.net/data/abuse-contact-finder/data.json"
    certificates: str = "https://crt.sh/"
    abusix: str = "abuse-contacts.abusix.zone"
    whois_root: tuple[str, int] = ("whois.iana.org", 43)
    whois: dict[str, tuple[str, int]] = field(
        default_factory=lambda: {"kz": ("whois.nic.kz", 43), "xn--80ao21a": ("whois.nic.kz", 43)}
    )
    name_server: tuple[str, int] | None = None

    def __call__(self, kind: Kind, name: str) -> dict[str, Any]:
        """One question. Raises NoAnswer."""
        asked = {
            "domain": self._domain, "whois": self._whois, "address": self._address, "abuse": self._ripestat,
            "abusix": self._abusix, "names": self._names, "certificates": self._certificates,
        }  # fmt: skip
        try:
            return asked[kind](name)
        except NoAnswer:
            raise
        except (OSError, ValueError, KeyError, TypeError, IndexError) as problem:
            reason = str(getattr(problem, "reason", problem))[:120] or type(problem).__name__
            raise NoAnswer(f"{SERVICES[kind]} gave no answer on {name}: {reason}") from problem

    def _domain(self, name: str) -> dict[str, Any]:
        ending = name.rsplit(".", 1)[-1]
        return _object(self._rdap_server(self._endings, ending, name) + "domain/" + quote(name))

    def _address(self, name: str) -> dict[str, Any]:
        address = ipaddress.ip_address(name)
        table = self._ranges(address.version)
        found = next((url for network, url in table if address in network), "")
        if not found:
            raise NoAnswer(f"RDAP knows no registry for {name}")
        return _object(f"{found}ip/{quote(name)}")

    def _rdap_server(self, table: dict[str, str], ending: str, name: str) -> str:
        if ending not in table:
            raise NoAnswer(f"RDAP knows no registry for {name}")
        return table[ending]

    @cached_property
    def _endings(self) -> dict[str, str]:
        services = _object(f"{self.rdap}dns.json")["services"]
        return {str(ending).lower(): _base(urls) for endings, urls in services for ending in endings}

    def _ranges(self, version: int) -> list[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str]]:
        services = _object(f"{self.rdap}ipv{version}.json")["services"]
        found = [(ipaddress.ip_network(one), _base(urls)) for ranges, urls in services for one in ranges]
        return sorted(found, key=lambda pair: pair[0].prefixlen, reverse=True)

    def _ripestat(self, name: str) -> dict[str, Any]:
        return _object(f"{self.ripestat}?resource={quote(name)}&sourceapp=prober")

    def _certificates(self, name: str) -> dict[str, Any]:
        """The logs' entries, cut to dates and names: an index of many issuers' certificates can be large."""
        entries = _json(f"{self.certificates}?q={quote(name)}&output=json")
        if not isinstance(entries, list):
            raise NoAnswer(f"the certificate logs answered on {name} with something else than a list")
        dates = sorted(str(e["not_before"])[:10] for e in entries if isinstance(e, dict) and e.get("not_before"))
        names = {
            one.strip().lower()
            for e in entries[:NAMED]
            if isinstance(e, dict)
            for one in str(e.get("name_value", "")).split()
        }
        return {"first": dates[0] if dates else "", "names": sorted(names)[:NAMED], "count": len(entries)}

    def _whois(self, name: str) -> dict[str, Any]:
        """What a registry says that names no person: the text itself has its owner's name and is not kept."""
        server = self.whois.get(name.rsplit(".", 1)[-1])
        if server is None:
            named = referral(_whois(self.whois_root, name.rsplit(".", 1)[-1]))
            if not named:
                raise NoAnswer(f"WHOIS knows no registry for {name}")
            server = (named, self.whois_root[1])
        found = facts(_whois(server, name))
        if not found.get("registrar") and not found.get("created") and not found.get("status"):
            raise NoAnswer(f"WHOIS ({server[0]}) knows nothing of {name}")
        return {**found, "server": server[0]}

    def _abusix(self, name: str) -> dict[str, Any]:
        reverse = ipaddress.ip_address(name).reverse_pointer
        label = reverse.removesuffix(".in-addr.arpa").removesuffix(".ip6.arpa")
        return {"texts": self._records(f"{label}.{self.abusix}", "TXT")}

    def _names(self, name: str) -> dict[str, Any]:
        return {"name_servers": [one.rstrip(".").lower() for one in self._records(name, "NS")]}

    def _records(self, name: str, kind: str) -> list[str]:
        try:
            import dns.exception
            import dns.resolver
        except ImportError:
            raise NoAnswer("DNS was not asked: install prober with pip install 'prober[lookup]'") from None
        try:
            resolver = dns.resolver.Resolver(configure=self.name_server is None)
            resolver.lifetime = LIMIT / 2
            if self.name_server is not None:
                resolver.nameservers, resolver.port = [self.name_server[0]], self.name_server[1]
            answer = resolver.resolve(name, kind, search=False)
        except dns.exception.DNSException as problem:
            raise NoAnswer(f"DNS gave no answer on {name}: {str(problem)[:120] or type(problem).__name__}") from problem
        if kind == "TXT":
            return [b"".join(record.strings).decode("ascii", "replace") for record in answer]
        return [record.to_text() for record in answer]


class _SameKind(urllib.request.HTTPRedirectHandler):
    """Follows no redirect from https to anything else."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise urllib.error.URLError(f"sent on to {newurl[:80]}, which is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _json(url: str) -> Any:
    headers = {"Accept": "application/rdap+json, application/json", "User-Agent": f"prober/{__version__}"}
    if not url.startswith(("https://", "http://")):
        raise ValueError(f"{url[:80]} is no address of a service")
    opener = urllib.request.build_opener(_SameKind)
    try:
        with opener.open(urllib.request.Request(url, headers=headers), timeout=LIMIT) as answer:
            data = answer.read(BYTES + 1)
    except urllib.error.HTTPError as problem:
        raise ValueError(f"status {problem.code}") from problem
    if len(data) > BYTES:
        raise ValueError(f"more than {BYTES // 1_000_000} MB")
    return json.loads(data)


def _object(url: str) -> dict[str, Any]:
    answer = _json(url)
    if not isinstance(answer, dict):
        raise ValueError("something else than an object")
    return answer


def _base(urls: list[str]) -> str:
    """The safest address of a registry's service, ending in a slash."""
    best = next((url for url in urls if url.startswith("https:")), urls[0])
    return best if best.endswith("/") else f"{best}/"


def _whois(server: tuple[str, int], question: str) -> str:
    """RFC 3912: one line there, text back until the server closes."""
    if any(char.isspace() for char in question):
        raise ValueError("no name to ask about")
    with socket.create_connection(server, timeout=LIMIT) as line:
        line.sendall(question.encode("idna" if not question.isascii() else "ascii") + b"\r\n")
        data = b""
        while len(data) < WHOIS_BYTES and (part := line.recv(65536)):
            data += part
    return data.decode("utf-8", "replace")
