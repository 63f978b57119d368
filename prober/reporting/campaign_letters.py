"""Letters for a whole campaign: one draft per desk for all cases of one kit that it can act on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from prober.errors import UsageError
from prober.reporting.dossier import Contact, Dossier, Manner
from prober.reporting.letters import Enclosures, Kind, Letter, Text, addressed, enclosures, letter, refuse_unsupported


def campaign_letters(
    dossiers: tuple[Dossier, ...],
    manner: Callable[[Dossier], Manner],
    now: datetime,
    told: Callable[[Dossier, Contact], datetime | None] = lambda dossier, contact: None,
    live: bool = False,
    pdf: Callable[[Dossier], bytes] = lambda dossier: b"",
    kind: Kind = "report",
) -> tuple[tuple[Letter, tuple[str, ...]], ...]:
    """One draft per desk, each with the ids of the cases that it is for.

    The first case speaks for all and its report is attached; the others are listed with their addresses, and each
    has its machine form attached. Cases that support no letter are left out; so is, from a first report, a case that
    the desk was told of before.
    """
    groups: dict[tuple[str, str, str], tuple[Contact, list[Dossier]]] = {}
    for dossier in dossiers:
        try:
            refuse_unsupported(dossier, kind)
        except UsageError:
            continue
        for contact in addressed(dossier, kind, lambda contact, own=dossier: told(own, contact)):  # type: ignore[misc]
            key = (contact.desk, contact.address, "" if contact.address else contact.name)
            groups.setdefault(key, (contact, []))[1].append(dossier)
    found = []
    drawn: dict[tuple[str, ...], Enclosures] = {}
    for contact, members in groups.values():
        first, ids = members[0], tuple(member.case.id for member in members)
        if ids not in drawn:
            drawn[ids] = enclosures(tuple(members), manner, pdf(first))
        text = Text(kind, now, told(first, contact), live, drawn[ids], tuple(members[1:]))
        found.append((letter(first, manner(first), contact, text), ids))
    return tuple(found)
