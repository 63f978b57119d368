"""Says what every form field of a page wants, and why: cues vote, neighbours settle what a box alone cannot tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from prober.models.page import Control, Snapshot
from prober.models.reading import FieldReading
from prober.reading.arithmetic import question_at
from prober.reading.cues import cue_book
from prober.reading.drafts import Draft
from prober.reading.evidence import HIDDEN, Hint, Surroundings, hints
from prober.reading.groups import settle
from prober.reading.lexicon import detect

_FILLED_BY_PEOPLE = frozenset({"text", "select", "checkbox", "radio", "editable", "range", "file"})
_NO_FIELD = frozenset({"hidden", "submit", "button", "image", "reset"})
_ENOUGH = 0.55  # weight below which a field stays 'unknown'


def read_fields(snapshot: Snapshot, lexicon_words: Iterable[str] | None = None) -> tuple[FieldReading, ...]:
    """What each field wants, in document order; fields that nothing explains come back as 'unknown'.

    lexicon_words: codes of the languages that the page may be in, best first; None: detected here.
    """
    languages = _plain(lexicon_words) if lexicon_words is not None else page_languages(snapshot)
    controls = [c for c in snapshot.controls if c.kind in _FILLED_BY_PEOPLE and c.type not in _NO_FIELD]
    around = Surroundings(controls)
    drafts = [Draft(control, hints(control, languages, around), languages) for control in controls]
    for draft in drafts:
        decide(draft)
    settle(drafts, snapshot)
    _hear(drafts, snapshot, languages)
    for draft in drafts:
        if draft.purpose in {"unknown", "captcha", "otp", "comment", "search"} and question_at(draft.control):
            draft.take("arithmetic", 0.9, f"asks {question_at(draft.control)!r}")
    return tuple(_reading(d) for d in drafts)


def _hear(drafts: list[Draft], snapshot: Snapshot, languages: frozenset[str]) -> None:
    """A box for messages wants what was asked for last: chats put the question above it."""
    typed = [d for d in drafts if d.control.visible and d.control.kind in {"text", "editable"}]
    if len(typed) != 1 or typed[0].purpose not in {"comment", "unknown"}:
        return
    box = typed[0].control
    above = [b for b in snapshot.blocks if b.visible and not b.control and b.frame == box.frame and b.box.y < box.box.y]
    for block in sorted(above, key=lambda b: -(b.box.y + b.box.height))[:2]:
        asked = [s.cue.purpose for s in cue_book().in_text(block.text, languages) if not s.cue.weak]
        if asked:
            typed[0].take(asked[0], 0.6, f"asked for above: {block.text[:60]!r}")
            return


def _plain(codes: Iterable[str]) -> frozenset[str]:
    """Codes of languages without their script: 'uz' of 'uz_cyrl'."""
    return frozenset(code.replace("-", "_").split("_")[0] for code in codes)


def page_languages(snapshot: Snapshot) -> frozenset[str]:
    """Languages that the page's words and its own declaration speak for."""
    texts = [snapshot.title, *(b.text[:200] for b in snapshot.blocks if b.visible)]
    texts += [c.label or c.placeholder for c in snapshot.controls]
    declared = snapshot.lang.replace("_", "-").split("-")[0].casefold()
    return _plain({*detect(" \n".join(texts)[:6000], declared), declared} - {""})


def decide(draft: Draft) -> None:
    """Let the hints vote: the purpose with the greatest sum wins, its doubt grows with the runner-up."""
    sums: dict[str, float] = defaultdict(float)
    for hint in draft.hints:
        sums[hint.purpose] += hint.weight
    ranked = sorted(sums.items(), key=lambda i: -i[1])
    best, weight = ranked[0] if ranked else ("unknown", 0.0)
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    draft.sums = dict(sums)
    if weight < _ENOUGH:
        draft.take("unknown", 0.1)
        return
    if best.startswith("name") and sums.get("card_holder", 0.0) >= 1.0:
        best, second = "card_holder", 0.0  # 'first name' by the label, of the card's holder by the attributes
    if best in {"personal_id", "unknown"} and draft.saw("personal_id", "tax_id", "company_number"):
        best, second = _whose_number(draft, best), 0.0
    draft.take(best, weight / (weight + 1.0 + 0.5 * second))


def _whose_number(draft: Draft, best: str) -> str:
    """A number for taxes is a person's or a firm's; what is seen decides before what the page's author wrote for machines."""
    if best == "unknown" and not draft.saw("company_number"):
        return best
    for told in (
        [h.cue for h in draft.hints if h.source not in HIDDEN and h.weight >= 1.0],
        [h.cue for h in draft.hints],
    ):
        if "personal_id" in told:
            return "personal_id"
        if "company_number" in told or ("tax_id" in told and "company" in told):
            return "unknown"
    return best


def _reading(draft: Draft) -> FieldReading:
    control = draft.control
    return FieldReading(
        ref=control.ref,
        purpose=draft.purpose,
        confidence=round(min(draft.confidence, 0.99), 2),
        reasons=tuple(dict.fromkeys((*draft.extra, *_reasons(draft.hints, draft.purpose))))[:6],
        group=draft.group,
        part=draft.part,
        usable=_usable(control),
    )


def _reasons(found: list[Hint], purpose: str) -> list[str]:
    """Why, strongest first; what spoke against it, last."""
    mine = sorted((h for h in found if h.purpose == purpose), key=lambda h: -h.weight)
    other = sorted((h for h in found if h.purpose != purpose and h.weight > 1.0), key=lambda h: -h.weight)
    return [h.reason for h in mine] + [f"against: {h.reason} ({h.purpose})" for h in other[:1]]


def _usable(control: Control) -> bool:
    """A read-only field that is empty is filled by what opens when it is pressed, or by keys that the page draws."""
    return control.visible and not control.disabled and not (control.read_only and control.value.strip())
