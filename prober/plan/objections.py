"""What the page objects to when it lets a value not through: in which words, and about which field."""

from __future__ import annotations

from prober.models.page import Snapshot
from prober.plan.turns import QUERY_PURPOSES, Trail, Turn
from prober.reading.cues import cue_book

PLATE_FAMILY = frozenset({"plate", "plate_number", "plate_series", "plate_region"})
LONGEST = 160  # characters of a new text that may be an objection
_ENGLISH = frozenset({"any", "en"})


def new_words(trail: Trail) -> tuple[str, ...]:
    """What the page said to values typed so far, the newest first: new texts where nothing was sent, else refusals."""
    texts: dict[str, None] = {}
    for turn, after in zip(trail.turns, trail.turns[1:], strict=False):
        if turn.asked and turn.sent:
            texts |= dict.fromkeys(r.quote for r in after.reading.refusals if r.kind == "invalid")
        elif turn.asked:
            texts |= dict.fromkeys(said_after(turn.snapshot, after))
    return tuple(reversed(texts))


def said_after(before: Snapshot, after: Turn) -> tuple[str, ...]:
    """What the page says now and did not say before, in dialogs too."""
    known = {block.text for block in before.blocks if block.visible}
    said = [block.text for block in after.snapshot.blocks if block.visible and block.text not in known]
    said += [dialog.message for dialog in after.snapshot.dialogs] + [r.quote for r in after.reading.refusals]
    return tuple(text for text in dict.fromkeys(said) if len(text) <= LONGEST)


def kinds_named(text: str, language: str = "") -> frozenset[str]:
    """The kinds of value that an objection speaks of."""
    sights = cue_book().in_text(text, _ENGLISH | ({language} if language else set()))
    purposes = {sight.cue.purpose for sight in sights if not sight.cue.weak}
    return frozenset("plate" if p in PLATE_FAMILY else p for p in purposes & (QUERY_PURPOSES | {"birth_date"}))


def blamed(turn: Turn, after: Turn) -> frozenset[str]:
    """The kinds of value to change after a refusal: those that it names, else those of the field it stands at, else all."""
    kinds = frozenset(fill.value_kind for fill in turn.fills if fill.value_kind)
    if turn.sent or len(kinds) < 2:
        return kinds
    said = [r.quote for r in after.reading.refusals] or list(said_after(turn.snapshot, after))
    named = frozenset().union(*(kinds_named(text, after.reading.language) for text in said)) & kinds
    if named:
        return named
    refs = {r.ref for r in after.reading.refusals if r.ref}
    return frozenset(f.value_kind for f in turn.fills if f.value_kind and f.ref in refs) or kinds
