"""Which hosts and addresses prober may reach at all: pure rules, no look-up."""

from __future__ import annotations

import ipaddress
import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

# IANA IPv4 special-purpose registry, with the words people know them by. First match wins.
_IPV4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("127.0.0.0/8", "loopback"),
        ("169.254.169.254/32", "cloud metadata"),
        ("169.254.0.0/16", "link-local"),
        ("10.0.0.0/8", "private"),
        ("172.16.0.0/12", "private"),
        ("192.168.0.0/16", "private"),
        ("100.100.100.200/32", "cloud metadata"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("168.63.129.16/32", "cloud metadata"),  # Azure's virtual host address lies in public space
        ("0.0.0.0/8", "unspecified"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)

_IPV6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("::1/128", "loopback"),
        ("::/128", "unspecified"),
        ("fd00:ec2::/32", "cloud metadata"),
        ("fc00::/7", "private (unique local)"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private (site-local)"),
        ("ff00::/8", "multicast"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("2001::/32", "Teredo"),
        ("2001:db8::/32", "documentation"),
        ("2001::/23", "reserved"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
    )
)
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")

_LOCAL_SUFFIXES = (
    "local", "internal", "intranet", "private", "corp", "home", "lan", "localdomain", "home.arpa", "onion", "alt",
    "in-addr.arpa", "ip6.arpa",
)  # fmt: skip
_IPV4_PART = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+", re.ASCII)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)


def literal(host: str) -> Address | None:
    """The address that a host *is*, read as browsers read it; None when it is a name.

    Takes decimal, octal, hexadecimal and shortened IPv4 (WHATWG URL, 'IPv4 parser'), IPv6 with or without brackets.

    Raises:
        ValueError: it ends like a number but is no address, e.g. '1.2.3.4.5' or '256.1.1.1'.
    """
    host = host.strip().rstrip(".")
    if host.startswith("[") and host.endswith("]"):
        return IPv6Address(host[1:-1].partition("%")[0])
    if ":" in host:
        return IPv6Address(host.partition("%")[0])
    parts = host.split(".")
    if not _IPV4_PART.fullmatch(parts[-1]):
        return None
    return _ipv4(parts)


def _ipv4(parts: list[str]) -> IPv4Address:
    if len(parts) > 4 or not all(_IPV4_PART.fullmatch(part) for part in parts):
        raise ValueError("ends like an IPv4 address but is none")
    numbers = [_number(part) for part in parts]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise ValueError("a part of the IPv4 address is too big")
    value = numbers[-1]
    for place, number in enumerate(numbers[:-1]):
        value += number << (8 * (3 - place))
    return IPv4Address(value)


def _number(part: str) -> int:
    if len(part) > 24:
        raise ValueError("a part of the IPv4 address is too long")
    if part[:2] in ("0x", "0X"):
        return int(part[2:] or "0", 16)
    octal = len(part) > 1 and part[0] == "0"
    if octal and not set(part) <= set("01234567"):
        raise ValueError("a part of the IPv4 address starts like an octal number but is none")
    return int(part, 8) if octal else int(part)


def refuse_address(address: str | Address, *, allow_private: bool = False, own: bool = False) -> str | None:
    """Why prober must not connect to an address, None when it may.

    Args:
        address: an IPv4 or IPv6 address in its ordinary spelling.
        allow_private: the user allowed loopback, and private addresses for the suspect's own host.
        own: the address belongs to the suspect's own host.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0]) if isinstance(address, str) else address
    except ValueError:
        return f"{address} is no address"
    kind = _kind(ip)
    if kind is None or (allow_private and (kind == "loopback" or (own and kind in _OWN_ALLOWED))):
        return None
    return f"{ip} is no public address ({kind})"


# What a suspect on a closed network may live at; metadata, multicast and translated addresses never.
_OWN_ALLOWED = {
    "private", "private (unique local)", "private (site-local)", "link-local", "carrier-grade NAT", "documentation",
    "benchmarking",
}  # fmt: skip


def _kind(ip: Address) -> str | None:
    """What an address is good for when it is not an ordinary public one."""
    if isinstance(ip, IPv4Address):
        return next((why for network, why in _IPV4 if ip in network), None)
    if ip.ipv4_mapped is not None:
        return _kind(ip.ipv4_mapped)
    if ip in _NAT64:  # networks with only IPv6 reach all public IPv4 hosts this way
        return _kind(IPv4Address(int(ip) & 0xFFFFFFFF)) and "translated private"
    for network, why in _IPV6:
        if ip in network:
            return why
    if ip not in _GLOBAL_IPV6:
        return "reserved"
    if int(ip) >> 32 & 0xFFFFFFFF in (0x00005EFE, 0x02005EFE) and _kind(IPv4Address(int(ip) & 0xFFFFFFFF)):
        return "ISATAP"
    return None


def refuse_host(name: str, *, allow_private: bool = False, suspect_host: str = "") -> str | None:
    """Why prober must not even look a host up, None when it may.

    Args:
        name: host of a URL or of a CONNECT request: a name or an address in any spelling that browsers accept.
        allow_private: the user allowed loopback and the suspect's own host.
        suspect_host: the host that the user gave.
    """
    host = name.strip().rstrip(".").lower()
    own = bool(suspect_host) and host == suspect_host.strip().rstrip(".").lower()
    try:
        address = literal(host)
    except ValueError as error:
        return f"'{name}' is no valid host: {error}"
    if address is not None:
        return refuse_address(address, allow_private=allow_private, own=own)
    return _refuse_name(host, allow_private=allow_private, own=own)


def _refuse_name(host: str, *, allow_private: bool, own: bool) -> str | None:
    try:
        host = ascii_host(host)
    except UnicodeError:
        return f"'{host}' is no valid host name"
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        return f"'{host}' is no valid host name"
    if is_localhost(host):
        return None if allow_private else f"{host} is a loopback name"
    if allow_private and own:
        return None
    if "." not in host:
        return f"'{host}' is a name of a local network (it has no dot)"
    suffix = next((suffix for suffix in _LOCAL_SUFFIXES if host.endswith("." + suffix) or host == suffix), None)
    return f"{host} is a name of a closed network (.{suffix})" if suffix else None


def is_localhost(host: str) -> bool:
    """Whether a name means this machine by itself (RFC 6761: localhost and everything below it)."""
    host = host.rstrip(".").lower()
    return host in ("localhost", "localhost.localdomain") or host.endswith(".localhost")


def ascii_host(host: str) -> str:
    """A host name in the form that goes on the wire (punycode), lower case, without a closing dot.

    Raises:
        UnicodeError: it cannot be a host name.
    """
    host = host.strip().rstrip(".").lower()
    if host.isascii():
        return host
    import idna  # heavy tables, needed for few hosts

    return idna.encode(host, uts46=True, transitional=False).decode("ascii")
