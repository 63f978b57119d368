"""A run: many cases from one list, and what it tells while it works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from prober.models.base import Noun
from prober.models.page import Box


class Work(Noun):
    """One suspect to be probed with one choice of scenario; what a runner hands to whoever probes.

    id: stable over resumes and machines: the hash of the suspect and the scenario asked for.
    line: where the suspect stood in its list, from 1.
    place: what no two cases may share at a time: the registrable domain, the full host below 'localhost'.
    scenario: a name or 'auto'; among: what 'auto' chooses from, () for all there are.
    tries: how often it was begun before; crashes: how often the browser died under it.
    """

    id: str
    line: int
    url: str
    place: str
    scenario: str = "auto"
    among: tuple[str, ...] = ()
    tries: int = 0
    crashes: int = 0


class Highlights(Noun):
    """What the table of a run shows of a case beyond its verdict.

    claim: the debt as the page worded it; amount: with its currency, as on the page.
    picture: file of the screenshot that shows it, relative to the case folder; exhibit: its number; shown:
    the part of the document in it; box: where in the document the claim stands.
    addresses: of the suspect's host.
    """

    claim: str = ""
    amount: str = ""
    picture: str = ""
    exhibit: str = ""
    shown: Box | None = None
    box: Box | None = None
    addresses: tuple[str, ...] = ()


class Result(Noun):
    """How the work on one suspect ended.

    verdict: `prober/verdict/1` as machines read it.
    refused: the suspect must not be probed; then there is no verdict and this says why.
    fault: prober's own failure that stood in the way, '' when there was none.
    """

    verdict: dict[str, Any] = Field(default_factory=dict)
    refused: str = ""
    fault: str = ""
    highlights: Highlights = Highlights()


@dataclass(frozen=True)
class Skipped:
    """A row of the list that is not probed: 'duplicate', 'unusable' or 'refused', and why."""

    line: int
    text: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Finished:
    """A suspect that is done, as the summary shows it. outcome: its verdict, 'refused' or 'failed'."""

    line: int
    url: str
    outcome: str
    obstacle: str
    scenario: str
    reason: str
    seconds: float
    case_id: str
    highlights: Highlights = Highlights()  # noqa: RUF009, frozen


class RunStarted(Noun):
    """total: suspects of the run; done: finished before (a resumed run); skipped: rows of the list left out."""

    event: Literal["run_started"] = "run_started"
    name: str
    folder: str
    total: int
    done: int
    duplicates: int
    unusable: int
    jobs: int
    counts: dict[str, int] = Field(default_factory=dict)


class SuspectStarted(Noun):
    event: Literal["suspect_started"] = "suspect_started"
    work: Work


class SuspectStep(Noun):
    """What a suspect in work is doing, for a person."""

    event: Literal["suspect_step"] = "suspect_step"
    id: str
    sentence: str


class SuspectRetried(Noun):
    """It will be begun again after `delay` seconds."""

    event: Literal["suspect_retried"] = "suspect_retried"
    work: Work
    why: str
    delay: float


class SuspectDone(Noun):
    event: Literal["suspect_done"] = "suspect_done"
    work: Work
    result: Result


class RunNotice(Noun):
    """Something the user should know, e.g. that the browser died and was replaced."""

    event: Literal["run_notice"] = "run_notice"
    text: str


class RunFinished(Noun):
    """left: suspects still to do (an interrupted run); counts: verdicts, 'refused' and 'failed' over the whole run."""

    event: Literal["run_finished"] = "run_finished"
    interrupted: bool
    done: int
    left: int
    seconds: float
    counts: dict[str, int]


RunEvent = RunStarted | SuspectStarted | SuspectStep | SuspectRetried | SuspectDone | RunNotice | RunFinished
