"""What the engine tells while it works; listeners store it, show it or send it on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from prober.models.base import Noun
from prober.models.case import Arm, Case, Probe, Step
from prober.models.identity import Identity


class CaseOpened(Noun):
    event: Literal["case_opened"] = "case_opened"
    case_id: str
    url: str
    scenario: str
    exit: str = "direct"


class ProbeStarted(Noun):
    """identity, scenario: with what it goes in, so that listeners can say why nobody can bear it."""

    event: Literal["probe_started"] = "probe_started"
    case_id: str
    probe: str
    arm: Arm
    values: dict[str, str]
    why: str = ""
    identity: Identity | None = None
    scenario: str = ""


class StepTaken(Noun):
    event: Literal["step_taken"] = "step_taken"
    case_id: str
    probe: str
    step: Step
    sentence: str  # what happened, for a person


class ProbeFinished(Noun):
    event: Literal["probe_finished"] = "probe_finished"
    case_id: str
    probe: Probe


class Notice(Noun):
    """Something the user should know that changes nothing, e.g. that OCR is missing."""

    event: Literal["notice"] = "notice"
    case_id: str = ""
    text: str


class CaseFinished(Noun):
    event: Literal["case_finished"] = "case_finished"
    case: Case
    case_dir: str = ""


Event = Annotated[
    CaseOpened | ProbeStarted | StepTaken | ProbeFinished | Notice | CaseFinished, Field(discriminator="event")
]
