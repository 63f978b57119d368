"""Which probe comes next: the experiment's design, in the order of information per second."""

from __future__ import annotations

from dataclasses import dataclass

from prober.models.case import Arm as ArmName
from prober.models.case import Probe
from prober.models.scenario import Scenario
from prober.verdicts.answers import Answer, answer_of

HIDDEN = frozenset({"no_form", "empty", "blocked", "error_page", "gone", "geo", "parked", "maintenance", "rate_limit"})
BROKEN = frozenset({"hung", "crashed"})  # perhaps only for this device
PATIENT = 8.0  # seconds of a probe beyond which the sum's origin is not worth another visit
FINAL = frozenset({"unreachable", "timeout", "loop", "limit", "too_large", "download"})  # another visit gets no further


@dataclass(frozen=True)
class Arm:
    """One probe to be made: which identity (by index), as whom, and why."""

    name: ArmName
    identity: int
    profile: str
    why: str
    language: str = ""
    virtual_time: bool = True
    strip_token: bool = False
    tries: int = 3


def next_arms(
    probes: tuple[Probe, ...], scenario: Scenario, *, profile: str, visits: int, token: bool
) -> tuple[Arm, ...]:
    """The probes to make now (side by side), given those made; empty when the verdict can no longer change."""
    if not probes:
        return (Arm("identity", 0, profile, "the most plausible invalid identity"),)
    if len(probes) >= visits:
        return ()
    answers = [answer_of(probe) for probe in probes]
    for rule in (_second, _hidden, _disagreeing, _bound_to_link, _variation, _repeat_in_real_time):
        arms = rule(probes, answers, scenario, profile, token)
        if arms:
            return arms[: visits - len(probes)]
    return ()


def _like(probe: Probe, identity: int, why: str) -> Arm:
    """The same visit again as another nobody."""
    name: ArmName = probe.arm if probe.arm in {"desktop", "language", "real_time"} else "identity"
    language = "en" if name == "language" else ""
    return Arm(name, identity, probe.profile, why, language=language, virtual_time=name != "real_time")


def _next_identity(probes: tuple[Probe, ...]) -> int:
    return len({probe.identity.name for probe in probes})


def _second(
    probes: tuple[Probe, ...], answers: list[Answer], scenario: Scenario, profile: str, token: bool
) -> tuple[Arm, ...]:
    asked = [p for p, a in zip(probes, answers, strict=True) if a.asked]
    if asked and len({p.identity.name for p in asked}) < 2 and len(probes) < 4:
        return (_like(asked[0], _next_identity(probes), "a second, different identity"),)
    return ()


def _hidden(
    probes: tuple[Probe, ...], answers: list[Answer], scenario: Scenario, profile: str, token: bool
) -> tuple[Arm, ...]:
    """Nothing could be asked: come back as somebody else."""
    if any(a.asked for a in answers) or answers[-1].outcome in FINAL or answers[-1].demanded:
        return ()
    if answers[0].outcome not in HIDDEN | BROKEN:
        return ()
    if answers[0].outcome == "empty" and probes[0].steps and not probes[0].steps[-1].settled:
        return ()  # it was still on its way when its time was over: a host that never finishes, for nobody
    tried = {(p.profile, p.arm) for p in probes}
    other = "desktop" if profile == "phone" else "phone"
    if not any(p.profile == other for p in probes):
        return (Arm("desktop", 0, other, "the page hides from this device: another one"),)
    if answers[0].outcome in HIDDEN and not any(arm == "language" for _, arm in tried):
        return (Arm("language", 0, profile, "the page hides: another language", language="en"),)
    return ()


def _disagreeing(
    probes: tuple[Probe, ...], answers: list[Answer], scenario: Scenario, profile: str, token: bool
) -> tuple[Arm, ...]:
    """One nobody was accused and another was not: ask a further one, at most two more."""
    accused = {p.identity.name for p, a in zip(probes, answers, strict=True) if a.accused or a.demanded_after_query}
    spared = {
        p.identity.name
        for p, a in zip(probes, answers, strict=True)
        if a.asked and not a.accused and not a.demanded_after_query
    }
    if len(accused) == 1 and spared and len(accused) + len(spared) < 4:
        good = next(p for p, a in zip(probes, answers, strict=True) if a.accused or a.demanded_after_query)
        return (_like(good, _next_identity(probes), "only one identity was accused: a further one, in the same way"),)
    return ()


def _bound_to_link(
    probes: tuple[Probe, ...], answers: list[Answer], scenario: Scenario, profile: str, token: bool
) -> tuple[Arm, ...]:
    if not token or any(p.arm == "without_token" for p in probes):
        return ()
    accused = [a for a in answers if a.accused]
    if len(accused) >= 2 and len({a.amounts for a in accused}) == 1 and len({a.case_numbers for a in accused}) == 1:
        return (
            Arm(
                "without_token",
                _next_identity(probes),
                probes[0].profile,
                "the same bill for two: is it the link's?",
                strip_token=True,
            ),
        )
    return ()


def _variation(
    probes: tuple[Probe, ...], answers: list[Answer], scenario: Scenario, profile: str, token: bool
) -> tuple[Arm, ...]:
    """Different sums for different nobodies: does the same nobody get the same sum again?"""
    accused = [(p, a) for p, a in zip(probes, answers, strict=True) if a.accused and a.amounts]
    slow = any(p.seconds > PATIENT for p, _ in accused)
    if (
        len(accused) == 2
        and not slow
        and accused[0][1].amounts != accused[1][1].amounts
        and not any(p.arm == "repeat" for p in probes)
    ):
        return (Arm("repeat", 0, accused[0][0].profile, "the same identity again: does the sum change?"),)
    return ()


def _repeat_in_real_time(
    probes: tuple[Probe, ...], answers: list[Answer], scenario: Scenario, profile: str, token: bool
) -> tuple[Arm, ...]:
    """All were refused: once more as somebody else and in real time, since cheats hide from hurried visitors."""
    if any(a.accused or a.demanded_after_query for a in answers) or not any(a.asked for a in answers):
        return ()
    if any(p.arm in {"real_time", "desktop"} for p in probes) or len(probes) < 2:
        return ()
    return (
        Arm(
            "real_time",
            _next_identity(probes),
            probes[0].profile,
            "refused twice: a third, in real time",
            virtual_time=False,
            tries=1,
        ),
    )
