"""What a row of any format comes down to: an address as written, its line, and whether it is a suspect at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Names under which tables and feeds keep the address, best first.
NAMES: tuple[str, ...] = (
    "url", "urls", "link", "phish_url", "uri", "address", "website", "site", "domain", "domain_name", "hostname",
    "host", "fqdn", "indicator", "ioc", "value", "ссылка", "адрес", "сайт", "домен", "сілтеме",
)  # fmt: skip
LANGUAGES: tuple[str, ...] = ("lang", "language", "язык", "тіл")
_RECORDS = ("dns_a", "dns_aaaa", "dns_mx", "dns_ns")


@dataclass(frozen=True)
class Cell:
    """An address as the list writes it. free: it may stand among other words."""

    line: int
    text: str
    lang: str = ""
    free: bool = False


@dataclass(frozen=True)
class Unusable:
    """A row that is no suspect, and why, for the user to mend."""

    line: int
    text: str
    reason: str


def find_name(names: Iterable[str], wanted: str) -> str | None:
    """The name of the field that holds the address; `wanted` '' looks for the usual ones."""
    known = {name.strip().lower(): name for name in reversed(list(names))}
    if wanted:
        return known.get(wanted.strip().lower())
    return next((known[name] for name in NAMES if name in known), None)


def find_language(names: Iterable[str]) -> str | None:
    """The name of the field that says the language, None when there is none."""
    known = {name.strip().lower(): name for name in names}
    return next((known[name] for name in LANGUAGES if name in known), None)


def left_out(record: Mapping[str, object]) -> str:
    """Why a row of dnstwist is no suspect; '' when it is one, or is of another origin."""
    fuzzer = str(record.get("fuzzer") or "").strip().lower().strip("*")
    if not fuzzer:
        return ""
    if fuzzer == "original":
        return "dnstwist's original: the genuine domain, not a suspect"
    told = [name for name in _RECORDS if name in record]
    if told and not any(_filled(record[name]) for name in told):
        return "dnstwist found no DNS record: the name is not in use"
    return ""


def _filled(value: object) -> bool:
    if isinstance(value, list):
        return any(_filled(item) for item in value)
    return bool(value) and str(value).strip("!").upper() not in {"", "SERVFAIL", "NXDOMAIN"}
