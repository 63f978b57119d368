"""Which value of the identity answers which field, at which rung of its ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from prober.models.identity import Identity, Value
from prober.models.page import Control
from prober.models.shape import Shape
from prober.plan.dates import dated, wants_date
from prober.plan.objections import blamed
from prober.plan.turns import NEVER_FILLED, Trail

PLATE_PARTS = {"plate_number": "number", "plate_series": "series", "plate_region": "region"}
BIRTH_PARTS = {"birth_day": "day", "birth_month": "month", "birth_year": "year"}
FALLBACKS = {
    "name_given": "name", "name_family": "name", "name_additional": "name", "document_series": "document_number",
    "driver_license": "document_number", "account": "personal_id", "search": "", "vin": "plate",
}  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """How hard the identity is pressed now: the rung by value kind, what was refused, whether the last resort is open.

    tried: texts of the kind that were refused already; none of them is typed again while another one is left.
    """

    rungs: dict[str, int]
    last_resort: frozenset[str] = frozenset()
    tried: dict[str, frozenset[str]] = field(default_factory=dict)

    def rung(self, kind: str) -> int:
        return self.rungs.get(kind, 0)


def attempt_for(trail: Trail) -> Attempt:
    """Climb one rung for each time the page's own script or the server refused the kind.

    The valid check digit is opened for a kind only after the script refused two failing ones
    without anything leaving the browser.
    """
    rungs: dict[str, int] = {}
    client_refusals: dict[str, int] = {}
    tried: dict[str, frozenset[str]] = {}
    for turn, after in zip(trail.turns, trail.turns[1:], strict=False):
        if not (turn.asked and (turn.pressed or turn.withheld)):
            continue
        refused = bool(after.reading.refusals) or after.signature == turn.signature or not turn.sent
        if not refused or after.reading.accusations:
            continue
        for kind in blamed(turn, after):
            rungs[kind] = rungs.get(kind, 0) + 1
            texts = {fill.whole or fill.text for fill in turn.fills if fill.value_kind == kind}
            tried[kind] = tried.get(kind, frozenset()) | texts
            if not turn.sent:
                client_refusals[kind] = client_refusals.get(kind, 0) + 1
    resort = frozenset(kind for kind, count in client_refusals.items() if count == 2)
    return Attempt(rungs, resort, tried)


def pick(identity: Identity, kind: str, attempt: Attempt) -> Value | None:
    """The value of a kind for this attempt; past the end of a ladder the most plausible one comes again."""
    ladder = identity.ladder.get(kind, ())
    return choose(ladder, identity, kind, attempt) if ladder else _resort(identity, kind, attempt, ())


def choose(
    ladder: Sequence[Value], identity: Identity, kind: str, attempt: Attempt, shapes: Sequence[Shape] = ()
) -> Value:
    """The next of the values that was not refused yet, in their order; the first again when all were.

    The last resort comes instead while it is open, where it has one of the forms asked for.
    """
    resort = _resort(identity, kind, attempt, shapes)
    if resort is not None:
        return resort
    tried = attempt.tried.get(kind, frozenset())
    last = {identity.last_resort[kind].text} if kind in identity.last_resort else set()
    fresh = [value for value in ladder if value.text not in tried]
    again = attempt.rung(kind) - len(tried & ({value.text for value in ladder} | last))  # the same ones, refused twice
    if not tried and attempt.rung(kind) >= 3 and last:
        again -= 1  # one climb went to the last resort
    return fresh[again] if 0 <= again < len(fresh) else fresh[0] if again < 0 and fresh else ladder[0]


def _resort(identity: Identity, kind: str, attempt: Attempt, shapes: Sequence[Shape]) -> Value | None:
    value = identity.last_resort.get(kind) if kind in attempt.last_resort else None
    return value if value is not None and (not shapes or any(shape.fits(value.text) for shape in shapes)) else None


def for_region_menu(menu: Control | None, identity: Identity, attempt: Attempt) -> Attempt:
    """The attempt, moved on to a plate of an existing region where a menu offers no other."""
    value = identity.value("plate")
    if menu is None or value is None or _offered(menu, value.parts.get("region", "")) is not None:
        return attempt
    fitting = [rung for rung, plate in enumerate(identity.ladder["plate"]) if plate.grade == "P3"]
    if not fitting:
        return attempt
    rung = fitting[min(attempt.rung("plate"), len(fitting) - 1)]
    return Attempt(
        attempt.rungs | {"plate": rung}, attempt.last_resort - {"plate"}
    )  # the menu rules: no going by what was tried


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
    if wants_date(control) and purpose != "birth_date":
        purpose = "document_date"  # whatever it is called, it takes a date
    value = pick(identity, purpose, attempt) or pick(identity, FALLBACKS.get(purpose, ""), attempt)
    if value is None:
        return None
    text = dated(control, value) if "iso" in value.parts else value.parts.get(purpose, value.text)
    return text, value


def _region_option(control: Control, wanted: str) -> str:
    """The wanted region where the menu has it, else its first real choice."""
    offered = _offered(control, wanted)
    return first_choice(control) if offered is None else offered


def _offered(control: Control, wanted: str) -> str | None:
    """Value of the option that stands for a region, None where the menu has none."""
    options = [o.value for o in control.options if wanted and (o.value == wanted or o.text.strip().startswith(wanted))]
    return options[0] if options else None


def first_choice(control: Control, past_the_first: bool = False) -> str:
    """Value of the first option that is no placeholder, '' when there is none; `past_the_first`: it is one."""
    options = [o for o in control.options[1 if past_the_first else 0 :] if not o.disabled]
    real = [o for o in options if o.value.strip() not in {"", "0", "-1", "null", "none"}]
    real = real or (options if past_the_first else options[1:])
    return real[0].value if real else ""
