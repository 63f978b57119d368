"""Stored cases under today's rules, without a browser."""

from __future__ import annotations

from pathlib import Path

from prober.catalog import load_scenario
from prober.models.case import Case, Probe, Step, Verdict
from prober.models.scenario import Scenario
from prober.plan.novelty import new_accusations, new_demands
from prober.plan.turns import QUERY_PURPOSES, Trail, Turn
from prober.reading.read import read
from prober.store.reading import load_case, load_snapshot
from prober.verdicts import judge


def judge_folder(path: Path, *, reread: bool = False) -> tuple[Case, Verdict]:
    """The stored case and today's verdict on it; with `reread` the snapshots are read anew as well.

    Raises:
        StoreError, BrokenCase: the folder is no case or cannot be read.
        ScenarioError: the case's scenario is not installed.
    """
    case = load_case(path)
    scenario = load_scenario(case.scenario)
    if reread:
        case = case.model_copy(update={"probes": tuple(reread_probe(p, path, scenario) for p in case.probes)})
    return case, judge(case, scenario)


def reread_probe(probe: Probe, folder: Path, scenario: Scenario) -> Probe:
    """The probe with every reading made anew from its stored snapshots."""
    trail = Trail(probe.identity, scenario)
    steps: list[Step] = []
    for step in probe.steps:
        snapshot = load_snapshot(folder, step.snapshot)
        reading = read(snapshot, scenario, _identifying(probe) if trail.asked else ())
        here = trail.then(Turn(snapshot, reading))
        update = {
            "reading": reading,
            "new_accusations": new_accusations(snapshot, reading, here),
            "new_demands": new_demands(snapshot, reading, here),
        }
        steps.append(step.model_copy(update=update))
        trail = trail.then(Turn(snapshot, reading, step.actions, step.outcomes))
    return probe.model_copy(update={"steps": tuple(steps)})


def _identifying(probe: Probe) -> tuple[str, ...]:
    return tuple(text for kind, text in probe.typed.items() if kind in QUERY_PURPOSES)
