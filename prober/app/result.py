"""The verdict as machines read it: the contract `prober/verdict/1`."""

from __future__ import annotations

import json
from typing import Any

from prober import __version__
from prober.models.case import Case, Probe, Verdict, VerdictClass
from prober.models.events import CaseFinished, Event, ProbeFinished
from prober.models.identity import Value
from prober.store.folder import to_json

EXIT_CODES = {
    VerdictClass.NO_FRAUD_FOUND: 0,
    VerdictClass.FRAUDULENT: 1,
    VerdictClass.INCONCLUSIVE: 3,
    VerdictClass.SUSPICIOUS: 4,
}


def verdict_of(case: Case) -> Verdict:
    """The verdict of a judged case; a case cut off before judging is inconclusive."""
    return case.verdict or Verdict(
        verdict=VerdictClass.INCONCLUSIVE, reason="The case was cut off before it was judged.", obstacle="interrupted"
    )


def as_json(case: Case, case_dir: str) -> dict[str, Any]:
    """One JSON object per suspect, `prober/verdict/1`; times in ISO 8601 UTC, durations in seconds."""
    verdict = verdict_of(case)
    return {
        "schema": "prober/verdict/1",
        "case_id": case.id,
        "url": case.url,
        "final_url": case.final_url,
        "scenario": case.scenario,
        "verdict": verdict.verdict.value,
        "reason": verdict.reason,
        "obstacle": verdict.obstacle or None,
        "findings": [finding.model_dump(by_alias=True, exclude={"facts"}) for finding in verdict.findings],
        "probes": [_probe(probe) for probe in case.probes],
        "started_at": case.started_at.isoformat().replace("+00:00", "Z"),
        "seconds": case.seconds,
        "case_dir": case_dir,
        "prober_version": __version__,
    }


def _probe(probe: Probe) -> dict[str, Any]:
    values = typed_values(probe)
    return {
        "name": probe.name,
        "arm": probe.arm,
        "profile": probe.profile,
        "identity": {
            "name": probe.identity.name,
            "values": {kind: value.text for kind, value in values.items()},
            "proofs": {kind: {"proof": value.proof.value, "why": value.why} for kind, value in values.items()},
        },
        "submitted": probe.submitted,
        "outcome": probe.outcome,
        "why": probe.why,
        "steps": len(probe.steps),
        "seconds": probe.seconds,
    }


def typed_values(probe: Probe) -> dict[str, Value]:
    """Value kind -> the value that was typed, with its proof; what was tried last where several were."""
    found: dict[str, Value] = {}
    for kind, text in probe.typed.items():
        for value in (*probe.identity.ladder.get(kind, ()), *probe.identity.last_resort.values()):
            if value.kind == kind and (value.text == text or text in value.parts.values()):
                found[kind] = value
                break
    return found


def public(event: Event) -> dict[str, Any]:
    """An event of the engine as it is stored and sent: the engine's JSON, long records replaced by their verdicts."""
    if isinstance(event, CaseFinished):
        return {"event": event.event, "verdict": as_json(event.case, event.case_dir)}
    if isinstance(event, ProbeFinished):
        short = event.probe.model_copy(update={"steps": ()})
        event = event.model_copy(update={"probe": short})
    found: dict[str, Any] = json.loads(to_json(event))
    return found
