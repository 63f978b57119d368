"""Puts every rule's finding about one snapshot into one Reading."""

from __future__ import annotations

from prober.models.page import Snapshot
from prober.models.reading import Arithmetic, Demand, FieldReading, Reading, Wall
from prober.models.scenario import Scenario
from prober.reading.arithmetic import read_arithmetic
from prober.reading.buttons import read_buttons
from prober.reading.card import card_demands
from prober.reading.claims import find_accusations
from prober.reading.fields import read_fields
from prober.reading.labels import find_labels
from prober.reading.offers import find_offers
from prober.reading.payments import find_payment_demands
from prober.reading.poses import find_poses
from prober.reading.pretexts import find_pretexts
from prober.reading.refusals import find_refusals
from prober.reading.view import View
from prober.reading.waits import find_waits
from prober.reading.walls import find_walls

_FEW_WORDS = 25  # less readable text than this beside a large picture leaves the answer to OCR
_LARGE = 40_000.0  # CSS px²: a picture that could hold a sentence


def read(snapshot: Snapshot, scenario: Scenario | None = None, typed: tuple[str, ...] = ()) -> Reading:
    """The meaning of one snapshot; knows nothing of other snapshots. Never fails for what a page holds.

    typed: identifying values entered so far; a claim that repeats one speaks of the visitor.
    """
    view = View(snapshot, scenario, typed)
    fields, cards, arithmetic = _controls(snapshot, view.languages)
    demands = (*cards, *find_payment_demands(view))
    accusations = find_accusations(view, can_pay=bool(demands))
    accusing = {block for accusation in accusations for block in accusation.blocks}
    return Reading(
        language=view.language,
        fields=fields,
        buttons=read_buttons(view),
        accusations=accusations,
        refusals=find_refusals(view, owed=any(a.amount is not None for a in accusations)),
        demands=demands,
        offers=tuple(o for o in find_offers(view) if accusing.isdisjoint(o.blocks)),
        pretexts=find_pretexts(view),
        walls=_without_card_codes(find_walls(view), snapshot, fields),
        waits=find_waits(view),
        poses=find_poses(view),
        labels=find_labels(view),
        arithmetic=arithmetic,
        amounts=view.all_amounts(),
        picture_text_matters=_picture_text_matters(view),
    )


def _without_card_codes(
    walls: tuple[Wall, ...], snapshot: Snapshot, fields: tuple[FieldReading, ...]
) -> tuple[Wall, ...]:
    """A masked card code is no password: a log-in that rests on nothing else is none."""
    masked = {c.ref for c in snapshot.controls if c.visible and c.type == "password"}
    codes = {f.ref for f in fields if f.purpose.startswith("card_")}
    if not masked or not masked <= codes:
        return walls
    return tuple(wall for wall in walls if wall.kind != "login")


def _controls(
    snapshot: Snapshot, languages: tuple[str, ...]
) -> tuple[tuple[FieldReading, ...], tuple[Demand, ...], tuple[Arithmetic, ...]]:
    fields = read_fields(snapshot, languages)
    return fields, card_demands(snapshot, fields), read_arithmetic(snapshot, fields)


def _picture_text_matters(view: View) -> bool:
    """Little text to read and much picture: what a person reads here may be painted."""
    large = [
        i
        for i in view.snapshot.images
        if i.visible and i.kind != "video" and i.box.area >= _LARGE and i.box.width >= 120
    ]
    if not large:
        return False
    told = sum(len(line.marks.words) for line in view.lines if not line.is_action)
    painted = any(i.kind in ("canvas", "svg") and i.box.area >= _LARGE for i in large)
    return told <= _FEW_WORDS or (painted and told <= 2 * _FEW_WORDS)
