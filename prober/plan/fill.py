"""How a group is filled: one action per field, then what sends it."""

from __future__ import annotations

from prober.models.action import Action, Check, Choose, Click, Fill, Press, Scroll
from prober.models.identity import MADE, Value
from prober.models.page import Control, Snapshot
from prober.models.reading import FieldReading, Reading
from prober.plan.complete import incomplete, is_open, rest, wish, without_incomplete
from prober.plan.fitting import Fitting, fit
from prober.plan.forms import Group, submit_of
from prober.plan.turns import NEVER_FILLED, QUERY_PURPOSES, Trail, name_of
from prober.plan.values import Attempt, answer, attempt_for, first_choice, for_region_menu, pick

MORE_THAN_A_CODE = 7  # one-character boxes; SMS codes have four to six
LONG_ID = 9
FEWEST_BOXES = 4
TYPED_BY_KEYS = QUERY_PURPOSES - {"document_date"} | {"otp", "phone"}  # read-only: by keys that the page draws


def fill_group(
    group: Group, snapshot: Snapshot, reading: Reading, trail: Trail, attempt: Attempt
) -> tuple[Action, ...]:
    """Fill what can be filled and press what sends it; empty when nothing could be filled.

    Where the form was pressed in vain before, all that is still open in it is done first, with the same value.
    """
    vain = incomplete(group, trail)
    button = submit_of(group, snapshot, reading, frozenset())
    held_back = button is not None and button.disabled
    more = rest(group, snapshot, reading, trail, attempt, set()) if vain else []
    if vain:
        attempt = attempt_for(without_incomplete(group, trail, completing=any(not isinstance(a, Scroll) for a in more)))
    actions = _fields(group, reading, trail, attempt, bool(vain))
    if not any(isinstance(action, Fill) for action in actions):
        return _chosen(group, snapshot, reading, trail, actions)
    if vain or held_back:
        taken = {a.ref for a in actions if isinstance(a, Fill | Choose | Check)}
        more = rest(group, snapshot, reading, trail, attempt, taken)
        actions += [a for a in more if vain or (isinstance(a, Scroll | Check) and not _is_tile(a, snapshot))]
    actions.sort(key=lambda a: not isinstance(a, Scroll))  # what must be read to its end wakes the rest
    return (*actions, _send(group, snapshot, reading, trail))


def _is_tile(action: Action, snapshot: Snapshot) -> bool:
    control = snapshot.control(action.ref) if isinstance(action, Check) else None
    return control is not None and control.kind != "checkbox"


def _fields(group: Group, reading: Reading, trail: Trail, attempt: Attempt, vain: bool) -> list[Action]:
    """One action for each field that identifies or is plainly required."""
    boxes = _boxes(group, trail)
    fitting = fit(group, reading, trail, attempt, boxes)
    menus = (control for field, control in group.fields if field.purpose == "plate_region" and control.kind == "select")
    attempt = for_region_menu(next(menus, None), trail.identity, attempt)
    actions: list[Action] = []
    seen_groups: dict[str, int] = {}
    radios_done: set[str] = set()
    guess_used = group.asks_identity
    for field, control in group.fields:
        if control.kind in {"checkbox"}:
            actions += _tick(field, control, gate=len(group.fields) == 1)
        elif control.kind == "radio":
            actions += _radio(control, group, radios_done)
        elif control.kind == "select" and not _typed_list(field, control):
            actions += _select(field, control, trail, attempt, fitting, vain)
        elif control.ref in fitting.answers and control.kind in {"text", "editable", "select"}:
            text, value = fitting.answers[control.ref]
            actions.append(_filled(control, boxes or field.purpose, text, value))
            guess_used = True
        else:
            purpose = field.purpose
            if boxes:
                purpose = boxes
            elif purpose == "unknown" and not guess_used and not trail.asked:
                purpose, guess_used = _guess(control, trail), True
            actions += _type(field, purpose, control, reading, trail, attempt, seen_groups)
    return actions


