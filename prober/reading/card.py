"""Says whether the page asks for a bank card: a property of the fields together, in whatever frames they live."""

from __future__ import annotations

from prober.models.page import Box, Control, Snapshot
from prober.models.reading import Demand, FieldReading
from prober.reading.cues import cue_book

_EXPIRY = frozenset({"card_expiry", "card_month", "card_year"})
_PARTS = frozenset({"card_number", "card_code", "card_holder", "card_pin", *_EXPIRY})
_SURE = 0.5  # confidence from which a field counts
NUMBER_ALONE = "number alone, on a page that asks to pay or for a one-time code"


def card_demands(snapshot: Snapshot, fields: tuple[FieldReading, ...]) -> tuple[Demand, ...]:
    """At most one demand for a card: a number that can be typed into, with its expiry or its code.

    A number without them is a demand only on a page that asks to pay or for a one-time code; its `reasons` then hold
    `NUMBER_ALONE`,
    so that both readings can be given. Fields of several frames count together, as hosted fields are split over frames.
    """
    controls = {c.ref: c for c in snapshot.controls}
    ours = [f for f in fields if f.purpose in _PARTS and f.usable and f.confidence >= _SURE]
    numbers = [f for f in ours if f.purpose == "card_number"]
    company = [f for f in ours if f.purpose in _EXPIRY or f.purpose == "card_code"]
    if not {f.purpose for f in company} >= {"card_code"} or not any(f.purpose in _EXPIRY for f in company):
        numbers = [f for f in numbers if not _masked(controls[f.ref])]  # a saved card, at most its code is asked again
    if not numbers:
        return ()
    refs = [f.ref for f in ours]
    members = [controls[r] for r in refs]
    reasons = [f"{f.purpose}: {'; '.join(f.reasons[:2])}" for f in (*numbers[:1], *company)]
    if not company:
        why = _why_alone(snapshot, fields, controls[numbers[0].ref])
        if not why:
            return ()
        reasons = [NUMBER_ALONE, why, *reasons]
    frame = controls[numbers[0].ref].frame
    return (
        Demand(
            kind="card",
            quote=_quote(members),
            refs=tuple(refs),
            frame=frame,
            frame_url=next((f.url for f in snapshot.frames if f.id == frame), snapshot.url),
            box=_around([c.box for c in members]),
            reasons=tuple(reasons),
        ),
    )


def _masked(control: Control) -> bool:
    """A saved card shows its last digits only; nobody is asked to type it."""
    value = control.value.replace(" ", "")
    return sum(ch in "*•●xX·" for ch in value) >= 4 and sum(ch.isdigit() for ch in value) in range(2, 11)


def _why_alone(snapshot: Snapshot, fields: tuple[FieldReading, ...], number: Control) -> str:
    """What makes a demand of a number alone, '' for nothing: words to pay, or a box for the code that the bank sends."""
    words = _asks_to_pay(snapshot, number)
    if words:
        return f"pay: {words}"
    form = {c.ref for c in snapshot.controls if c.frame == number.frame and c.form == number.form}
    sent = next((f for f in fields if f.purpose == "otp" and f.usable and f.ref in form), None)
    return f"one-time code: {'; '.join(sent.reasons[:1])}" if sent else ""


def _asks_to_pay(snapshot: Snapshot, number: Control) -> str:
    """The words of a button or heading that ask to pay, '' where none does."""
    book = cue_book()
    for control in snapshot.controls:
        if control.visible and control.kind in {"button", "link"} and control.frame == number.frame:
            text = control.text or control.aria_label or control.value
            same = control.form == number.form or control.kind == "button"
            if text and same and len(text) <= 60 and book.pay_words(text):
                return " ".join(text.split())[:60]
    return ""


def _quote(members: list[Control]) -> str:
    """What the fields say of themselves, e.g. 'Номер карты · ММ/ГГ · CVV'."""
    names = []
    for control in members:
        near = next((n.text for n in control.near if n.side in {"left", "above", "inside"}), "")
        text = control.label or control.aria_label or control.placeholder or near or control.name or control.id
        names.append(" ".join(text.split())[:40])
    return " · ".join(dict.fromkeys(n for n in names if n))[:240]


def _around(boxes: list[Box]) -> Box | None:
    boxes = [b for b in boxes if b.area > 0]
    if not boxes:
        return None
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    right, bottom = max(b.x + b.width for b in boxes), max(b.y + b.height for b in boxes)
    return Box(x=left, y=top, width=right - left, height=bottom - top)
