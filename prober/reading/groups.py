"""Settles what one box alone cannot tell: card groups, dates in three parts, values split over boxes, other cards."""

from __future__ import annotations

import re
from itertools import pairwise

from prober.models.page import Control, Snapshot, TextBlock
from prober.reading.cues import cue_book
from prober.reading.drafts import EXPIRY, Draft, around, same_row
from prober.reading.evidence import visible_texts
from prober.reading.parts import dial_codes, phone_parts, plate_parts, split_boxes

_NUMBER_WORD = re.compile(r"(?i)number|номер|н[оө]м[іи]р|nummer|num[eé]ro|numer|raqam|№|番号|号码|رقم")
_PERSON = frozenset({"name_given", "name_family", "address", "email", "phone", "city"})


def settle(drafts: list[Draft], snapshot: Snapshot) -> None:
    """Every rule in turn; each sees what the ones before it settled."""
    fields = [d for d in drafts if d.control.kind in {"text", "editable", "select"}]
    for frame in {d.control.frame for d in fields}:
        own = [d for d in fields if d.control.frame == frame]
        for rule in (
            split_boxes,
            dates_and_expiries,
            lone_codes,
            card_company,
            other_cards,
            dial_codes,
            phone_parts,
            log_ins,
            plate_parts,
        ):
            rule(own, snapshot)
    codes_without_card(fields)


def _has_text_cue(draft: Draft) -> bool:
    """Does anything visible at the box name a purpose, by a plain cue?"""
    weak = {c.name for c in cue_book().cues if c.weak}
    return any(
        h.source in {"label", "aria-label", "placeholder", "inside"} and h.cue not in weak and h.cue != "length"
        for h in draft.hints
    )


def dates_and_expiries(drafts: list[Draft], snapshot: Snapshot) -> None:
    """Bare months and years belong to a card or to a birthday: by their own words, else by their company."""
    for place, draft in enumerate(drafts):
        if not draft.saw("month_bare", "year_bare", "months", "years"):
            continue
        if draft.purpose not in {"unknown", "birth_month", "birth_year", "birth_date", "card_month", "card_year"}:
            continue
        month = draft.saw("month_bare", "months") and not draft.saw("years")
        card = sum(h.weight for h in draft.hints if h.cue in {"card_month", "card_year", "card_expiry"})
        birth = sum(h.weight for h in draft.hints if h.cue in {"birth_month", "birth_year", "birth_date"})
        if card == birth:
            card, birth = _company_of_date(drafts, place)
            card += draft.sums.get("card_year", 0.0) > 1
        if card > birth:
            draft.take("card_month" if month else "card_year", 0.8, "month or year of a card")
    _expiry_halves(drafts)


def _company_of_date(drafts: list[Draft], place: int) -> tuple[float, float]:
    """How much the neighbours speak for a card and for a birthday."""
    card = birth = 0.0
    for step, other in enumerate(around(drafts, place, 4)):
        nearness = 1.0 if step < 4 else 0.5
        if other.purpose in {"card_number", "card_code", "card_holder", "card_type"} or other.saw(
            "card_month", "card_year", "card_expiry"
        ):
            card += nearness
        if other.purpose == "birth_day" or other.saw("birth_date", "birth_year", "birth_month"):
            birth += 2 * nearness
    return card, birth


def _expiry_halves(drafts: list[Draft]) -> None:
    """Two boxes under one word for expiry are its month and its year."""
    for place, draft in enumerate(drafts):
        if draft.purpose not in EXPIRY:
            continue
        if draft.purpose == "card_expiry" and draft.saw("months") and draft.control.kind == "select":
            draft.take("card_month", draft.confidence, "options=months")
        elif draft.purpose == "card_expiry" and draft.saw("years") and draft.control.kind == "select":
            draft.take("card_year", draft.confidence, "options=years")
        follower = drafts[place + 1] if place + 1 < len(drafts) else None
        if follower is None or not same_row(draft.control, follower.control):
            continue
        if draft.control.kind == follower.control.kind == "select" and follower.purpose in {
            "unknown",
            "birth_year",
            "card_year",
        }:
            if draft.purpose == "card_expiry":
                draft.take("card_month", draft.confidence, "first of two lists for expiry")
            if draft.purpose == "card_month":
                follower.take("card_year", 0.6, "second of two lists for expiry")
        if draft.purpose != "card_expiry":
            continue
        short = draft.control.max_length in (1, 2) and follower.control.max_length in (2, 4)
        if short and (follower.purpose in {"unknown", "card_expiry", "card_code", "birth_year", "card_year"}):
            draft.take("card_month", 0.75, "first of two short boxes for expiry")
            follower.take("card_year", 0.75, "second of two short boxes for expiry")


def lone_codes(drafts: list[Draft], snapshot: Snapshot) -> None:
    """A short box beside number or expiry that nothing else claims is the card's code."""
    for place, draft in enumerate(drafts):
        length = draft.control.max_length
        ambiguous = draft.purpose in {"unknown", "otp", "password", "card_code", "card_pin", "personal_id", "protocol"}
        if not draft.is_box or not ambiguous or draft.confidence > 0.7:
            continue
        near = [d.purpose for d in around(drafts, place, 4)]
        has_number, has_expiry = "card_number" in near, bool(EXPIRY & set(near))
        code_taken = any(d.purpose == "card_code" and d.confidence > 0.6 for d in around(drafts, place, 4))
        if code_taken or not (has_number or has_expiry):
            continue
        bare = draft.saw("code_bare") or (draft.sums.get("card_code", 0.0) >= 0.9)
        short = length in (3, 4)
        if (bare and (short or has_expiry)) or (short and has_expiry and not _has_text_cue(draft)):
            draft.take("card_code", 0.7, "short box beside the expiry")


