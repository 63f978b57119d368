"""A field's reading while it is being made, and which other fields stand near it."""

from __future__ import annotations

from collections.abc import Iterator

from prober.models.page import Control
from prober.reading.evidence import Hint

NEIGHBOURS = 6  # fields before and after that may belong to the same card or date
CARD = frozenset({"card_number", "card_expiry", "card_month", "card_year", "card_code", "card_holder", "card_pin"})
EXPIRY = frozenset({"card_expiry", "card_month", "card_year"})


class Draft:
    """A reading while it is being made."""

    def __init__(self, control: Control, found: list[Hint], languages: frozenset[str]) -> None:
        self.control = control
        self.hints = found
        self.languages = languages
        self.sums: dict[str, float] = {}
        self.purpose = "unknown"
        self.confidence = 0.1
        self.extra: list[str] = []
        self.group = ""
        self.part: int | None = None
        self.first_of_card = False

    def take(self, purpose: str, confidence: float, why: str = "") -> None:
        self.purpose, self.confidence = purpose, confidence
        if why:
            self.extra.insert(0, why)

    def saw(self, *cues: str) -> bool:
        return any(h.cue in cues for h in self.hints)

    @property
    def is_box(self) -> bool:
        return self.control.kind in {"text", "editable"}


def around(drafts: list[Draft], place: int, reach: int = NEIGHBOURS) -> Iterator[Draft]:
    """Fields of the same form near one, nearest first."""
    here = drafts[place].control
    for step in range(1, reach + 1):
        for other in (place - step, place + step):
            if 0 <= other < len(drafts):
                there = drafts[other].control
                if there.form == here.form and there.visible == here.visible:
                    yield drafts[other]


def same_row(one: Control, two: Control) -> bool:
    return one.frame == two.frame and abs(one.box.centre[1] - two.box.centre[1]) <= max(one.box.height, 10) * 0.6
