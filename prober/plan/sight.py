"""What planning asks of the page at hand: its forms, its buttons, and what was tried on it before."""

from __future__ import annotations

from prober.models.page import Control, Snapshot
from prober.models.reading import ButtonReading, Reading
from prober.plan.forms import Group, groups, merge_loose, worth
from prober.plan.turns import Trail, Turn, name_of


def past_turns(trail: Trail) -> tuple[Turn, ...]:
    return trail.turns[:-1]


def groups_on(snapshot: Snapshot, reading: Reading) -> tuple[Group, ...]:
    return merge_loose(groups(snapshot, reading))


def forms_on(snapshot: Snapshot, reading: Reading, trail: Trail, *, queries_only: bool) -> list[Group]:
    past = trail.with_turns(past_turns(trail))
    rated = [(worth(group, trail.scenario, past), group) for group in groups_on(snapshot, reading)]
    rated = [(points, group) for points, group in rated if points > (2 if not queries_only else 0)]
    if queries_only:
        rated = [(points, group) for points, group in rated if group.asks_identity]
    return [group for _, group in sorted(rated, key=lambda pair: -pair[0])]


def pay_buttons(snapshot: Snapshot, reading: Reading, trail: Trail) -> list[tuple[Control, str]]:
    found: list[tuple[Control, str]] = []
    for role in ("pay", "result", "next"):
        for button in sorted(reading.with_role(role), key=lambda b: -b.score):
            control = snapshot.control(button.ref)
            if (
                control is not None
                and is_fresh(control, trail)
                and (role != "next" or not sent_the_query(control, trail))
            ):
                found.append((control, role))
    return found


def sent_the_query(control: Control, trail: Trail) -> bool:
    """The button that sent the query itself."""
    return any(a.do == "click" and a.label == name_of(control) for turn in trail.queries for a in turn.actions)


def until(trail: Trail, number: int) -> Trail:
    return trail.with_turns(trail.turns[: number + 1])


def fresh_of_role(snapshot: Snapshot, reading: Reading, trail: Trail, role: str, *, at_least: float) -> Control | None:
    """The best control of a role that was not pressed on this page before."""
    for button in sorted(reading.with_role(role), key=lambda b: -b.score):
        control = snapshot.control(button.ref)
        if control is not None and button.score >= at_least and is_fresh(control, trail) and stays(control, button):
            return control
    return None


def stays(control: Control, button: ButtonReading) -> bool:
    return not control.href.startswith(("mailto:", "tel:", "sms:", "whatsapp:", "tg:", "intent:", "market:"))


def is_fresh(control: Control, trail: Trail) -> bool:
    if not control.visible or control.disabled:
        return False
    if control.expanded or (control.kind == "tab" and control.checked):
        return False  # what it opens is open: pressing it again would close it
    mark, label = trail.turns[-1].signature, name_of(control).casefold()
    clicked = trail.clicks()
    if (mark, control.ref) in clicked or (mark, label) in clicked:
        return False
    return trail.pressed_labels().count(label) < 3


def unfilled(control: Control, snapshot: Snapshot) -> bool:
    """It sends a form that has empty boxes for text: pressing it would only be refused."""
    boxes = (c for c in snapshot.controls if c.visible and not c.disabled and c.kind in {"text", "editable"})
    mates = [c for c in boxes if c.frame == control.frame]
    if control.form is not None:
        mates = [c for c in mates if c.form == control.form]
    return any(not c.value for c in mates)


def looked_here(trail: Trail) -> bool:
    mark = trail.turns[-1].signature
    return any(turn.signature == mark and a.do == "look" for turn in past_turns(trail) for a in turn.actions)
