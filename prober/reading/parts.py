"""Values split over several boxes: card numbers, codes, plates and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from prober.models.page import Control, Snapshot
from prober.reading.drafts import CARD, Draft, around, same_row

_CELL = 64.0  # CSS px: a box that is no wider holds one character
_DIAL_CODE = re.compile(r"\+?\d{1,4}")


def split_boxes(drafts: list[Draft], snapshot: Snapshot) -> None:
    """Boxes of four for a card number, boxes of one for a code or an identity number."""
    for run in _runs(drafts):
        length, count = run[0].control.max_length, len(run)
        asked = [d.purpose for d in run if d.purpose != "unknown"]
        purpose = ""
        if count == 4 and length in (4, 5) and _speaks_of_card(run, drafts):
            purpose = "card_number"
        elif _single(run) and count >= 4 and _mixed(run):
            purpose = "plate"
        elif _single(run) and count in (16, 12, 14, 11, 9, 10, 13):
            purpose = "card_number" if count == 16 else "personal_id"
        elif _single(run) and 4 <= count <= 8 and "captcha" not in asked:
            purpose = "otp"
        if purpose:
            _join(run, purpose, f"{count} boxes of {length}")


def _single(run: list[Draft]) -> bool:
    """One character a box: by its length, or by its look (scripts leave room for the character to be replaced)."""
    length, width = run[0].control.max_length, run[0].control.box.width
    return length == 1 or (length in (2, None) and len(run) >= 5 and width <= _CELL)


def _mixed(run: list[Draft]) -> bool:
    """Some boxes bring up digits and some say letters: neither a code nor a card."""
    modes = {draft.control.input_mode for draft in run}
    return "text" in modes and bool(modes & {"numeric", "decimal"})


def _runs(drafts: list[Draft]) -> Iterator[list[Draft]]:
    """Neighbouring text boxes of one row and one build."""
    run: list[Draft] = []
    for draft in drafts:
        if not draft.is_box or not draft.control.visible:
            fits = False
        else:
            fits = bool(run) and (_beside(run[-1].control, draft.control) or _below(run[-1].control, draft.control))
        if not fits:
            if len(run) >= 3:
                yield run
            run = []
        if draft.is_box and draft.control.visible:
            run.append(draft)
    if len(run) >= 3:
        yield run


def _beside(one: Control, two: Control) -> bool:
    return same_row(one, two) and _alike(one, two)


def _below(one: Control, two: Control) -> bool:
    """The next of boxes that stand one under the other without a word between: a row that lost its style sheet."""
    told = two.label or two.aria_label or any(n.side in {"left", "above", "inside"} for n in two.near)
    gap = two.box.y - (one.box.y + one.box.height)
    build = (one.type, one.max_length, one.placeholder, one.box.x, one.box.width)
    return (
        not told and build == (two.type, two.max_length, two.placeholder, two.box.x, two.box.width) and -2 <= gap <= 12
    )


def _alike(one: Control, two: Control) -> bool:
    gap = two.box.x - (one.box.x + one.box.width)
    return (
        one.type == two.type
        and one.max_length == two.max_length
        and -2 <= gap <= 60
        and (abs(one.box.width - two.box.width) <= 8)
    )


def _speaks_of_card(run: list[Draft], drafts: list[Draft]) -> bool:
    if any(d.saw("card_number", "card_bare", "shape") or d.sums.get("card_number") for d in run):
        return True
    first, last = drafts.index(run[0]), drafts.index(run[-1])
    near = drafts[max(0, first - 4) : first] + drafts[last + 1 : last + 5]
    return any(d.purpose in CARD for d in near)


def _join(run: list[Draft], purpose: str, why: str) -> None:
    name = f"{purpose}:{run[0].control.ref}"
    for part, draft in enumerate(run):
        draft.take(purpose, max(0.7, draft.confidence if draft.purpose == purpose else 0.0), why)
        draft.group, draft.part = name, part


def plate_parts(drafts: list[Draft], snapshot: Snapshot) -> None:
    """Boxes and lists in one row, of which one is for a plate: number, letters and region."""
    for place, draft in enumerate(drafts):
        if draft.purpose not in {"plate", "plate_number"} or draft.group:
            continue
        row = [draft]
        for other in drafts[place + 1 : place + 4]:
            short = other.control.kind == "select" or (other.control.max_length or 99) <= 4
            of_plate = other.purpose in {"plate_region", "plate_series", "plate_number"} or (
                short
                and other.purpose in {"unknown", "plate", "region", "card_code", "document_series"}
                and not _own_label(other)
            )
            if not of_plate or not same_row(row[-1].control, other.control) or other.control.form != draft.control.form:
                break
            row.append(other)
        if len(row) > 1:
            _name_parts(row)


def _own_label(draft: Draft) -> bool:
    return any(h.source in {"label", "placeholder"} and h.cue != "shape" for h in draft.hints if h.purpose != "plate")


def _name_parts(row: list[Draft]) -> None:
    name = f"plate:{row[0].control.ref}"
    whole = row[0].control.max_length is None  # takes the plate as a whole; what follows repeats a part of it
    for part, draft in enumerate(row):
        if not whole:
            draft.group, draft.part = name, part
        if draft.purpose in {"plate_region", "plate_series"}:
            continue
        short = (draft.control.max_length or 99) <= 4
        if part == 0:
            if short:
                draft.take("plate_number", 0.7, "first box of a plate")
        elif part == len(row) - 1:
            draft.take("plate_region", 0.7, "last box of a plate")
        else:
            draft.take("plate_series", 0.7, "middle box of a plate")


def dial_codes(drafts: list[Draft], snapshot: Snapshot) -> None:
    """A narrow list or box of prefixes before a phone number belongs to the number."""
    for draft, follower in pairwise(drafts):
        if draft.purpose not in {"unknown", "country", "otp"} or follower.purpose != "phone":
            continue
        prefix = any(
            re.search(r"(?i)prefix|code|kod|код|vorwahl|indicatif|phone|\+\d", t)
            for t in (draft.control.name, draft.control.id, draft.control.value, draft.control.label)
        )
        narrow = draft.control.box.width < 0.6 * follower.control.box.width
        beside = narrow and same_row(draft.control, follower.control)
        named = re.search(r"(?i)phone|tel\b|dial|calling", f"{draft.control.name} {draft.control.id}")
        digits = draft.is_box and (draft.control.type in {"tel", "number"} or _DIAL_CODE.fullmatch(draft.control.value))
        if prefix and (beside or named or digits):
            draft.take("phone", 0.6, "prefix of the phone number beside it")


def phone_parts(drafts: list[Draft], snapshot: Snapshot) -> None:
    """What nothing else explains in a row of phone boxes is a part of the number; so is a lone box for phones."""
    for place, draft in enumerate(drafts):
        if draft.purpose != "unknown" or not draft.is_box:
            continue
        before = drafts[place - 1] if place else None
        if before and not draft.sums and before.purpose == "phone" and _follows(before.control, draft.control):
            draft.take("phone", 0.5, "part of the phone number beside it")
        elif draft.control.type == "tel" and not _short(draft.control) and not _near_card(drafts, place):
            draft.take("phone", 0.4, "type=tel and nothing else said")


def _follows(one: Control, two: Control) -> bool:
    """Of one form and one row, right behind each other."""
    gap = two.box.x - (one.box.x + one.box.width)
    return two.visible and one.form == two.form and one.type == two.type and same_row(one, two) and -2 <= gap <= 60


def _short(control: Control) -> bool:
    """Too short for a phone number: a code."""
    return control.max_length is not None and control.max_length < 7


def _near_card(drafts: list[Draft], place: int) -> bool:
    return any(d.purpose in CARD for d in around(drafts, place))
