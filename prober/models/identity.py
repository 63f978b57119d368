"""An identity that can belong to nobody, value by value with its proof."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from prober.models.base import Noun

# Field purposes that ask for a part of a value: purpose -> (kind, part).
PART_OF = {
    "plate_number": ("plate", "number"),
    "plate_series": ("plate", "series"),
    "plate_region": ("plate", "region"),
    "document_series": ("document_number", "series"),
    "birth_day": ("birth_date", "day"),
    "birth_month": ("birth_date", "month"),
    "birth_year": ("birth_date", "year"),
}


MADE = "F"  # grades of values made to the form that a page asked for begin with it


class Proof(StrEnum):
    """How strongly a value is shown to belong to nobody.

    ABSOLUTE: the rule in force cannot produce it (a failing check digit, a wrong length, a reserved domain).
    CONVENTION: no known issue uses it (an unassigned region, a birth date decades ahead).
    NONE: it proves nothing (a name, a postcode).
    """

    ABSOLUTE = "absolute"
    CONVENTION = "convention"
    NONE = "none"


class Value(Noun):
    """One thing to type.

    kind: the field purpose it answers, e.g. 'plate', 'personal_id', 'phone'.
    grade: its class of invalidity, e.g. 'I3' or 'P2' (DOMAIN words); 'P3' is a plate for region menus.
    why: one sentence for a layman: why nobody can bear it, with the source.
    parts: the same value cut as forms cut it, e.g. {'number': '000', 'series': 'QQQ', 'region': '99'}.
        Dates: day, month, year, yy and iso ('2071-03-14', what <input type=date> takes). Phones: code
        (of the country, '+7'), national (all the rest).
    """

    kind: str
    text: str
    grade: str = ""
    proof: Proof
    why: str
    parts: dict[str, str] = Field(default_factory=dict)


class Identity(Noun):
    """The values of one probe.

    name: 'A', 'B', ... within the case.
    ladder: for a kind, alternatives from the most plausible to the plainly wrong, tried in order
        when the site's own script refuses; the first is the default.
    last_resort: values with a VALID check digit and an impossible month or a birth many years ahead,
        usable only where the site's own script has just refused a failing one.
    """

    name: str
    seed: int
    ladder: dict[str, tuple[Value, ...]]
    last_resort: dict[str, Value] = Field(default_factory=dict)

    def value(self, kind: str, rung: int = 0) -> Value | None:
        """The value for a field purpose at a rung of its ladder, None when there is none.

        Purposes that are a part of another kind ('plate_region', 'birth_day') give that part.
        """
        if kind not in self.ladder and kind in PART_OF:
            whole, part = PART_OF[kind]
            value = self.value(whole, rung)
            text = value.parts.get(part, "") if value else ""
            if value is None or not text:
                return None
            cut: Value = value.model_copy(update={"kind": kind, "text": text, "parts": {}})
            return cut
        rungs = self.ladder.get(kind, ())
        return rungs[rung] if 0 <= rung < len(rungs) else None

    def having(self, made: Iterable[Value]) -> Identity:
        """The identity with values that were made on the way, at the end of their ladders."""
        ladder = dict(self.ladder)
        for value in made:
            if value not in ladder.get(value.kind, ()):
                ladder[value.kind] = (*ladder.get(value.kind, ()), value)
        return self.model_copy(update={"ladder": ladder})

    def origin(self, kind: str, grade: str, piece: str) -> Value | None:
        """The value of that kind and grade from which a piece was typed, e.g. one of several boxes; None if none was."""
        last = (self.last_resort[kind],) if kind in self.last_resort else ()
        wanted = _compact(piece)
        candidates: tuple[Value, ...] = (*self.ladder.get(kind, ()), *last)
        for value in candidates:
            if value.grade == grade and wanted and (wanted in _compact(value.text) or piece in value.parts.values()):
                return value
        return None

    def graded(self, kind: str, grade: str) -> tuple[Value, ...]:
        """All values of a kind with that grade, e.g. the plates for region menus: graded('plate', 'P3')."""
        return tuple(value for value in self.ladder.get(kind, ()) if value.grade == grade)

    def can_be_absolute(self, kind: str) -> bool:
        """Whether the most plausible value of this kind is already proven absolutely (an IIN is, a plate is not)."""
        value = self.value(kind)
        return value is not None and value.proof is Proof.ABSOLUTE


def _compact(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
