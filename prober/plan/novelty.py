"""What is new against the pages seen before anything was asked: only that can be an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prober.models.page import Snapshot
from prober.models.reading import Accusation, Demand, Reading, Refusal
from prober.plan.turns import Trail, Turn

_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


def template(text: str) -> str:
    """The text with every run of digits made alike: equal for two fills of one form of words."""
    return _SPACE.sub(" ", _DIGITS.sub("0", text)).strip().casefold()


def plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()


def before_asking(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns up to and including the look at the page on which the first identifying value was typed."""
    kept: list[Turn] = []
    for turn in turns:
        kept.append(turn)
        if turn.asked and turn.pressed:
            break
    return tuple(kept)


def new_accusations(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Accusation, ...]:
    """Accusations of the last turn that no page before the query already showed, in these or like words."""
    if not trail.asked or not reading.accusations:
        return ()
    earlier = before_asking(trail.turns)
    texts = {plain(block.text) for turn in earlier for block in turn.snapshot.blocks if block.visible}
    shapes = {template(a.quote) for turn in earlier for a in turn.reading.accusations}
    blocks = {block.id: block for block in snapshot.blocks}
    fresh: list[Accusation] = []
    for accusation in reading.accusations:
        own = [plain(blocks[n].text) for n in accusation.blocks if n in blocks] or [plain(accusation.quote)]
        if accusation.amount is not None:  # what else changed on the page does not make an old sum a new one
            own = [text for text in own if plain(accusation.amount.text) in text] or own
        if template(accusation.quote) in shapes or all(text in texts for text in own):
            continue
        fresh.append(accusation)
    return tuple(fresh)


def without_old_refusals(snapshot: Snapshot, reading: Reading, trail: Trail) -> Reading:
    """The reading without refusals that stood on the page before anything was asked: they answer nothing."""
    if not trail.asked or not reading.refusals:
        return reading
    earlier = before_asking(trail.turns)
    texts = {plain(b.text) for turn in earlier for b in turn.snapshot.blocks if b.visible}
    said = {template(r.quote) for turn in earlier for r in turn.reading.refusals}
    blocks = {block.id: block for block in snapshot.blocks}

    def old(refusal: Refusal) -> bool:
        own = [blocks[n] for n in refusal.blocks if n in blocks]
        return template(refusal.quote) in said and all(plain(b.text) in texts and not b.live for b in own)

    return reading.model_copy(update={"refusals": tuple(r for r in reading.refusals if not old(r))})


def new_demands(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Demand, ...]:
    """Demands that the first page did not make already; before any query, all of them."""
    if not reading.demands:
        return ()
    if not trail.asked:
        return reading.demands
    earlier = {(d.kind, template(d.quote)) for turn in before_asking(trail.turns) for d in turn.reading.demands}
    cards_before = any(kind == "card" for kind, _ in earlier)
    return tuple(
        d
        for d in reading.demands
        if (d.kind, template(d.quote)) not in earlier and not (d.kind == "card" and cards_before)
    )
