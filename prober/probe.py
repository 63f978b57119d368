"""One walk through one suspect with one identity: observe, plan, perform, again and again, telling what happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from prober.identities.safety import may_be_someones
from prober.models.action import Action, Fill, Look, Outcome, Stop, Wait
from prober.models.case import Arm, Probe, Step
from prober.models.events import Event, Notice, ProbeFinished, ProbeStarted, StepTaken
from prober.models.identity import Identity
from prober.models.page import Box, Snapshot
from prober.models.reading import Reading
from prober.models.scenario import Scenario
from prober.plan.novelty import new_accusations, new_demands, without_old_refusals
from prober.plan.steps import next_actions
from prober.plan.turns import QUERY_PURPOSES, Trail, Turn
from prober.ports import Evidence, Session
from prober.reading.painted import with_painted
from prober.reading.read import read

# Bytes; a longer document is told by its snapshot, its HAR entry and its picture, and named with its size.
DOCUMENT_CAPS = {"dom": 600_000, "mhtml": 600_000}
SUFFIXES = {"dom": "html.txt", "mhtml": "mhtml"}

WALLS = frozenset({"captcha", "login", "blocked"})
MOST_HELP = 3  # times that a person is called in one probe

Brief = Callable[[Snapshot], Awaitable[tuple[Scenario, Identity]]]


@dataclass(frozen=True)
class Task:
    """What one probe is to do.

    brief: names scenario and identity once the landing page is seen.
    asking: called when an identity is about to be typed, so that the next visit can set out meanwhile.
    attended: real seconds to wait for a person at each wall, 0 for none; they do not count for the deadline.
    deadline: monotonic seconds after which the walk ends as 'timeout'.
    """

    case_id: str
    name: str
    arm: Arm
    url: str
    profile: str
    brief: Brief
    country: str = ""
    deadline: float = 60.0
    tries: int = 3
    attended: float = 0.0
    why: str = ""
    asking: Callable[[], None] = lambda: None
    whole_pages: bool = False  # picture the fine and the card form at full resolution, and keep them as MHTML


@dataclass(frozen=True)
class Clock:
    """Where times come from: `now` in UTC for the record, `tick` in monotonic seconds for durations."""

    now: Callable[[], datetime]
    tick: Callable[[], float]


async def probe(session: Session, task: Task, evidence: Evidence, clock: Clock) -> AsyncIterator[Event]:
    """Walk to the card form and no further. What the site does is told in events, never raised."""
    walk = _Walk(session, task, evidence, clock)
    async for event in walk.run():
        yield event


class _Walk:
    def __init__(self, session: Session, task: Task, evidence: Evidence, clock: Clock) -> None:
        self.session, self.task, self.evidence, self.clock = session, task, evidence, clock
        self.started_at, self.start = clock.now(), clock.tick()
        self.steps: list[Step] = []
        self.typed: dict[str, Fill] = {}
        self.submitted = False
        self.pictured: set[str] = set()
        self.kept: set[str] = set()  # pages whose document is kept
        self.notes: dict[str, str] = {}  # of the step in hand: its picture, what was too large to keep with its bytes
        self.helped = 0

    async def run(self) -> AsyncIterator[Event]:
        opened = await self.session.goto(self.task.url)
        snapshot = await self.session.observe()
        scenario, identity = await self.task.brief(snapshot)
        trail = Trail(identity, scenario, tries=self.task.tries)
        yield ProbeStarted(
            case_id=self.task.case_id,
            probe=self.task.name,
            arm=self.task.arm,
            why=self.task.why,
            values={kind: rungs[0].text for kind, rungs in identity.ladder.items() if rungs and kind in scenario.asks},
            identity=identity,
            scenario=scenario.name,
        )
        stop: Stop | None = None
        while stop is None:
            snapshot, reading, actions, trail = await self._decide(snapshot, trail)
            if self.clock.tick() - self.start > self.task.deadline and not isinstance(actions[0], Stop):
                actions = (Stop(outcome="timeout", why=f"no end within {self.task.deadline:.0f} s"),)
            stop = actions[0] if isinstance(actions[0], Stop) else None
            if stop is not None and self.task.attended and stop.outcome in WALLS and self.helped < MOST_HELP:
                actions, stop = (
                    (Wait(seconds=self.task.attended, why=f"a person at the {stop.outcome}", real=True),),
                    None,
                )
                yield Notice(
                    case_id=self.task.case_id, text=f"{self.task.name}: {actions[0].why} is needed; go on in the window"
                )
            here = trail.then(Turn(snapshot, reading))
            exhibits = await self._keep(snapshot, reading, here, final=stop is not None)
            if not stop and Turn(snapshot, reading, actions).asked:
                self.task.asking()
            outcomes = () if stop else await self._do(actions)
            turn = Turn(snapshot, reading, actions, outcomes)
            trail = trail.then(turn)
            yield self._step(turn, here, exhibits, opened if not self.steps else None)
            if stop is None:
                snapshot = await self.session.observe()
        yield self._finished(trail, stop)

    async def _decide(self, snapshot: Snapshot, trail: Trail) -> tuple[Snapshot, Reading, tuple[Action, ...], Trail]:
        """Read and plan; a look at pictures is made here, since its result belongs to this very page."""
        while True:
            reading = without_old_refusals(snapshot, read(snapshot, trail.scenario, self._identifying()), trail)
            actions = next_actions(snapshot, reading, trail)
            if not isinstance(actions[0], Look):
                return snapshot, reading, actions, trail
            blocks = await self.session.look(actions[0].refs, actions[0].ocr)
            trail = trail.then(Turn(snapshot, reading, (actions[0],), (Outcome(changed=bool(blocks)),)))
            snapshot = with_painted(snapshot, blocks)

    async def _do(self, actions: tuple[Action, ...]) -> tuple[Outcome, ...]:
        """Perform; the time that a person takes at a wall is not the site's."""
        began = self.clock.tick()
        outcomes = await self._perform(actions)
        if _by_person(actions):
            self.helped += 1
            self.start += self.clock.tick() - began
        return outcomes

    def _identifying(self) -> tuple[str, ...]:
        """The identifying values typed so far, whole."""
        return tuple(fill.whole or fill.text for kind, fill in self.typed.items() if kind in QUERY_PURPOSES)

    async def _perform(self, actions: tuple[Action, ...]) -> tuple[Outcome, ...]:
        outcomes: list[Outcome] = []
        for action in actions:
            outcome = await self.session.perform(action)
            if isinstance(action, Fill) and outcome.ok:
                if may_be_someones(action.value_kind, typed=action.text, held=outcome.held):
                    problem = "the field turned the value into one that could be somebody's: not sent"
                    outcomes.append(outcome.model_copy(update={"ok": False, "problem": problem}))
                    break
                if action.value_kind:
                    self.typed[action.value_kind] = action
            outcomes.append(outcome)
            if not outcome.ok and action.do in {"click", "press"}:
                break
        return tuple(outcomes)

    async def _keep(self, snapshot: Snapshot, reading: Reading, here: Trail, *, final: bool) -> tuple[str, ...]:
        """Exhibits of a page as it is now: its document, and a picture of what matters.

        Pictured are the landing, each answer and the end; sharp the fine and the card form.
        """
        self.notes = {}
        if snapshot.failure in {"dns", "refused", "policy", "proxy"}:
            return ()
        mark = here.turns[-1].signature
        telling = bool(new_accusations(snapshot, reading, here) or new_demands(snapshot, reading, here))
        answered = here.asked and bool(reading.refusals)
        pictured = mark not in self.pictured and (telling or answered or final or not self.steps)
        fresh = mark not in self.kept
        self.kept.add(mark)
        if pictured:
            self.pictured.add(mark)
        (png, box), documents = await asyncio.gather(
            self.session.picture(sharp=telling and self.task.whole_pages) if pictured else _no_picture(),
            self._documents(whole=telling) if fresh else _no_documents(),
        )
        shown = f"shows {box.x:.0f},{box.y:.0f} {box.width:.0f}x{box.height:.0f}"
        found = [self._exhibit("screenshot", png, "png", snapshot, shown)] if png else []
        self.notes |= {"picture": found[0]} if found else {}
        for kind, data in documents.items():
            if len(data) > DOCUMENT_CAPS[kind]:
                self.notes[f"left_out_{kind}"] = str(len(data))
            elif data:
                found.append(self._exhibit(kind, data, SUFFIXES[kind], snapshot))
        return tuple(found)

    async def _documents(self, *, whole: bool) -> dict[str, bytes]:
        """The documents behind a picture by kind; with all that they are painted of where the picture tells."""
        whole = whole and self.task.whole_pages
        dom, saved = await asyncio.gather(self.session.dom(), self.session.mhtml() if whole else _no_bytes())
        return {"dom": dom.encode("utf-8", "replace"), "mhtml": saved}

    def _exhibit(self, kind: str, data: bytes, suffix: str, snapshot: Snapshot, note: str = "") -> str:
        return self.evidence.add(
            kind, data, suffix=suffix, probe=self.task.name, step=len(self.steps) + 1, url=snapshot.url, note=note
        ).id

    def _step(self, turn: Turn, here: Trail, exhibits: tuple[str, ...], opened: Outcome | None) -> StepTaken:
        sent = turn.sent and turn.asked
        self.submitted = self.submitted or sent
        snapshot = turn.snapshot
        step = Step(
            number=len(self.steps) + 1,
            at=self.clock.now(),
            url=snapshot.url,
            title=snapshot.title,
            snapshot=self.evidence.keep_snapshot(snapshot),
            settled=snapshot.settled,
            failure=snapshot.failure or (opened.problem if opened is not None and not opened.ok else ""),
            status=snapshot.status,
            reading=turn.reading,
            actions=turn.actions,
            outcomes=turn.outcomes,
            exhibits=exhibits,
            asked=turn.asked and turn.pressed,
            sent=sent,
            new_accusations=new_accusations(snapshot, turn.reading, here),
            new_demands=new_demands(snapshot, turn.reading, here),
            facts=_facts(snapshot) | self.notes | ({"by": "person"} if _by_person(turn.actions) else {}),
            exits=tuple(dict.fromkeys(e.host for e in snapshot.exits if e.kind != "subresource")),
        )
        self.steps.append(step)
        self.evidence.keep_har(self.task.name, self.session.har())
        return StepTaken(case_id=self.task.case_id, probe=self.task.name, step=step, sentence=sentence(step))

    def _finished(self, trail: Trail, stop: Stop) -> ProbeFinished:
        kinds = {fill.value_kind for turn in trail.queries for fill in turn.fills if fill.value_kind}
        made = [fill.made for turn in trail.turns for fill in turn.fills if fill.made is not None]
        identity = trail.identity.having(made)
        record = Probe(
            name=self.task.name,
            arm=self.task.arm,
            identity=identity,
            profile=self.task.profile,
            country=self.task.country,
            started_at=self.started_at,
            seconds=round(self.clock.tick() - self.start, 3),
            steps=tuple(self.steps),
            outcome=stop.outcome,
            why=stop.why,
            typed={kind: whole(identity, fill) for kind, fill in self.typed.items() if kind in kinds},
            submitted=self.submitted,
        )
        return ProbeFinished(case_id=self.task.case_id, probe=record)


