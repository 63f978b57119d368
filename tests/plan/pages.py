"""Pages made of a few words, for planning."""

from __future__ import annotations

from prober.catalog import load_scenario
from prober.identities.make import make_identities
from prober.models.action import Outcome
from prober.models.page import Box, Control, ControlKind, Option, Snapshot, TextBlock
from prober.models.reading import ButtonReading, FieldReading, Reading
from prober.plan.steps import next_actions
from prober.plan.turns import Trail, Turn

SCENARIO = load_scenario("kz-fines")
IDENTITY = make_identities(SCENARIO, seed=3, count=1)[0]


def control(ref: str, kind: ControlKind = "text", y: float = 0, **more: object) -> Control:
    order = sum(map(ord, ref))
    values: dict[str, object] = {
        "ref": ref,
        "order": order,
        "kind": kind,
        "tag": "input",
        "box": Box(x=20, y=y, width=300, height=40),
    }
    return Control.model_validate(values | more)


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(value=text, text=text) for text in texts)


def page(*parts: tuple[Control, str], text: str = "", url: str = "https://suspect.example/", **reading: object) -> Turn:
    """A page of controls, each with the purpose of a field or '@role' of a button."""
    controls = tuple(c for c, _ in parts)
    fields = tuple(
        FieldReading(ref=c.ref, purpose=what, confidence=0.9) for c, what in parts if not what.startswith("@")
    )
    buttons = tuple(ButtonReading(ref=c.ref, role=what[1:], score=0.9) for c, what in parts if what.startswith("@"))  # type: ignore[arg-type]
    blocks = (TextBlock(id=1, text=text, box=Box(x=0, y=300, width=300, height=20)),) if text else ()
    snapshot = Snapshot(url=url, controls=controls, blocks=blocks, page_height=800)
    return Turn(snapshot, Reading.model_validate({"fields": fields, "buttons": buttons} | reading))


def plan(turn: Turn, trail: Trail | None = None) -> tuple:  # type: ignore[type-arg]
    return next_actions(turn.snapshot, turn.reading, trail or Trail(IDENTITY, SCENARIO))


def after(turn: Turn, trail: Trail | None = None, *, sent: bool = True) -> Trail:
    """The trail once the planned actions were performed."""
    trail = trail or Trail(IDENTITY, SCENARIO)
    actions = plan(turn, trail)
    outcomes = tuple(Outcome(sent=sent and a.do in {"click", "press"}, changed=sent) for a in actions)
    return trail.then(Turn(turn.snapshot, turn.reading, actions, outcomes))
