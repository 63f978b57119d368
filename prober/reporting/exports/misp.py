"""MISP: one event with a phishing object, addresses as objects and a report in Markdown; pushing it is the user's step."""

from __future__ import annotations

import base64
from typing import Any

from prober.reporting.exports.subject import Subject, is_address
from prober.reporting.pictures import Picture
from prober.reporting.text import for_markdown

# Name -> (uuid, version, meta category) of the object templates used, as published by the MISP project.
PHISHING = ("phishing", "2dad6f9d-d425-4217-8fda-0b0a2d815307", "7", "network")
TLP = {
    "CLEAR": "tlp:clear",
    "GREEN": "tlp:green",
    "AMBER": "tlp:amber",
    "AMBER+STRICT": "tlp:amber+strict",
    "RED": "tlp:red",
}


def misp(subject: Subject, organisation: str, pictures: tuple[Picture, ...] = ()) -> dict[str, Any]:
    """The event as JSON, unpublished. Times and UUIDs are those of the case, so that a second import updates."""
    stamp = str(int(subject.changed.timestamp()))
    tags = [{"name": 'rsit:fraud="phishing"'}] if subject.actionable else []
    tags += [{"name": TLP[subject.tlp]}] if subject.tlp else []
    tags += [{"name": f"PAP:{subject.pap}"}] if subject.pap else []
    tags.append({"name": 'workflow:state="complete"' if subject.reviewed else 'workflow:todo="review"'})
    event = {
        "uuid": subject.uuid("misp"), "info": f"{subject.verdict}: {subject.host} ({subject.case_id})",
        "date": f"{subject.first_seen:%Y-%m-%d}", "timestamp": stamp, "published": False, "analysis": "2" if subject.reviewed else "1",
        "threat_level_id": "2" if subject.actionable else "4", "distribution": "0", "Orgc": {"name": organisation or "not stated", "uuid": subject.uuid("org")},
        "Tag": tags, "Attribute": [], "Object": [_phishing(subject, pictures, stamp)], "EventReport": [_report(subject, stamp)],
    }  # fmt: skip
    return {"Event": event}


def _phishing(subject: Subject, pictures: tuple[Picture, ...], stamp: str) -> dict[str, Any]:
    attributes = [_attribute(subject, "url", "url", subject.url, stamp, ids=subject.actionable)]
    if not is_address(subject.host):
        attributes.append(_attribute(subject, "hostname", "hostname", subject.host, stamp))
    attributes += [_attribute(subject, "ip", "ip-dst", address, stamp) for address in subject.addresses]
    attributes += [_attribute(subject, "target", "text", subject.body, stamp, "Other")] if subject.body else []
    attributes.append(_attribute(subject, "online", "text", "Yes", stamp, "Other"))
    attributes.append(_attribute(subject, "verified", "text", "Yes" if subject.reviewed else "No", stamp, "Other"))
    seen = subject.last_seen.isoformat()
    attributes.append(_attribute(subject, "verification-time", "datetime", seen, stamp, "Other"))
    for picture in pictures:
        shot = _attribute(subject, "screenshot", "attachment", f"{picture.exhibit}.jpg", stamp, "External analysis")
        attributes.append(shot | {"data": base64.b64encode(picture.data).decode()})
    name, template, version, meta = PHISHING
    return {
        "uuid": subject.uuid("misp phishing"), "name": name, "meta-category": meta, "template_uuid": template,
        "template_version": version, "description": "Phishing page", "timestamp": stamp, "distribution": "5",
        "Attribute": attributes,
    }  # fmt: skip


def _attribute(
    subject: Subject,
    relation: str,
    kind: str,
    value: str,
    stamp: str,
    category: str = "Network activity",
    ids: bool = False,
) -> dict[str, Any]:
    return {
        "uuid": subject.uuid(f"misp {relation}", value), "object_relation": relation, "type": kind, "category": category,
        "value": value, "to_ids": ids, "timestamp": stamp, "distribution": "5", "disable_correlation": kind == "text",
    }  # fmt: skip


def _report(subject: Subject, stamp: str) -> dict[str, Any]:
    state = "withdrawn" if subject.revoked else "reviewed" if subject.reviewed else "NOT REVIEWED"
    matter = subject.matter
    footing = (("Matter", matter.number), ("Legal basis", matter.legal_basis or "not stated"))
    lines = [
        f"# {for_markdown(subject.case_id)}",
        f"**{subject.verdict}**, {state}",
        for_markdown(subject.summary, 900),
        *(f"{name}: {for_markdown(value, 160)}" for name, value in footing if value),
    ]
    return {
        "uuid": subject.uuid("misp report"), "name": f"prober {subject.case_id}", "content": "\n\n".join(lines),
        "timestamp": stamp, "distribution": "5",
    }  # fmt: skip
