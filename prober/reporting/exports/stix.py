"""STIX 2.1: a bundle whose ids are deterministic, so that importing it twice merges."""

from __future__ import annotations

import json
import uuid
from typing import Any

from prober.reporting.exports.subject import Subject, is_address
from prober.reporting.text import harmless

SCO = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # namespace of the standard for observables, section 2.9
TLP = {
    "CLEAR": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "GREEN": "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
    "AMBER": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "RED": "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
}
TLP["AMBER+STRICT"] = TLP["RED"]  # STIX 2.1 predates it: the narrower of its neighbours
NAMES = {"CLEAR": "white", "GREEN": "green", "AMBER": "amber", "RED": "red"}


def stix(subject: Subject, organisation: str) -> dict[str, Any]:
    """A bundle: who reports, what was seen, the indicator, and the report that holds them together."""
    at = f"{subject.first_seen:%Y-%m-%dT%H:%M:%S.000Z}"
    last = f"{max(subject.first_seen, subject.last_seen):%Y-%m-%dT%H:%M:%S.000Z}"
    maker: dict[str, Any] = {"type": "identity", "name": organisation or "not stated", "identity_class": "organization"}
    maker = _object(subject, maker, at)
    seen = _observables(subject)
    marks = _marks(subject)
    common = {"created_by_ref": maker["id"], **({"object_marking_refs": [TLP[subject.tlp]]} if subject.tlp else {})}
    observed: dict[str, Any] = {
        "type": "observed-data",
        "first_observed": at,
        "last_observed": last,
        "number_observed": 1,
    }
    observed["object_refs"] = [one["id"] for one in seen]
    place: dict[str, Any] = {"type": "infrastructure", "name": subject.host, "infrastructure_types": ["phishing"]}
    objects = [_object(subject, {**part, **common}, at) for part in (observed, place)]
    if subject.actionable or subject.revoked:
        sign: dict[str, Any] = {
            "type": "indicator", "name": f"Phishing page on {subject.host}", "indicator_types": ["malicious-activity"],
            "pattern": f"[url:value = '{_quoted(subject.url)}']", "pattern_type": "stix", "valid_from": at,
            "confidence": round(subject.confidence * 100), **({"revoked": True} if subject.revoked else {}),
        }  # fmt: skip
        link: dict[str, Any] = {"type": "relationship", "relationship_type": "indicates"}
        sign = _object(subject, {**sign, **common}, at)
        link |= {"source_ref": sign["id"], "target_ref": objects[1]["id"]}
        objects += [sign, _object(subject, {**link, **common}, at)]
    report = {
        "type": "report" if subject.actionable else "grouping", "name": f"prober {subject.case_id}",
        "description": subject.summary, "labels": _labels(subject), "object_refs": [one["id"] for one in (*seen, *objects)],
    }  # fmt: skip
    report |= (
        {"report_types": ["threat-report"], "published": at}
        if subject.actionable
        else {"context": "suspicious-activity"}
    )
    whole = _object(subject, {**report, **common}, at)
    return {
        "type": "bundle",
        "id": f"bundle--{subject.uuid('bundle')}",
        "objects": [*marks, maker, *seen, *objects, whole],
    }


def _object(subject: Subject, part: dict[str, Any], at: str) -> dict[str, Any]:
    """A domain object with id and times."""
    kind = part["type"]
    id_ = f"{kind}--{subject.uuid('stix ' + kind)}"
    return {"type": kind, "spec_version": "2.1", "id": id_, "created": at, "modified": _modified(subject), **part}


def _modified(subject: Subject) -> str:
    """Later than the last export's once a person has decided, so that what was taken in before gives way."""
    return f"{max(subject.changed, subject.first_seen):%Y-%m-%dT%H:%M:%S.000Z}"


def _labels(subject: Subject) -> list[str]:
    """Review, markings and footing; the standard's own fields know TLP alone."""
    matter = subject.matter
    named = (("PAP", subject.pap), ("matter", matter.number), ("legal basis", matter.legal_basis))
    state = "withdrawn" if subject.revoked else "reviewed" if subject.reviewed else "not reviewed"
    return [state, *(f"{name}:{harmless(value, 160)}" for name, value in named if value)]


def _observables(subject: Subject) -> list[dict[str, Any]]:
    found = [_observable("url", subject.url)]
    found += [_observable("domain-name", subject.host)] if not is_address(subject.host) else []
    for address in subject.addresses:
        found.append(_observable("ipv6-addr" if ":" in address else "ipv4-addr", address))
    return found


def _observable(kind: str, value: str) -> dict[str, Any]:
    name = json.dumps({"value": value}, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{uuid.uuid5(SCO, name)}", "value": value}


def _marks(subject: Subject) -> list[dict[str, Any]]:
    name = {"AMBER+STRICT": "RED"}.get(subject.tlp, subject.tlp)
    if not name:
        return []
    return [
        {
            "type": "marking-definition", "spec_version": "2.1", "id": TLP[name], "created": "2017-01-20T00:00:00.000Z",
            "definition_type": "tlp", "name": f"TLP:{NAMES[name].upper()}", "definition": {"tlp": NAMES[name]},
        }
    ]  # fmt: skip


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