def _typed_list(field: FieldReading, control: Control) -> bool:
    """A field that only proposes while one types what identifies."""
    lists = control.read_only or bool(control.options)
    return control.tag == "input" and not lists and field.purpose in QUERY_PURPOSES


def _chosen(
    group: Group, snapshot: Snapshot, reading: Reading, trail: Trail, actions: list[Action]
) -> tuple[Action, ...]:
    """A group of choices only: make them and look again, since they often reveal the rest; then send."""
    if not _only_consent(group):
        return ()
    button = submit_of(group, snapshot, reading, frozenset())
    if actions and any(control.kind in {"radio", "select"} for _, control in group.fields):
        return tuple(actions)
    return (*actions, _send(group, snapshot, reading, trail)) if button is not None else tuple(actions)


def _only_consent(group: Group) -> bool:
    return all(control.kind in {"checkbox", "radio", "select"} for _, control in group.fields)


def _send(group: Group, snapshot: Snapshot, reading: Reading, trail: Trail) -> Action:
    mark = trail.turns[-1].signature if trail.turns else ""
    idle = (t for t in trail.turns if t.signature == mark and t.pressed and not t.sent and not t.held_back)
    tries = sum(1 for _ in idle) if mark else 0
    avoid: frozenset[str] = frozenset()
    if tries >= 2:  # the same button did nothing twice: another one, or the Enter key
        avoid = frozenset(a.ref for turn in trail.turns[-2:] for a in turn.actions if isinstance(a, Click))
    button = submit_of(group, snapshot, reading, avoid)
    if button is None:
        typed = [control for _, control in group.fields if control.kind in {"text", "editable"}]
        last = typed[-1] if typed else group.fields[-1][1]
        return Press(ref=last.ref, key="Enter", label=name_of(last))
    role = next((b.role for b in reading.buttons if b.ref == button.ref), "submit")
    return Click(ref=button.ref, why="pay" if role == "pay" else "submit", label=name_of(button))


def _tick(field: FieldReading, control: Control, *, gate: bool) -> list[Action]:
    """Consent and what is required; a box that stands alone is a gate ('I am not a robot')."""
    wanted = field.purpose == "consent" or control.required or gate
    if control.checked or not wanted:
        return []
    return [Check(ref=control.ref, label=name_of(control))]


def _radio(control: Control, group: Group, done: set[str]) -> list[Action]:
    mates = [c for _, c in group.fields if c.kind == "radio" and _together(c, control)]
    if done & {c.ref for c in mates} or any(c.checked for c in mates):
        return []
    done.add(control.ref)
    return [Check(ref=control.ref, label=name_of(control))]


def _together(one: Control, other: Control) -> bool:
    """Radios of one choice: by name, else by the holder that drawn ones share."""
    if one.name or other.name:
        return one.name == other.name
    return set(one.containers[-4:-1]) & set(other.containers[-4:-1]) != set()


def _select(
    field: FieldReading, control: Control, trail: Trail, attempt: Attempt, fitting: Fitting, vain: bool
) -> list[Action]:
    """The wanted option, else the first real one; in vain, the first is taken for 'please choose' in some language."""
    if field.purpose in NEVER_FILLED:
        return []
    if control.tag != "select":  # drawn by the page: its options may only be known once it is open
        if not is_open(control):
            return []
        wanted = fitting.region(control) or wish(field, control, trail, attempt)
        return [Choose(ref=control.ref, value=wanted, purpose=field.purpose, label=name_of(control))]
    answered = answer(field.purpose, control, trail.identity, attempt)
    wanted = fitting.region(control) if field.purpose in {"plate_region", "region"} else ""
    wanted = wanted or (answered[0] if answered else "")
    values = {option.value for option in control.options}
    if field.purpose in {"birth_day", "birth_month", "birth_year"} and wanted not in values:
        wanted = wanted.lstrip("0")
    if not wanted or wanted not in values:
        chosen = next((o for o in control.options if o.selected and o.value.strip() not in {"", "0", "-1"}), None)
        if chosen is not None and not (vain and chosen is control.options[0]):
            return []
        wanted = first_choice(control, past_the_first=chosen is not None)
    return [Choose(ref=control.ref, value=wanted, purpose=field.purpose, label=name_of(control))] if wanted else []


