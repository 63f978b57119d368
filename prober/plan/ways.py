"""The way to the form that asks: menus, drawn drop-downs, lone boxes, and at last any button."""

from __future__ import annotations

from prober.models.action import Action, Click, Scroll
from prober.models.page import Control, Snapshot
from prober.models.reading import Reading
from prober.plan.fill import fill_group
from prober.plan.forms import Group, keys_of_pad
from prober.plan.novelty import before_asking
from prober.plan.sight import fresh_of_role, groups_on, is_fresh, past_turns, unfilled
from prober.plan.turns import CARD_PURPOSES, Trail, name_of
from prober.plan.values import attempt_for

MAX_DETOURS = 9
_ARROWS = ("▾", "▼", "⌄", "▿", "˅", "∨", "⯆", "🔽")
WAYS_IN: tuple[tuple[str, str], ...] = (
    ("menu", "menu"),
    ("next", "next"),
    ("submit", "next"),
    ("tab", "tab"),
    ("pay", "menu"),
    ("result", "result"),
    ("agree", "continue"),
    ("language", "language"),
)


def closed_menu(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """A drawn drop-down without a choice: open it, then take the entry that names what we have, else the first."""
    if trail.submitted:
        return ()
    last = past_turns(trail)[-1] if past_turns(trail) else None
    if last is not None and last.actions and last.actions[0].do == "click" and last.actions[0].why == "tab":
        before = {name_of(c) for c in last.snapshot.controls if c.visible}
        shown = [
            c
            for c in snapshot.controls
            if c.visible and c.kind in {"button", "option", "link"} and name_of(c) not in before
        ]
        opened = last.snapshot.control(last.actions[0].ref)
        if opened is not None and _is_closed_menu(opened) and shown:
            roles = {b.ref: b.score for b in reading.with_role("menu")}
            best = max(shown, key=lambda c: (roles.get(c.ref, 0.0), -c.order))
            return (Click(ref=best.ref, why="result", label=name_of(best)),)
    for control in snapshot.controls:
        if _is_closed_menu(control) and is_fresh(control, trail):
            return (Click(ref=control.ref, why="tab", label=name_of(control)),)
    return ()


def read_to_the_end(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """Terms in an area of their own keep a box or button asleep until they were scrolled through."""
    mark = trail.turns[-1].signature
    asleep = any(c.visible and c.disabled and c.kind in {"button", "checkbox"} for c in snapshot.controls)
    tried = any(isinstance(a, Scroll) and a.inner for t in past_turns(trail) if t.signature == mark for a in t.actions)
    return (Scroll(inner=True),) if snapshot.unread and asleep and not tried else ()


def uncover(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """Something lies over what was to be pressed: close it first."""
    last = past_turns(trail)[-1] if past_turns(trail) else None
    if last is None or not any(outcome.problem == "covered" for outcome in last.outcomes):
        return ()
    for role in ("close", "agree", "cookie"):
        control = fresh_of_role(snapshot, reading, trail, role, at_least=0.3)
        if control is not None:
            return (Click(ref=control.ref, why="continue", label=name_of(control)),)
    return ()


def _is_closed_menu(control: Control) -> bool:
    return control.visible and control.kind == "button" and control.text.strip().endswith(_ARROWS)


def towards_form(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    detours = sum(
        1
        for turn in past_turns(trail)
        for a in turn.actions
        if a.do == "click" and a.why in {"menu", "language", "tab"}
    )
    if trail.asked or detours >= MAX_DETOURS:
        return ()
    return way_in(snapshot, reading, trail, strong=False)


def way_in(snapshot: Snapshot, reading: Reading, trail: Trail, *, strong: bool) -> tuple[Action, ...]:
    """The way to the form; `strong` takes only what plainly names it."""
    for role, why in WAYS_IN[:1] if strong else WAYS_IN:
        control = fresh_of_role(snapshot, reading, trail, role, at_least=0.6 if strong else 0.25)
        if control is not None and not (role in {"submit", "pay"} and unfilled(control, snapshot)):
            return (Click(ref=control.ref, why=why, label=name_of(control)),)
    return ()


def fill_anything(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """No way in is left: a bare box for search or chat may be the look-up."""
    if trail.asked:
        return ()
    for group in groups_on(snapshot, reading):
        texts = [c for _, c in group.fields if c.kind in {"text", "editable"}]
        if len(texts) == 1 and group.purposes & {"search", "comment"} and not group.purposes & CARD_PURPOSES:
            plain = Group(tuple((f.model_copy(update={"purpose": "unknown"}), c) for f, c in group.fields))
            return fill_group(plain, snapshot, reading, trail, attempt_for(trail))
    return ()


def after_the_sum(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """The answer names money and no button that we can read: what stands next below the sum leads on."""
    if not trail.asked or reading.refusals:
        return ()
    seen = {block.text for turn in before_asking(trail.turns) for block in turn.snapshot.blocks if block.visible}
    texts = [amount.text for amount in reading.amounts if amount.currency and amount.value > 0]
    sums = [b for b in snapshot.blocks if b.visible and b.text not in seen and any(text in b.text for text in texts)]
    if not sums:
        return ()
    top = min(block.box.y for block in sums)
    unknown = [snapshot.control(b.ref) for b in reading.with_role("unknown")]
    below = [c for c in unknown if c is not None and is_fresh(c, trail) and c.box.y >= top and name_of(c) not in seen]
    if not below:
        return ()
    control = min(below, key=lambda c: (c.kind != "button", c.box.y))
    return (Click(ref=control.ref, why="result", label=name_of(control)),)


def last_straws(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """A button whose words say nothing to us: the largest one not yet tried."""
    tried = sum(1 for turn in past_turns(trail) for a in turn.actions if a.do == "click" and a.why == "continue")
    if tried >= 4 or reading.refusals:
        return ()
    drawn_keys = keys_of_pad(snapshot)
    unknown = [snapshot.control(b.ref) for b in reading.with_role("unknown") if b.ref not in drawn_keys]
    pressable = [c for c in unknown if c is not None and c.kind in {"button", "tab"} and is_fresh(c, trail)]
    if not pressable:
        return ()
    control = max(pressable, key=lambda c: (not c.disabled, min(c.box.area, 60_000)))
    return (Click(ref=control.ref, why="continue", label=name_of(control)),)