def card_company(drafts: list[Draft], snapshot: Snapshot) -> None:
    """'Number', 'Card' and 'Name' mean the card's where expiry and code stand beside them, and nothing much elsewhere."""
    for place, draft in enumerate(drafts):
        purposes = {d.purpose for d in around(drafts, place)}
        company = bool(purposes & (EXPIRY | {"card_code"}))
        if draft.purpose == "card_number" and company:
            draft.take("card_number", max(draft.confidence, 0.7), "among card fields" if not _names_card(draft) else "")
        elif draft.purpose == "card_number" and not draft.group and not _names_card(draft):
            if draft.sums.get("card_number", 0) < 1.3:
                draft.take("unknown", 0.2)
        elif draft.purpose in {"unknown", "account", "document_number", "protocol"} and company:
            numbered = any(d.purpose == "card_number" and d.control.form == draft.control.form for d in drafts)
            draft.first_of_card = _before_expiry_and_code(drafts, place)
            if not numbered and draft.is_box and _could_be_number(draft):
                draft.take("card_number", 0.6, "long box beside expiry and code")
    for place, draft in enumerate(drafts):
        purposes = {d.purpose for d in around(drafts, place)}
        company = bool(purposes & (EXPIRY | {"card_code"}))
        if draft.purpose == "name" and company and "card_number" in purposes and not purposes & _PERSON:
            draft.take("card_holder", 0.65, "name among card fields")


def _before_expiry_and_code(drafts: list[Draft], place: int) -> bool:
    """Is this the box right before expiry and code, where a card's number stands on every form?"""
    after = [d.purpose for d in drafts[place + 1 : place + 4] if d.control.form == drafts[place].control.form]
    return bool(after) and after[0] in EXPIRY and "card_code" in after


def codes_without_card(fields: list[Draft]) -> None:
    """A 'security code' on a page without any other card field is the code of a message."""
    if any(d.purpose in {"card_number", *EXPIRY} for d in fields):
        return
    for draft in fields:
        said = [h.reason.lower() for h in draft.hints if h.purpose == "card_code"]
        if draft.purpose == "card_code" and not any(re.search(r"c[vs]c|cvv|cid", r) for r in said):
            draft.take("otp", 0.55, "no other card field on the page")


def log_ins(drafts: list[Draft], snapshot: Snapshot) -> None:
    """'Name' right before the only password of a form that asks for nothing else is the name to log in with."""
    for draft, follower in pairwise(drafts):
        if draft.purpose not in {"name", "name_given"} or follower.purpose != "password" or not draft.is_box:
            continue
        form = [d.purpose for d in drafts if d.control.form == draft.control.form and d.is_box]
        if (
            len(form) <= 3
            and form.count("password") == 1
            and not set(form) & (_PERSON | {"name_additional"}) - {draft.purpose}
        ):
            draft.take("username", 0.6, "right before the password")


def _names_card(draft: Draft) -> bool:
    return any(h.purpose == "card_number" and h.cue not in {"card_bare", "length"} for h in draft.hints)


def _could_be_number(draft: Draft) -> bool:
    """A box that nothing else explains, long enough for a card number, that says 'number' or nothing at all."""
    length = draft.control.max_length
    if (length is not None and length < 13) or _has_text_cue(draft) or draft.control.kind == "select":
        return False
    texts = [text for _, text, _ in visible_texts(draft.control)]
    numbered = any(_NUMBER_WORD.search(t) for t in texts)
    return numbered or (draft.purpose == "unknown" and (length in (16, 17, 18, 19, 20) or draft.first_of_card))


def other_cards(drafts: list[Draft], snapshot: Snapshot) -> None:
    """A number under a heading about gifts, points or rides is no bank card's, unless expiry stands beside it."""
    for place, draft in enumerate(drafts):
        if draft.purpose not in {"card_number", "card_pin", "card_code"}:
            continue
        if any(d.purpose in EXPIRY for d in around(drafts, place)):
            continue
        texts = [t for _, t, _ in visible_texts(draft.control)] + _headings(draft.control, snapshot)
        texts = [t for t in texts if len(t) <= 100]
        for text in texts:
            for sight in cue_book().in_text(text, draft.languages)[:1]:
                if sight.cue.family == 1 and sight.cue.name != "iban":
                    draft.take(sight.cue.purpose, 0.6, f"beside {' '.join(text.split())[:60]!r}")
                    break
            else:
                continue
            break


def _headings(control: Control, snapshot: Snapshot) -> list[str]:
    """The nearest text above that heads the section of a control: a heading, or a bold line sharing its container."""
    above: list[tuple[float, TextBlock]] = []
    for block in snapshot.blocks:
        if block.frame != control.frame or not block.visible or len(block.text) > 120:
            continue
        if block.heading or block.bold or block.font_size >= 18:
            distance = control.box.y - block.box.y
            if 0 <= distance <= 400 and _common(block.containers, control.containers) >= 2:
                above.append((distance, block))
    return [b.text for _, b in sorted(above, key=lambda i: i[0])[:1]]


def _common(one: tuple[int, ...], two: tuple[int, ...]) -> int:
    return sum(a == b for a, b in zip(one, two, strict=False))