def whole(identity: Identity, fill: Fill) -> str:
    """The whole value of which a fill typed all or, into split boxes, a part."""
    if fill.made is not None:
        return fill.made.text
    value = identity.origin(fill.value_kind, fill.grade, fill.text)
    return value.text if value else fill.text


async def _no_bytes() -> bytes:
    return b""


async def _no_picture() -> tuple[bytes, Box]:
    return b"", Box(x=0, y=0, width=0, height=0)


async def _no_documents() -> dict[str, bytes]:
    return {}


def _by_person(actions: tuple[Action, ...]) -> bool:
    return any(isinstance(action, Wait) and action.why.startswith("a person at") for action in actions)


def _facts(snapshot: Snapshot) -> dict[str, str]:
    """Small notes for the record: what had to be left out, and what was kept from leaving."""
    facts = {"left_out": snapshot.truncated} if snapshot.truncated else {}
    if snapshot.withheld:
        told = (f"{w.kind} {w.masked} to {w.host}{'' if w.stopped else ' (not stopped)'}" for w in snapshot.withheld)
        facts["withheld"] = "; ".join(told)
    return facts


def sentence(step: Step) -> str:
    """What happened in this step, for a person."""
    parts: list[str] = []
    if step.failure:
        parts.append(f"the page failed: {step.failure}")
    if step.new_accusations:
        claim = step.new_accusations[0]
        parts.append(f"claims a debt{' of ' + claim.amount.text if claim.amount else ''}: '{claim.quote[:80]}'")
    elif step.reading.refusals and step.number > 1:
        parts.append(f"answers '{step.reading.refusals[0].quote[:80]}'")
    if step.new_demands:
        parts.append(f"asks for payment by {step.new_demands[0].kind}")
    for action in step.actions:
        if action.do == "fill" and (action.value_kind in QUERY_PURPOSES or action.purpose in QUERY_PURPOSES):
            parts.append(f"typed {action.text} into '{action.label[:40]}'")
        elif action.do == "click":
            parts.append(f"pressed '{action.label[:40]}'")
        elif action.do == "press":
            parts.append(f"pressed {action.key}")
        elif action.do == "wait":
            parts.append("waits")
        elif action.do == "stop":
            parts.append(f"stops: {action.outcome}")
    return "; ".join(parts) or "looks around"
