"""What is kept of a probe that had to be cut off from outside."""

from __future__ import annotations

from prober.models.case import Probe, Step
from prober.models.events import Event, ProbeFinished, StepTaken
from prober.models.page import Snapshot
from prober.probe import Clock, Task


class CutOff:
    """Listens to a probe, so that its steps are there even if it never ends by itself."""

    def __init__(self, task: Task, clock: Clock) -> None:
        self.task, self.clock = task, clock
        self.started_at, self.start = clock.now(), clock.tick()
        self.steps: list[Step] = []
        self.ended = False

    def hear(self, event: Event) -> None:
        if isinstance(event, StepTaken):
            self.steps.append(event.step)
        self.ended = self.ended or isinstance(event, ProbeFinished)

    async def finished(self) -> ProbeFinished:
        """The probe as far as it came."""
        _, identity = await self.task.brief(Snapshot(url=self.task.url, failure="timeout"))
        probe = Probe(
            name=self.task.name,
            arm=self.task.arm,
            identity=identity,
            profile=self.task.profile,
            country=self.task.country,
            started_at=self.started_at,
            seconds=round(self.clock.tick() - self.start, 3),
            steps=tuple(self.steps),
            outcome="timeout",
            why="cut off: it did not end in its time",
            submitted=any(step.sent for step in self.steps),
        )
        return ProbeFinished(case_id=self.task.case_id, probe=probe)
