"""The recorded case, arranged for the rules to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlsplit

from prober.models.case import Case, Probe, Step
from prober.models.identity import MADE, Proof
from prober.models.reading import Label, Pose
from prober.models.scenario import Body, Scenario
from prober.verdicts.answers import Answer, answer_of


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def under(host: str, names: tuple[str, ...]) -> bool:
    """The host is one of the names or below one."""
    return any(host == name or host.endswith("." + name) for name in names)


@dataclass(frozen=True)
class Facts:
    case: Case
    scenario: Scenario

    @cached_property
    def answers(self) -> tuple[tuple[Probe, Answer], ...]:
        return tuple((probe, answer_of(probe)) for probe in self.case.probes)

    def of_arms(self, *arms: str) -> tuple[tuple[Probe, Answer], ...]:
        return tuple((p, a) for p, a in self.answers if p.arm in arms)

    @cached_property
    def experiment(self) -> tuple[tuple[Probe, Answer], ...]:
        """Probes that asked as somebody: all but the control without a token."""
        return tuple((p, a) for p, a in self.answers if p.arm != "without_token")

    @cached_property
    def accused(self) -> tuple[tuple[Probe, Answer], ...]:
        return _one_each((p, a) for p, a in self.experiment if a.bound and provable(p))

    @cached_property
    def demanded(self) -> tuple[tuple[Probe, Answer], ...]:
        return _one_each((p, a) for p, a in self.experiment if a.demands and provable(p))

    @cached_property
    def asked(self) -> tuple[tuple[Probe, Answer], ...]:
        return _one_each((p, a) for p, a in self.experiment if a.asked)

    @cached_property
    def rejected(self) -> tuple[tuple[Probe, Answer], ...]:
        return _one_each((p, a) for p, a in self.experiment if a.rejected)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for probe in self.case.probes for step in probe.steps)

    @cached_property
    def host(self) -> str:
        return host_of(self.case.final_url or self.case.url)

    @cached_property
    def poses(self) -> tuple[tuple[Step, Pose, Body], ...]:
        """Official names used on hosts that are not that body's."""
        bodies = {body.key: body for body in self.scenario.bodies}
        found: dict[str, tuple[Step, Pose, Body]] = {}
        for step in self.steps:
            for pose in step.reading.poses:
                body = bodies.get(pose.body)
                if body is not None and pose.how != "host" and not under(host_of(step.url), body.hosts):
                    found.setdefault(body.key, (step, pose, body))
        return tuple(found.values())

    @cached_property
    def labels(self) -> tuple[tuple[Step, Label], ...]:
        return tuple((step, label) for step in self.steps for label in step.reading.labels)

    def labelled(self, *kinds: str) -> tuple[Step, Label] | None:
        return next(((s, label) for s, label in self.labels if label.kind in kinds), None)

    @cached_property
    def offers(self) -> bool:
        """What was demanded is the price of something: money that is no debt stands in each answer that demanded."""
        return any(a.offers and not a.accused for _, a in self.experiment)

    @cached_property
    def pretext(self) -> str:
        """The words of a pretext that stood on the way to the demand, '' where there are none."""
        for probe, answer in self.demanded:
            asked = next(n for n, step in enumerate(probe.steps) if step.asked)
            last = max(step.number for step, _ in answer.demands)
            for step in probe.steps[asked:]:
                if step.number <= last and step.reading.pretexts:
                    return step.reading.pretexts[0].quote
        return ""

    @cached_property
    def sums(self) -> tuple[tuple[Decimal, ...], ...]:
        return tuple(answer.amounts for _, answer in self.accused)

    def own_card_fields(self, answer: Answer) -> bool:
        """Card fields on the site's own pages rather than in a known gateway's frame."""
        return any(
            demand.kind == "card" and not under(host_of(demand.frame_url or step.url), self.scenario.official.payment)
            for step, demand in answer.demands
        )


def provable(probe: Probe) -> bool:
    """Each identifying value that could be absolute was so, or the last resort after the script's own refusal."""
    typed = [v for rungs in probe.identity.ladder.values() for v in rungs if probe.typed.get(v.kind) == v.text]
    last = [v for v in probe.identity.last_resort.values() if probe.typed.get(v.kind) == v.text]
    if last or any(value.proof is Proof.ABSOLUTE for value in typed):
        return True
    made = {value.kind for value in typed if value.grade.startswith(MADE)}  # to the form's own shape: it took no other
    could = [
        kind
        for kind in probe.typed
        if kind not in made and any(v.proof is Proof.ABSOLUTE for v in probe.identity.ladder.get(kind, ())[:1])
    ]
    return not could and any(value.proof is Proof.CONVENTION for value in typed)


def _one_each(pairs: Iterable[tuple[Probe, Answer]]) -> tuple[tuple[Probe, Answer], ...]:
    """The first probe of each identity."""
    found: dict[str, tuple[Probe, Answer]] = {}
    for probe, answer in pairs:
        found.setdefault(probe.identity.name, (probe, answer))
    return tuple(found.values())
