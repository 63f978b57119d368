"""What look-ups tell about a suspect's host, and the desks that can act on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """A desk that can act. `source` says where the address comes from, `checked` how old that is."""

    desk: str  # 'registrar', 'network', 'cdn', 'cert', 'body', 'bank', 'platform', 'registry'
    name: str = ""
    address: str = ""
    form: str = ""
    source: str = ""
    checked: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What look-ups told about the host; '' is shown as 'not looked up'.

    registered_on: ISO date. domain_status: as the registry words it, e.g. 'client hold'.
    network: name of the network that the address belongs to. source: where it was asked; looked_up: UTC, ISO.
    first_certificate: ISO date of the oldest certificate in public logs; certificate_names: other names on them.
    failures: one sentence for each question that got no answer.
    """

    registrar: str = ""
    registered_on: str = ""
    domain_status: tuple[str, ...] = ()
    name_servers: tuple[str, ...] = ()
    network: str = ""
    cdn: str = ""
    first_certificate: str = ""
    certificate_names: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    source: str = ""
    looked_up: str = ""
    failures: tuple[str, ...] = ()
