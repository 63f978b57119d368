"""The loop of one walk, with a session that plays back pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from prober.models.action import Action, Fill, Outcome
from prober.models.case import Exhibit, Probe, Step
from prober.models.events import Event, Notice, ProbeFinished, StepTaken
from prober.models.identity import Identity
from prober.models.page import Box, Frame, Snapshot
from prober.models.scenario import Scenario
from prober.probe import Clock, Task, probe
from tests.factories import page
from tests.plan.pages import IDENTITY, SCENARIO, control

FORM = page(["# Проверка штрафов"]).model_copy(
    update={
        "controls": (
            control("plate", y=10, label="Госномер автомобиля"),
            control("go", "button", y=80, tag="button", text="Проверить"),
        )
    }
)
NOTHING = page(["Штрафов не найдено"])
CAPTCHA = page(["Подтвердите, что вы не робот"]).model_copy(
    update={
        "frames": (
            Frame(id=0, url="https://suspect.example/"),
            Frame(id=1, url="https://hcaptcha.com/captcha", parent=0, box=Box(x=0, y=0, width=300, height=80)),
        )
    }
)


class PlayedSession:
    """Shows its pages one after another, the last one for ever; does what it is told without effect."""

    def __init__(self, *pages: Snapshot, held: str = "") -> None:
        self.pages, self.place, self.held = pages, 0, held
        self.done: list[Action] = []

    async def goto(self, url: str) -> Outcome:
        return Outcome()

    async def observe(self, patience: float = 4.0) -> Snapshot:
        shown = self.pages[min(self.place, len(self.pages) - 1)]
        self.place += 1
        return shown

    async def perform(self, action: Action) -> Outcome:
        self.done.append(action)
        held = (self.held or action.text) if isinstance(action, Fill) else ""
        return Outcome(held=held, sent=action.do == "click")

    async def look(self, refs: tuple[str, ...], ocr: bool = True) -> tuple[Any, ...]:
        return ()

    async def picture(self, full: bool = False, sharp: bool = False) -> tuple[bytes, Box]:
        return b"", Box(x=0, y=0, width=1, height=1)

    async def dom(self) -> str:
        return ""

    async def mhtml(self) -> str:
        return ""

    def har(self) -> dict[str, Any]:
        return {}

    def hosts(self) -> tuple[Any, ...]:
        return ()


class NoEvidence:
    def add(self, kind: str, data: bytes, **about: Any) -> Exhibit:
        raise AssertionError("nothing was painted")

    def keep_snapshot(self, snapshot: Snapshot) -> str:
        return "hash"

    def keep_har(self, probe: str, log: dict[str, Any]) -> None:
        pass


async def walk(session: PlayedSession, evidence: Any = None, **task: Any) -> tuple[list[Event], Probe, list[Step]]:
    async def brief(snapshot: Snapshot) -> tuple[Scenario, Identity]:
        return SCENARIO, IDENTITY

    ticks = iter(range(10_000))
    clock = Clock(now=lambda: datetime(2026, 11, 22, tzinfo=UTC), tick=lambda: next(ticks) / 1000)
    what = Task(
        case_id="c", name="P1", arm="identity", url="https://suspect.example/", profile="phone", brief=brief, **task
    )
    events = [event async for event in probe(session, what, evidence or NoEvidence(), clock)]  # type: ignore[arg-type]
    finished = next(e.probe for e in events if isinstance(e, ProbeFinished))
    return events, finished, [e.step for e in events if isinstance(e, StepTaken)]


async def test_asks_and_takes_the_no() -> None:
    _, finished, steps = await walk(PlayedSession(FORM, NOTHING))
    assert finished.outcome == "rejected"
    assert finished.submitted
    assert finished.typed["plate"] == IDENTITY.value("plate").text  # type: ignore[union-attr]
    assert steps[0].asked and steps[0].sent


async def test_a_wall_ends_the_walk_unless_a_person_attends() -> None:
    _, finished, _ = await walk(PlayedSession(CAPTCHA))
    assert finished.outcome == "captcha"
    events, finished, steps = await walk(PlayedSession(CAPTCHA, FORM, NOTHING), attended=30.0)
    assert any(isinstance(e, Notice) for e in events)
    assert steps[0].facts["by"] == "person"
    assert finished.outcome == "rejected"


async def test_a_person_is_not_called_for_ever() -> None:
    events, finished, _ = await walk(PlayedSession(CAPTCHA), attended=30.0)
    assert finished.outcome == "captcha"
    assert 1 <= sum(isinstance(e, Notice) for e in events) <= 5


async def test_what_a_mask_turned_into_somebodys_is_not_sent() -> None:
    session = PlayedSession(FORM, FORM, FORM, FORM, held="123ABC02")
    _, finished, _ = await walk(session)
    assert not finished.submitted
    assert not any(action.do == "click" and getattr(action, "ref", "") == "go" for action in session.done)


async def test_the_walk_ends_in_its_time() -> None:
    _, finished, _ = await walk(PlayedSession(FORM, NOTHING), deadline=0.0)
    assert finished.outcome == "timeout"


class KeptEvidence(NoEvidence):
    def add(self, kind: str, data: bytes, **about: Any) -> Exhibit:
        return Exhibit(
            id=f"{kind}{len(data)}", kind=kind, file="-", sha256="", size=len(data), taken_at=datetime.now(UTC)
        )


async def test_a_document_too_large_to_keep_is_named_with_its_size_and_the_picture_stays() -> None:
    class Large(PlayedSession):
        async def picture(self, full: bool = False, sharp: bool = False) -> tuple[bytes, Box]:
            return b"PNG", Box(x=0, y=0, width=1, height=1)

        async def dom(self) -> str:
            return "ы" * 350_000 if self.place <= 1 else "small"

    _, _, steps = await walk(Large(FORM, NOTHING), KeptEvidence())
    assert steps[0].exhibits == ("screenshot3",) and steps[0].facts["left_out_dom"] == "700000"
    assert "dom5" in {id for step in steps[1:] for id in step.exhibits}
    assert not any("left_out_dom" in step.facts for step in steps[1:])
