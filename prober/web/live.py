"""Stored events as the live page shows them, in the reader's language."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from prober.catalog import load_scenario
from prober.errors import ProberError
from prober.models.case import Probe, Step
from prober.models.events import ProbeStarted, StepTaken
from prober.models.identity import Identity, Proof
from prober.reporting import sentences as say
from prober.reporting.dossier import Manner
from prober.reporting.messages import Words
from prober.reporting.text import harmless
from prober.web.submissions import Told


def moment_of(told: Told, lang: str) -> dict[str, Any] | None:
    """What the live page adds for an event, None where it adds nothing."""
    try:
        if told.event == "probe_started":
            return _probe(told, ProbeStarted.model_validate(told.data), Words(lang))
        if told.event == "step_taken":
            return _step(told, StepTaken.model_validate(told.data), Words(lang))
    except (ValidationError, ProberError):  # an older version's event: its plain sentence still tells
        return {"kind": "line", "number": told.number, "text": harmless(str(told.data.get("sentence", "")))}
    if told.event == "probe_finished":
        probe = told.data.get("probe", {})
        words = Words(lang)
        outcome = words.one("outcomes", str(probe.get("outcome") or "dead_end"))
        return {"kind": "end", "number": told.number, "probe": str(probe.get("name")), "text": harmless(outcome)}
    if told.event == "notice":
        return {"kind": "line", "number": told.number, "text": harmless(str(told.data.get("text", "")))}
    return None


def _probe(told: Told, event: ProbeStarted, words: Words) -> dict[str, Any]:
    """The identity with which a probe goes in, and why nobody can bear it."""
    manner = Manner(words, "internal")
    scenario = load_scenario(event.scenario) if event.scenario else None
    values = []
    if event.identity is not None and scenario is not None:
        for kind in scenario.asks:
            value = event.identity.value(kind)
            if value is not None and value.proof is not Proof.NONE:
                name = say.kind_word(manner, kind, scenario.country)
                why = say.why(manner, value, scenario)
                values.append({"kind": name, "text": value.text, "why": why, "proof": str(value.proof)})
    return {
        "kind": "probe",
        "number": told.number,
        "probe": event.probe,
        "name": words("probe", name=event.probe),
        "arm": words.one("arms", event.arm),
        "values": values[:2],
        "more": values[2:],
        "at": f"{told.at:%H:%M:%S}",
    }


def _step(told: Told, event: StepTaken, words: Words) -> dict[str, Any]:
    step = event.step
    identity = Identity(name=event.probe, seed=0, ladder={})
    probe = Probe(name=event.probe, identity=identity, profile="", started_at=step.at)
    manner = Manner(words, "internal", ours=_typed(step))
    text = say.happened(manner, probe, step, "")
    return {
        "kind": "step",
        "number": told.number,
        "probe": event.probe,
        "step": step.number,
        "at": f"{step.at:%H:%M:%S}",
        "url": manner.url(step.url, 120),
        "text": say.capital(text[:1]) + text[1:] if text else manner.say(step.title, 120),
        "shot": step.facts.get("picture", ""),
        "telling": bool(step.new_accusations or step.new_demands),
        "case_id": event.case_id,
    }


def _typed(step: Step) -> frozenset[str]:
    return frozenset(action.text for action in step.actions if action.do == "fill")
