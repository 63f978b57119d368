"""Which value of the identity answers which field, at which rung of its ladder."""

from __future__ import annotations

from dataclasses import dataclass

from prober.models.identity import Identity, Value
from prober.models.page import Control
from prober.plan.turns import NEVER_FILLED, Trail

PLATE_PARTS = {"plate_number": "number", "plate_series": "series", "plate_region": "region"}
BIRTH_PARTS = {"birth_day": "day", "birth_month": "month", "birth_year": "year"}
FALLBACKS = {
    "name_given": "name", "name_family": "name", "name_additional": "name", "document_series": "document_number",
    "driver_license": "document_number", "account": "personal_id", "search": "", "vin": "plate",
}  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """How hard the identity is pressed now: the rung by value kind, and whether the last resort is open."""

    rungs: dict[str, int]
    last_resort: frozenset[str] = frozenset()

    def rung(self, kind: str) -> int:
        return self.rungs.get(kind, 0)


def attempt_for(trail: Trail) -> Attempt:
    """Climb one rung for each time the page's own script or the server refused the kind.

    The valid check digit is opened for a kind only after the script refused two failing ones
    without anything leaving the browser.
    """
    rungs: dict[str, int] = {}
    client_refusals: dict[str, int] = {}
    for turn, after in zip(trail.turns, trail.turns[1:], strict=False):
        if not (turn.asked and turn.pressed):
            continue
        refused = bool(after.reading.refusals) or after.signature == turn.signature or not turn.sent
        if not refused or after.reading.accusations:
            continue
        for kind in {fill.value_kind for fill in turn.fills if fill.value_kind}:
            rungs[kind] = rungs.get(kind, 0) + 1
            if not turn.sent:
                client_refusals[kind] = client_refusals.get(kind, 0) + 1
    resort = frozenset(kind for kind, count in client_refusals.items() if count == 2)
    return Attempt(rungs, resort)


def pick(identity: Identity, kind: str, attempt: Attempt) -> Value | None:
    """The value of a kind for this attempt; past the end of a ladder the most plausible one comes again."""
    if kind in attempt.last_resort and kind in identity.last_resort:
        return identity.last_resort[kind]
    ladder = identity.ladder.get(kind, ())
    if not ladder:
        return None
    rung = attempt.rung(kind)
    if rung >= 3 and kind in identity.last_resort:
        rung -= 1  # one climb went to the last resort
    return ladder[rung] if rung < len(ladder) else ladder[0]


def for_region_menu(menu: Control | None, identity: Identity, attempt: Attempt) -> Attempt:
    """The attempt, moved on to a plate of an existing region where a menu offers no other."""
    value = identity.value("plate")
    if menu is None or value is None or _offered(menu, value.parts.get("region", "")) is not None:
        return attempt
    fitting = [rung for rung, plate in enumerate(identity.ladder["plate"]) if plate.grade == "P3"]
    if not fitting:
        return attempt
    rung = fitting[min(attempt.rung("plate"), len(fitting) - 1)]
    return Attempt(attempt.rungs | {"plate": rung}, attempt.last_resort - {"plate"})


def answer(purpose: str, control: Control, identity: Identity, attempt: Attempt) -> tuple[str, Value] | None:
    """Text to type into a field of a purpose, with the value it comes from; None when it is left alone."""
    if purpose in NEVER_FILLED:
        return None
    if purpose in PLATE_PARTS:
        value = pick(identity, "plate", attempt)
        if value is None:
            return None
        part = value.parts.get(PLATE_PARTS[purpose], "")
        if control.kind == "select":
            return _region_option(control, part), value
        return (part, value) if part else None
    if purpose in BIRTH_PARTS:
        value = pick(identity, "birth_date", attempt)
        part = value.parts.get(BIRTH_PARTS[purpose], "") if value else ""
        return (part, value) if value and part else None
    value = pick(identity, purpose, attempt) or pick(identity, FALLBACKS.get(purpose, ""), attempt)
    if value is None:
        return None
    text = value.parts.get(purpose, value.text)
    if control.type == "date" and purpose in {"document_date", "birth_date"}:
        text = value.parts.get("iso", text)
    return text, value


def _region_option(control: Control, wanted: str) -> str:
    """The wanted region where the menu has it, else its first real choice."""
    offered = _offered(control, wanted)
    return first_choice(control) if offered is None else offered


def _offered(control: Control, wanted: str) -> str | None:
    """Value of the option that stands for a region, None where the menu has none."""
    options = [o.value for o in control.options if wanted and (o.value == wanted or o.text.strip().startswith(wanted))]
    return options[0] if options else None


def first_choice(control: Control) -> str:
    """Value of the first option that is no placeholder, '' when there is none."""
    real = [o for o in control.options if not o.disabled and o.value.strip() not in {"", "0", "-1", "null", "none"}]
    if not real:
        real = [o for o in control.options if not o.disabled][1:]
    return real[0].value if real else ""
