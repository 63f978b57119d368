"""A case as rows of the index; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from prober.guard.suspect import registrable_domain
from prober.models.case import Case, Exhibit
from prober.store.index.marks import Mark

# Tables that are made from case folders, children first; tags, notes and what was purged are people's.
DERIVED = ("findings", "probes", "hosts", "traces", "cases")


@dataclass
class Rows:
    """Table -> rows, parents first."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def rows_of(case: Case, case_dir: str) -> Rows:
    """All rows of a case. case_dir: its folder relative to the index."""
    verdict = case.verdict
    claims = [claim for probe in case.probes for step in probe.steps for claim in step.new_accusations]
    amount = next((claim.amount for claim in claims if claim.amount), None)
    host = urlsplit(case.url).hostname or ""
    head = {
        "id": case.id,
        "url": case.url,
        "host": host,
        "domain": registrable_domain(host),
        "final_url": case.final_url,
        "scenario": case.scenario,
        "verdict": verdict.verdict.value if verdict else "inconclusive",
        "obstacle": verdict.obstacle if verdict else "interrupted",
        "reason": verdict.reason if verdict else "",
        "grounds": "".join(verdict.grounds) if verdict else "",
        "amount": amount.text if amount else "",
        "started_at": case.started_at,
        "seconds": case.seconds,
        "prober": case.environment.prober,
        "case_dir": case_dir,
    }
    findings = [
        {"case_id": case.id, "number": n, "rule": f.rule, "side": f.side, "weight": f.weight, "summary": f.summary}
        for n, f in enumerate(verdict.findings if verdict else (), start=1)
    ]
    probes = [
        {
            "case_id": case.id, "name": p.name, "arm": p.arm, "profile": p.profile, "outcome": p.outcome,
            "submitted": p.submitted, "seconds": p.seconds,
        }
        for p in case.probes
    ]  # fmt: skip
    hosts = [
        {"case_id": case.id, "name": h.name, "port": h.port, "addresses": " ".join(h.addresses), "requests": h.requests}
        for h in case.hosts
    ]
    traces = [{"case_id": case.id, "kind": kind, "value": value} for kind, value in sorted(_traces(case, host))]
    tables: dict[str, list[dict[str, Any]]] = {
        "cases": [head],
        "findings": findings,
        "probes": probes,
        "hosts": hosts,
        "traces": traces,
    }
    return Rows({name: [_storable(row) for row in rows] for name, rows in tables.items()})


def _storable(row: dict[str, Any]) -> dict[str, Any]:
    """Without what databases refuse in a text and hostile pages plant: zero characters and half ones."""
    return {name: _text(value) if isinstance(value, str) else value for name, value in row.items()}


def _text(value: str) -> str:
    return value.replace("\0", "").encode("utf-8", "replace").decode()


def _traces(case: Case, host: str) -> set[Mark]:
    """What recurs when a scammer moves: hosts, addresses of the suspect's own host, favicon, certificate."""
    final = urlsplit(case.final_url).hostname or host
    found = {("host", name) for name in (host, final, registrable_domain(host)) if name}
    for seen in case.hosts:
        if seen.name in (host, final):
            found |= {("address", address) for address in seen.addresses}
    return found | exhibit_marks(case.exhibits)


def exhibit_marks(exhibits: Iterable[Exhibit]) -> set[Mark]:
    """SHA-256 of favicon and certificate files; the leaf certificate's own fingerprint and the icon's mmh3 too."""
    found: set[Mark] = set()
    for exhibit in exhibits:
        if exhibit.kind in ("favicon", "certificate"):
            found.add((exhibit.kind, exhibit.sha256))
            figure = _FIGURE[exhibit.kind].search(exhibit.note)
            found |= {(exhibit.kind, figure[1])} if figure else set()
    return found


# What an exhibit's note says of it, as host searches and certificate logs list it.
_FIGURE = {"favicon": re.compile(r"\bmmh3 (-?\d+)"), "certificate": re.compile(r"\bSHA-256 ([0-9a-f]{64})\b")}