def _type(
    field: FieldReading,
    purpose: str,
    control: Control,
    reading: Reading,
    trail: Trail,
    attempt: Attempt,
    seen: dict[str, int],
) -> list[Action]:
    if purpose in NEVER_FILLED or control.kind not in {"text", "editable", "range", "select"}:
        return []
    if control.read_only and purpose not in TYPED_BY_KEYS:  # something opens when it is pressed
        wanted = wish(field, control, trail, attempt)
        return [Choose(ref=control.ref, value=wanted, purpose=purpose, label=name_of(control))]
    if purpose == "arithmetic":
        sums = [a for a in reading.arithmetic if a.ref == control.ref]
        return [Fill(ref=control.ref, text=sums[0].answer, purpose=purpose, label=name_of(control))] if sums else []
    if purpose in {"search", "comment"} and len(reading.fields) > 1:
        return []
    answered = answer(purpose, control, trail.identity, attempt)
    if answered is None and control.required:
        answered = answer("name", control, trail.identity, attempt)
    if answered is None:
        return []
    text, value = answered
    if field.group and field.part is not None and purpose not in {"plate_number", "plate_series", "plate_region"}:
        text = _slice(text, field, control, reading, seen)
        if not text:
            return []
    if control.value and purpose not in QUERY_PURPOSES and control.value.strip() not in {"+7", "+", "8", "7"}:
        return []
    return [_filled(control, purpose, text, value)]


def _filled(control: Control, purpose: str, text: str, value: Value) -> Fill:
    return Fill(
        ref=control.ref,
        text=text,
        purpose=purpose,
        value_kind=value.kind,
        grade=value.grade,
        whole=value.text,
        label=name_of(control),
        made=value if value.grade.startswith(MADE) else None,
    )


def _slice(text: str, field: FieldReading, control: Control, reading: Reading, seen: dict[str, int]) -> str:
    """The piece of a value that belongs in one box of several."""
    start = seen.get(field.group, 0)
    members = [f for f in reading.fields if f.group == field.group]
    last = max((f.part or 0) for f in members) == field.part
    plain = "".join(ch for ch in text if ch.isalnum())
    size = control.max_length or max(1, len(plain) // max(len(members), 1))
    seen[field.group] = start + size
    return plain[start:] if last and control.max_length is None else plain[start : start + size]


def _boxes(group: Group, trail: Trail) -> str:
    """What a row of one-character boxes wants before anything was asked: too many for a code, it is a number."""
    parts = [f for f, c in group.fields if f.part is not None and (c.max_length or 9) <= 2]
    named = {f.purpose for f in parts}
    few = len(parts) < (MORE_THAN_A_CODE if named == {"otp"} else FEWEST_BOXES)
    if trail.submitted or few or not named <= {"otp", "plate", "personal_id"}:
        return ""
    return "plate" if named == {"plate"} or len(parts) < LONG_ID else "personal_id"


def _guess(control: Control, trail: Trail) -> str:
    """What an unnamed box most likely wants: digits of an id where the box says digits, else the scenario's first."""
    asks = [kind for kind in trail.scenario.asks if pick(trail.identity, kind, Attempt({})) is not None]
    numeric = control.input_mode in {"numeric", "decimal"} or control.type in {"number", "tel"}
    if (numeric or control.max_length in {12, 14}) and "personal_id" in asks:
        return "personal_id"
    return asks[0] if asks else "unknown"
