"""What else a form wants once pressing it sent nothing: all that was left out at first, before another value is tried."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from prober.models.action import Action, Check, Choose, Fill, Scroll
from prober.models.page import Control, Snapshot
from prober.models.reading import FieldReading, Reading
from prober.plan.forms import Group
from prober.plan.objections import kinds_named, said_after
from prober.plan.turns import CARD_PURPOSES, NEVER_FILLED, Trail, Turn, name_of
from prober.plan.values import PLATE_PARTS, Attempt, answer, first_choice

MARKETING = re.compile(
    r"рассыл|новост|реклам|акци[йяи]|маркетинг|жарнама|newsletter|marketing|advert|promo|subscri|special offers"
    r"|werbung|reklam|publicid|publicit|boletín|bülten|iklan|quảng cáo|광고|마케팅|広告|广告|营销|สมัครรับข่าว",
    re.IGNORECASE,
)  # boxes that a person leaves empty
NO_TILE = frozenset(
    {
        "language",
        "close",
        "cookie",
        "back",
        "help",
        "login",
        "app",
        "download",
        "reset",
        "pay",
        "resend",
        "submit",
        "menu",
    }
)
TILE_TEXT = 40
TILES_MOST = 8
ARROWS = ("▾", "▼", "⌄", "▿", "˅", "∨", "⯆", "🔽", "...", "…")
REACH = 260.0  # CSS px above the first field in which a form's own tiles and boxes stand


def incomplete(group: Group, trail: Trail) -> int:
    """How often this form was filled and pressed here in vain: nothing left the browser."""
    return sum(1 for turn in _asked_here(group, trail) if not turn.sent)


def _asked_here(group: Group, trail: Trail) -> list[Turn]:
    names = {name_of(control) for _, control in group.fields}
    refs = {control.ref for _, control in group.fields}
    here = trail.turns[-1].snapshot.url.split("#")[0] if trail.turns else ""
    return [
        turn
        for turn in trail.turns[:-1]
        if turn.pressed
        and turn.snapshot.url.split("#")[0] == here
        and any(fill.ref in refs or fill.label in names for fill in turn.fills)
    ]


def without_incomplete(group: Group, trail: Trail, completing: bool) -> Trail:
    """The trail without the presses that were in vain for what the form still lacked: they say nothing of the value.

    Where the page said something of the value after all, the press counts.
    """
    asked = _asked_here(group, trail)
    dropped = [asked[-1]] if completing and asked and not asked[-1].sent else []
    for before, after in pairwise(asked):
        if not before.sent and _acted(after) - _acted(before):
            dropped.append(before)
    dropped = [turn for turn in dropped if not _named(turn, trail)]
    return replace(trail, turns=tuple(turn for turn in trail.turns if not any(turn is d for d in dropped)))


def _named(turn: Turn, trail: Trail) -> bool:
    """Whether the page then spoke of a value that was typed."""
    place = next(i for i, other in enumerate(trail.turns) if other is turn)
    if place + 1 >= len(trail.turns):
        return False
    after = trail.turns[place + 1]
    typed = frozenset(fill.value_kind for fill in turn.fills)
    return any(kinds_named(text, after.reading.language) & typed for text in said_after(turn.snapshot, after))


def _acted(turn: Turn) -> set[str]:
    """What was filled, chosen or ticked, as a person names it."""
    return {a.label or a.ref for a in turn.actions if isinstance(a, (Fill, Choose, Check))}


def rest(
    group: Group, snapshot: Snapshot, reading: Reading, trail: Trail, attempt: Attempt, taken: set[str]
) -> list[Action]:
    """Actions on all that is still open in and around a form; `taken`: refs that are acted on anyway."""
    done = taken | {a.ref for t in _asked_here(group, trail) for a in t.actions if isinstance(a, (Choose, Check, Fill))}
    found: list[Action] = [Scroll(inner=True)] if snapshot.unread else []
    fields = {field.ref: field for field in reading.fields}
    inside = [c for c in snapshot.controls if _of_form(c, group) and c.ref not in done]
    for control in inside:
        field = fields.get(control.ref)
        purpose = field.purpose if field is not None else "unknown"
        if purpose in NEVER_FILLED or purpose in CARD_PURPOSES:
            continue
        found += _open_end(field, purpose, control, trail, attempt)
    chosen = {a.ref for a in found if isinstance(a, Fill | Choose | Check)}
    rows = tile_rows([c for c in snapshot.controls if _of_form(c, group)], reading)
    for tile in tiles(rows, done):
        if tile.ref not in chosen:
            found.append(Check(ref=tile.ref, label=name_of(tile)))
    chosen |= {c.ref for row in rows for c in row}
    for control in inside:
        if control.ref not in chosen and _like_a_field(control, group, reading):
            found.append(Choose(ref=control.ref, value="", label=name_of(control)))
    return found


def _open_end(
    field: FieldReading | None, purpose: str, control: Control, trail: Trail, attempt: Attempt
) -> list[Action]:
    """What a control that was left alone wants, now that the form is not complete without it."""
    label = name_of(control)
    if control.kind == "checkbox":
        wanted = not control.checked and not MARKETING.search(f"{control.label} {control.text} {label}")
        return [Check(ref=control.ref, label=label)] if wanted else []
    if control.kind == "select":
        return [Choose(ref=control.ref, value=wish(field, control, trail, attempt), purpose=purpose, label=label)]
    if control.kind not in {"text", "editable"} or control.value.strip():
        return []
    if control.read_only:
        return [Choose(ref=control.ref, value=wish(field, control, trail, attempt), purpose=purpose, label=label)]
    if purpose in {"search", "comment"} or purpose in PLATE_PARTS:
        return []
    numeric = control.input_mode in {"numeric", "decimal"} or control.type in {"number", "tel"}
    answered = answer(purpose, control, trail.identity, attempt) or answer(
        "document_number" if numeric else "name", control, trail.identity, attempt
    )
    if answered is None:
        return []
    text, value = answered
    if control.max_length is not None:
        text = text[: control.max_length]
    return [
        Fill(
            ref=control.ref, text=text, purpose=purpose, value_kind=value.kind, grade=value.grade, whole=value.text, label=label,
        )
    ]  # fmt: skip


def wish(field: FieldReading | None, control: Control, trail: Trail, attempt: Attempt) -> str:
    """The option that the identity would take of a list; '' for any."""
    answered = answer(field.purpose, control, trail.identity, attempt) if field is not None else None
    values = {option.value for option in control.options}
    if answered and (answered[0] in values or (not values and answered[0])):
        return answered[0]
    return first_choice(control) if control.options else ""


def is_open(control: Control) -> bool:
    """Whether a drawn list plainly has no choice yet."""
    real = [o for o in control.options if o.selected and o.value.strip() not in {"", "0", "-1"}]
    if control.options:
        return (not real and any(o.selected for o in control.options)) or not any(o.selected for o in control.options)
    shown = control.value.strip()
    blank = not any(ch.isalnum() for ch in shown) or shown.endswith(ARROWS)
    return blank or control.required or shown in {control.placeholder, control.aria_label}


def _of_form(control: Control, group: Group) -> bool:
    """Whether it belongs to the form: its own element, else the height that the form takes up."""
    if not control.visible or control.disabled or control.frame != group.frame or control.expanded:
        return False
    if group.form is not None and control.form == group.form:
        return True
    if control.form is not None or control.href:
        return False
    tops = [c.box.y for _, c in group.fields]
    bottoms = [c.box.y + c.box.height for _, c in group.fields]
    return min(tops) - REACH <= control.box.y <= max(bottoms) + REACH


def tile_rows(controls: list[Control], reading: Reading) -> list[list[Control]]:
    """Rows of like cards that stand for a choice, such as kinds of vehicle."""
    roles: dict[str, set[str]] = defaultdict(set)
    for button in reading.buttons:
        roles[button.ref].add(button.role)
    rows: dict[tuple[object, ...], list[Control]] = defaultdict(list)
    for control in controls:
        if control.kind not in {"button", "radio", "option"} or control.href or control.popup:
            continue
        if control.tag == "input" or control.type in {"submit", "slide"} or not 1 < len(name_of(control)) <= TILE_TEXT:
            continue
        if len(control.containers) >= 2:
            rows[(control.containers[-2], control.tag, round(control.box.height / 10))].append(control)
    alike = (row for row in rows.values() if 2 <= len(row) <= TILES_MOST)
    return [row for row in alike if not any(roles[c.ref] & NO_TILE for c in row)]


def tiles(rows: list[list[Control]], done: set[str]) -> list[Control]:
    """The first card of each row of which none is chosen and none was pressed before (`done`)."""
    open_rows = (r for r in rows if not any(c.checked or c.ref in done for c in r) and not _one_stands_out(r))
    return [row[0] for row in open_rows]


def _one_stands_out(row: list[Control]) -> bool:
    """Whether one of the cards bears a mark in its classes that the others do not."""
    marks = [frozenset(c.classes.split()) for c in row]
    common = frozenset.intersection(*marks)
    return sum(bool(m - common) for m in marks) == 1


def _like_a_field(control: Control, group: Group, reading: Reading) -> bool:
    """A button that has the shape of the fields beside it and no role of its own: a list without a role."""
    if control.kind != "button" or control.href or control.type in {"submit", "slide"}:
        return False
    if any(b.ref == control.ref and b.role not in {"unknown", "menu"} for b in reading.buttons):
        return False
    fields = [c.box for _, c in group.fields if c.kind in {"text", "select"}]
    alike = (
        abs(b.width - control.box.width) <= 0.1 * b.width and abs(b.height - control.box.height) <= 8 for b in fields
    )
    return any(alike)
