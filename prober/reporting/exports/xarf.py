"""XARF 4.2: the abuse report that hosts and clearing houses read by machine."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, Literal
from urllib.parse import urlsplit

from prober.errors import UsageError
from prober.models.custody import Matter
from prober.reporting.exports.subject import Subject, is_address
from prober.reporting.pictures import Picture

VERSION = "4.2.0"
EVIDENCE_LIMIT = 5_242_880  # bytes of one item
FIELD_NAMES = {"card_number": "card_number", "card_expiry": "expiry", "card_code": "cvv", "card_holder": "card_holder"}
METHODS = {"card": "credit_card", "transfer": "bank_transfer", "qr": "bank_transfer", "crypto": "cryptocurrency"}


def xarf(
    subject: Subject,
    matter: Matter,
    pictures: tuple[Picture, ...] = (),
    kind: Literal["phishing", "fraud"] = "phishing",
) -> dict[str, Any]:
    """One report. 'phishing' for registrars and clearing houses, 'fraud' (as a rule government impersonation) for hosts.

    Raises:
        UsageError: the case names no organisation or contact, which the format requires; or the fraud form
            is asked for where no impersonation was found.
    """
    contact = _contact(matter)
    report: dict[str, Any] = {
        "xarf_version": VERSION,
        "report_id": subject.uuid("xarf", kind),
        "timestamp": subject.first_seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reporter": contact,
        "sender": contact,
        "source_identifier": subject.addresses[0] if subject.addresses else subject.host,
        "source_port": subject.port,
        "category": "content",
        "type": kind,
        "url": subject.url,
        "verified_at": subject.last_seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verification_method": "automated_crawler",
        "evidence_source": "automated_scan",
        "description": subject.summary[:1000],
        "tags": _tags(subject),
        "evidence": [_evidence(picture) for picture in pictures if len(picture.data) <= EVIDENCE_LIMIT],
    }
    report |= {"domain": subject.host} if "." in subject.host and not is_address(subject.host) else {}
    report |= {"target_brand": subject.body} if subject.body else {}
    return report | (_phishing(subject) if kind == "phishing" else _fraud(subject))


def _tags(subject: Subject) -> list[str]:
    tags = [f"prober:{subject.verdict}", f"prober:{'reviewed' if subject.reviewed else 'not_reviewed'}"]
    tags += [f"tlp:{subject.tlp.lower().replace('+', '_')}"] if subject.tlp else []
    return tags + ([f"pap:{subject.pap.lower()}"] if subject.pap else [])


def _phishing(subject: Subject) -> dict[str, Any]:
    fields: dict[str, Any] = {"lure_type": "payment_issue"}
    fields["credential_fields"] = [FIELD_NAMES.get(name, name) for name in subject.card_fields]
    fields |= {"submission_url": subject.submission_url} if subject.submission_url else {}
    fields |= {"cloned_site": f"https://{subject.body_host}/"} if subject.body_host else {}
    return fields | ({"redirect_chain": list(subject.redirects)} if subject.redirects else {})


def _fraud(subject: Subject) -> dict[str, Any]:
    if not subject.body:
        raise UsageError(f"{subject.case_id} found no impersonation, so it cannot be reported as such; use 'phishing'.")
    methods = list(dict.fromkeys(METHODS.get(kind, "other") for kind in subject.demands))
    kind = "government_impersonation" if subject.body_is_state else "other"
    return {"fraud_type": kind, "claimed_entity": subject.body, "payment_methods": methods}


def _contact(matter: Matter) -> dict[str, str]:
    if not matter.organisation or "@" not in matter.contact:
        raise UsageError("XARF needs an organisation and an e-mail address; give --organisation and --contact.")
    return {"org": matter.organisation[:200], "contact": matter.contact, "domain": matter.contact.rsplit("@", 1)[1]}


def _evidence(picture: Picture) -> dict[str, Any]:
    return {
        "content_type": "image/jpeg",
        "description": f"{picture.exhibit}, {picture.at:%Y-%m-%d %H:%M:%S} UTC, {urlsplit(picture.url).hostname or ''}"[
            :500
        ],
        "payload": base64.b64encode(picture.data).decode(),
        "hash": f"sha256:{hashlib.sha256(picture.data).hexdigest()}",
        "size": len(picture.data),
    }
