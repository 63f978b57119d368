"""Forms for the tools of a security desk: an IntelMQ event per line, and an alert for TheHive."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from prober.reporting.exports.indicators import Indicator
from prober.reporting.exports.subject import Subject
from prober.reporting.text import for_markdown

# The numbers of FIRST's and TheHive's scales: TLP and PAP 0 white/clear to 3 red; severity 1 low to 4 critical.
LEVEL = {"CLEAR": 0, "GREEN": 1, "AMBER": 2, "AMBER+STRICT": 2, "RED": 3}


def intelmq(subject: Subject) -> str:
    """One IntelMQ event in JSON, on a line of its own; empty where the verdict does not stand."""
    if not subject.actionable:
        return ""
    event = {
        "classification.taxonomy": "fraud",
        "classification.type": "phishing",
        "classification.identifier": "prober",
        "event_description.text": subject.summary,
        "extra.case": subject.case_id,
        "extra.reviewed": subject.reviewed,
        "feed.accuracy": round(subject.confidence * 100, 1),
        "feed.name": "prober",
        "source.fqdn": subject.host,
        "source.port": subject.port,
        "source.url": subject.url,
        "time.observation": f"{subject.last_seen:%Y-%m-%dT%H:%M:%S+00:00}",
        "time.source": f"{subject.first_seen:%Y-%m-%dT%H:%M:%S+00:00}",
    }
    event |= {"tlp": subject.tlp.lower()} if subject.tlp in ("GREEN", "AMBER", "RED") else {}
    matter = subject.matter
    named = (
        ("organisation", matter.organisation),
        ("matter", matter.number),
        ("legal_basis", matter.legal_basis),
        ("pap", subject.pap),
    )
    event |= {f"extra.{name}": value for name, value in named if value}
    event |= {"source.ip": subject.addresses[0]} if subject.addresses else {}
    return json.dumps(event, ensure_ascii=False, sort_keys=True) + "\n"


def thehive(subject: Subject, found: Iterable[Indicator]) -> dict[str, Any]:
    """An alert; `sourceRef` is the case id, so that the same case never makes two."""
    state = "withdrawn" if subject.revoked else "reviewed" if subject.reviewed else "NOT REVIEWED"
    matter = subject.matter
    footing = f"Matter: {for_markdown(matter.number or 'not stated', 80)}. Legal basis: {for_markdown(matter.legal_basis or 'not stated', 160)}."
    return {
        "type": "phishing",
        "source": "prober",
        "sourceRef": subject.case_id,
        "title": f"{subject.verdict}: {subject.host}",
        "description": f"{state}\n\n{for_markdown(subject.summary, 900)}\n\n{footing}",
        "severity": 3 if subject.actionable else 1,
        "date": int(subject.first_seen.timestamp() * 1000),
        "tags": ["prober", subject.verdict],
        "tlp": LEVEL.get(subject.tlp, 2),
        "pap": LEVEL.get(subject.pap, 2),
        "observables": [
            {"dataType": one.type, "data": one.value, "ioc": one.block, "message": one.role, "tags": ["prober"]}
            for one in found
        ],
    }
