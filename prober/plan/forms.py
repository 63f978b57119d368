"""Which fields belong together, which group to fill, and what submits it."""

from __future__ import annotations

from dataclasses import dataclass

from prober.models.page import Control, Snapshot
from prober.models.reading import ButtonReading, FieldReading, Reading
from prober.models.scenario import Scenario
from prober.plan.turns import CARD_PURPOSES, QUERY_PURPOSES, Trail, name_of

PERSONAL = frozenset(
    {"phone", "email", "name", "name_given", "name_family", "postcode", "address", "city", "birth_date"}
)
KEYS_LEAST = 10  # buttons with a sign or two each that make a pad
SUBMITTING = ("submit", "next", "pay", "result", "agree", "human", "unknown")


@dataclass(frozen=True)
class Group:
    """Fields that a person would fill and send together."""

    fields: tuple[tuple[FieldReading, Control], ...]

    @property
    def purposes(self) -> frozenset[str]:
        return frozenset(reading.purpose for reading, _ in self.fields)

    @property
    def frame(self) -> int:
        return self.fields[0][1].frame

    @property
    def form(self) -> int | None:
        return self.fields[0][1].form

    @property
    def key(self) -> str:
        """Equal for the same form seen again."""
        return "|".join(
            sorted(f"{reading.purpose}:{control.name or name_of(control)}" for reading, control in self.fields)
        )

    @property
    def asks_identity(self) -> bool:
        return bool(self.purposes & QUERY_PURPOSES)


def groups(snapshot: Snapshot, reading: Reading) -> tuple[Group, ...]:
    """The groups of usable fields: by form element, else by the nearest container that also holds a button."""
    controls = {control.ref: control for control in snapshot.controls}
    pressable = [c for c in snapshot.controls if c.visible and c.kind in {"button", "link"}]
    buckets: dict[tuple[int, object], list[tuple[FieldReading, Control]]] = {}
    for field in reading.fields:
        control = controls.get(field.ref)
        if (
            control is None
            or not field.usable
            or not control.visible
            or control.kind in {"button", "link", "file", "tab"}
        ):
            continue
        buckets.setdefault((control.frame, _home(control, pressable)), []).append((field, control))
    return tuple(Group(tuple(members)) for members in buckets.values())


def _home(control: Control, pressable: list[Control]) -> object:
    if control.form is not None:
        return ("form", control.form)
    for container in reversed(control.containers):
        if any(container in button.containers for button in pressable if button.frame == control.frame):
            return ("box", container)
    return ("frame", control.frame)


def merge_loose(found: tuple[Group, ...]) -> tuple[Group, ...]:
    """Join groups without a form of one frame where only one of them asks for an identity."""
    loose = [group for group in found if group.form is None]
    by_frame: dict[int, list[Group]] = {}
    for group in loose:
        by_frame.setdefault(group.frame, []).append(group)
    merged: list[Group] = [group for group in found if group.form is not None]
    for members in by_frame.values():
        if sum(group.asks_identity for group in members) > 1 or any(g.purposes & CARD_PURPOSES for g in members):
            merged += members
        else:
            merged.append(Group(tuple(pair for group in members for pair in group.fields)))
    return tuple(merged)


def worth(group: Group, scenario: Scenario, trail: Trail) -> float:
    """How much is learnt by sending this group now; at most 0: leave it alone."""
    purposes = group.purposes
    if purposes & CARD_PURPOSES or "password" in purposes:
        return 0
    if purposes <= {"search"} or (
        purposes <= {"consent", "email", "comment", "amount", "quantity", "unknown", "search"}
        and ("email" in purposes or "comment" in purposes)
    ):
        return 3 if trail.asked and "email" in purposes else 2 if purposes == {"search"} else 0
    points = 0.0
    ranks = [scenario.asks.index(p) for p in purposes if p in scenario.asks]
    if purposes & {"plate_number", "plate_series", "plate_region"}:
        ranks.append(scenario.asks.index("plate") if "plate" in scenario.asks else 0)
    if ranks:
        points = 100 - 8 * min(ranks)
    elif group.asks_identity:
        points = 55
    elif purposes & {"otp"}:
        row = sum(1 for r, _ in group.fields if r.purpose == "otp" and r.part is not None)
        points = 40 if trail.asked else 60 if row >= 7 else 0
    elif purposes & PERSONAL:
        points = 35 if trail.asked else 12
    elif any(r.purpose == "unknown" and c.kind in {"text", "editable"} for r, c in group.fields):
        points = 20
    elif purposes & {"arithmetic", "consent"}:
        points = 15
    elif any(c.kind in {"select", "radio"} for _, c in group.fields):
        points = 8
    elif all(c.kind == "checkbox" and not c.checked for _, c in group.fields):
        points = 6
    if "captcha" in purposes:
        points -= 20
    tried = sum(1 for turn in trail.turns if turn.pressed and group.key in _keys(turn.snapshot, turn.reading))
    return points - 14 * tried if points else 0


def _keys(snapshot: Snapshot, reading: Reading) -> set[str]:
    return {group.key for group in merge_loose(groups(snapshot, reading))}


def submit_of(group: Group, snapshot: Snapshot, reading: Reading, avoid: frozenset[str]) -> Control | None:
    """The control that sends the group: of its own form first, else the nearest fitting one below or beside."""
    controls = {control.ref: control for control in snapshot.controls}
    last, drawn_keys = group.fields[-1][1], keys_of_pad(snapshot)
    best: tuple[float, Control] | None = None
    for button in reading.buttons:
        control = controls.get(button.ref)
        if control is None or not control.visible or control.frame != group.frame or button.ref in avoid:
            continue
        if control.kind not in {"button", "link"} or button.role not in SUBMITTING or control.ref in drawn_keys:
            continue
        score = _fitness(button, control, group, last)
        if score > 0 and (best is None or score > best[0]):
            best = (score, control)
    return best[1] if best else None


def keys_of_pad(snapshot: Snapshot) -> frozenset[str]:
    """Refs of the keys and days that a page draws: many buttons with a sign or two each."""
    short = [c for c in snapshot.controls if c.visible and c.kind == "button" and 0 < len(c.text.strip()) <= 2]
    return frozenset(c.ref for c in short) if len(short) >= KEYS_LEAST else frozenset()


def _fitness(button: ButtonReading, control: Control, group: Group, last: Control) -> float:
    weight = {"submit": 1.0, "next": 0.9, "pay": 0.8, "result": 0.5, "agree": 0.5, "human": 0.4, "unknown": 0.3}
    score = weight[button.role] * (0.5 + button.score / 2)
    if group.form is not None and control.form == group.form:
        score += 1.0 + (0.3 if control.type in {"submit", "image"} else 0)
    elif group.form is not None and control.form is not None:
        return 0
    if control.kind == "link":
        score -= 0.35
    shared = len(set(control.containers) & set(last.containers))
    score += 0.6 * shared / max(len(last.containers), 1)
    (bx, by), (lx, ly) = control.box.centre, last.box.centre
    distance = abs(by - ly) + abs(bx - lx) * 0.3
    score += 0.5 if by >= ly - last.box.height else -0.2
    score -= min(distance / 1200, 0.8)
    if control.disabled:
        score -= 0.1
    return score
