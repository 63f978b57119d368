"""Addresses that many unrelated sites share: in front of them one address tells nothing about whose host it is."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network


def is_shared_front(address: str) -> bool:
    """Whether an address belongs to a large front for other people's sites (`fronts.txt`)."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return any(ip in network for network in _networks() if network.version == ip.version)


@lru_cache(maxsize=1)
def _networks() -> tuple[IPv4Network | IPv6Network, ...]:
    lines = resources.files("prober.guard").joinpath("fronts.txt").read_text("utf-8").splitlines()
    return tuple(ip_network(line.split()[0]) for line in lines if line and not line.startswith("#"))
