"""All machine forms of a case by name, as bytes ready to be written."""

from __future__ import annotations

import json
from typing import Any

from prober.errors import UsageError
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.exports.indicators import as_block_list, as_csv, indicators
from prober.reporting.exports.misp import misp
from prober.reporting.exports.stix import stix
from prober.reporting.exports.subject import Subject, subject_of
from prober.reporting.exports.tickets import intelmq, thehive
from prober.reporting.exports.xarf import xarf
from prober.reporting.messages import Words
from prober.reporting.page_one import pictures
from prober.reporting.pictures import Gallery

FOR_HOSTS = "xarf-fraud.json"  # the same report as fraud in another's name, which hosts act on
FORMS = ("xarf", "csv", "blocklist", "stix", "misp", "intelmq", "thehive")


def make_exports(dossier: Dossier, forms: tuple[str, ...] = FORMS, whole_addresses: bool = False) -> dict[str, bytes]:
    """File name -> content for each form asked for.

    XARF is left out where nobody is named as its sender, and where there is nothing to report (any more).
    whole_addresses: with a victim's token where the address has one.

    Raises:
        UsageError: there is no such form.
    """
    unknown = [form for form in forms if form not in FORMS]
    if unknown:
        raise UsageError(f"There is no export {unknown[0]!r}; choose from {', '.join(FORMS)}.")
    subject, matter = subject_of(dossier, whole_addresses), dossier.case.matter
    manner = Manner(Words("en"), ours=dossier.ours)
    shown = tuple(picture for picture, _ in pictures(dossier, manner, Gallery(dossier, manner)))
    found = indicators(subject, dossier.scenario)
    made: dict[str, bytes] = {}
    if "xarf" in forms and _reported(subject) and matter.organisation and "@" in matter.contact:
        made["xarf.json"] = _json(xarf(subject, matter, shown))
        if subject.body:
            made[FOR_HOSTS] = _json(xarf(subject, matter, shown, "fraud"))
    if "csv" in forms:
        made["indicators.csv"] = as_csv(subject, found).encode()
    if "blocklist" in forms:
        made["blocklist.txt"] = as_block_list(subject, found).encode()
    if "stix" in forms:
        made["stix.json"] = _json(stix(subject, matter.organisation))
    if "misp" in forms:
        made["misp.json"] = _json(misp(subject, matter.organisation, shown))
    if "intelmq" in forms:
        made["intelmq.jsonl"] = intelmq(subject).encode()
    if "thehive" in forms:
        made["thehive.json"] = _json(thehive(subject, found))
    return made


def file_names(forms: tuple[str, ...]) -> set[str]:
    """What these forms are called when they are made."""
    ends = {"csv": "indicators.csv", "blocklist": "blocklist.txt", "intelmq": "intelmq.jsonl"}
    return {ends.get(form, f"{form}.json") for form in forms} | ({FOR_HOSTS} if "xarf" in forms else set())


def _reported(subject: Subject) -> bool:
    return subject.verdict in ("fraudulent", "suspicious") and not subject.revoked


def _json(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
