"""Accusations: debts that the page claims to exist, each bound to a sum or to an order to pay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prober.models.reading import Accusation, Amount
from prober.reading.offers import KINDS as OFFERS
from prober.reading.view import Line, View, enclosing, quote

# Words of a debt -> the name of the debt; the more particular first.
DEBTS: tuple[tuple[str, str], ...] = (
    ("parking", "parking"), ("toll", "toll"), ("parcel", "parcel_fee"), ("fine", "traffic_fine"), ("tax", "tax"),
    ("debt", "debt"),
)  # fmt: skip
_WORDS = tuple(word for word, _ in DEBTS)
_CARD_LINES = 45  # lines: a larger container is a page, not a card
_CARD_WORDS = 350
_AROUND = 6  # lines before and after that belong together where containers do not tell
_NEVER = ("not_found", "warning", "news", "refund", "calculator")
_HYPOTHETICAL = ("conditional", "example", "tariff", "faq", "if")

_CASE_NUMBER = re.compile(
    r"(?:№|no\.?|nr\.?|number|номер\w*|нөмірі|ref(?:erence)?\.?|id|#|уин)\s*[:#№]?\s*(?P<labelled>[A-ZА-ЯЁ]{0,6}[-/ ]?\d[\dA-ZА-Я/-]{4,24})",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?<![\d+])\d{15,20}(?!\d)|(?<![A-Z0-9])[A-Z]{2,4}[-/]?\d{6,12}(?![A-Z0-9])")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:20)?\d{2}|20\d{2}-\d{2}-\d{2})(?!\d)")


def find_accusations(view: View, can_pay: bool = False) -> tuple[Accusation, ...]:
    """Every claim of a debt, the best founded first; `can_pay`: the page asks for a card or a transfer."""
    found: list[tuple[float, Accusation]] = []
    used: set[int] = set()
    for line in view.lines:
        debt = _debt_of(line)
        if debt is None or line.id in used:
            continue
        claim = _claim(view, line, debt, can_pay)
        if claim:
            used.update(claim[1].blocks)
            found.append(claim)
    found.sort(key=lambda item: -item[0])
    return tuple(a for _, a in found)


def _debt_of(line: Line) -> str | None:
    return next((debt for word, debt in DEBTS if line.has(word)), None)


def _claim(view: View, line: Line, debt: str, can_pay: bool) -> tuple[float, Accusation] | None:
    if line.has(*_NEVER) or _is_look_up(view, line):
        return None
    if _own_sentence(line, can_pay):
        card: Sequence[Line] = (line,)
    else:
        if _supposes(line):
            return None
        card = card_of(view, line)
    if any(o.has("not_found") and not o.has("paid_not_found") for o in card) or _excluded(view, line, card):
        return None
    amount, zero = _amount(card)
    if amount is None and zero:
        return None
    reasons = _reasons(view, line, card, amount, can_pay)
    if not reasons:
        return None
    score = len(reasons) + (2 if amount else 0)
    shown = [o for o in card if o is line or o.sums or o.has("due", "found", "record", "unpaid")]
    return score, Accusation(
        debt=debt,
        quote=quote(line.text if len(card) == 1 or len(line.text) > 60 else _joined(line, shown)),
        amount=amount,
        case_number=_case_number(card),
        blocks=tuple(dict.fromkeys(o.id for o in (line, *shown))),
        box=enclosing(shown or [line]),
        reasons=tuple(reasons),
    )


def _joined(line: Line, shown: Sequence[Line]) -> str:
    return " | ".join(dict.fromkeys([line.text, *(o.text for o in shown)]))


def _is_look_up(view: View, line: Line) -> bool:
    """A heading or link that invites to search ('Check your fines'), a label or a menu entry."""
    if line.is_action:
        control = view.control(line.block.control)
        if control is not None and control.kind in ("link", "tab", "option") and not line.sums:
            return True
        return not line.sums and not line.has("pay")
    return bool(line.block.labels) and not line.sums


def _supposes(line: Line) -> bool:
    return line.has(*_HYPOTHETICAL) and not line.has("found")


def _own_sentence(line: Line, can_pay: bool) -> bool:
    """The line itself says that the debt exists and how much it is, outside any 'if'."""
    if not line.has("found", "unpaid", "due") or line.has("if", "example", "tariff", "faq", "refund"):
        return False
    sums = [f for f in line.sums if f.amount.value > 0]
    return bool(sums) and not line.has("not_found") and not (line.has(*OFFERS) and not line.has("found"))


def card_of(view: View, line: Line) -> list[Line]:
    """The lines that belong to one card or section with this one: the smallest container that names a sum."""
    chosen: list[Line] = []
    for node in reversed(line.block.containers):
        inside = view.inside(node)
        if len(inside) > _CARD_LINES or sum(len(o.marks.words) for o in inside) > _CARD_WORDS:
            break
        chosen = inside
        if any(_names_sum(o, inside) for o in inside):
            return inside
    if chosen and any(o.sums for o in chosen):
        return chosen
    near = [o for o in view.near(line, _AROUND // 2, _AROUND) if _touches(line, o)]
    return near if not chosen or len(near) > len(chosen) else chosen


def _touches(line: Line, other: Line) -> bool:
    """Close on the page, where boxes tell."""
    a, b = line.block.box, other.block.box
    if not a.area or not b.area:
        return True
    gap = max(b.y - (a.y + a.height), a.y - (b.y + b.height))
    return gap <= 320


def _names_sum(line: Line, card: Sequence[Line]) -> bool:
    return bool(line.sums) or bool(_labelled_bare(line, card))


def _excluded(view: View, line: Line, card: Sequence[Line]) -> bool:
    """Examples, tariff tables, news, warnings, refunds and offers do not accuse."""
    if any(o.has("example", "refund", "calculator", "warning", "news") for o in card):
        return True
    head = _heading_above(view, card)
    if head is not None and head.has("example", "tariff", "faq", "calculator", "news", "warning", "refund"):
        return True
    if any(o.has("tariff") and not o.has("found", "due") for o in card) and not any(
        o.has("found", "unpaid") for o in card
    ):
        return True
    priced = [o for o in card if o.has(*OFFERS)]
    return bool(priced) and not any(o.has("found", "due", "unpaid") and not o.has(*OFFERS) for o in card)


def _heading_above(view: View, card: Sequence[Line]) -> Line | None:
    first = min(o.place for o in card)
    for other in reversed(view.lines[max(0, first - 8) : first]):
        if other.block.heading:
            return other
    return None


def _reasons(view: View, line: Line, card: Sequence[Line], amount: Amount | None, can_pay: bool) -> list[str]:
    """What makes the words a claim; empty when they are none."""
    found = [o for o in card if o.has("found") and not o.has("if", "faq") and not (o.has("conditional") and not o.sums)]
    pays = [o for o in card if o.is_action and o.has("pay") and not _is_plain_link(view, o)]
    unpaid = [o for o in card if o.has("unpaid") and not o.has("conditional", "if")]
    due = [o for o in card if o.has("due") and (o.sums or o is not line) and not o.has("conditional", "if")]
    record = {h for o in card if not o.has("conditional") for h in _record_words(o)}
    dated = any(_DATE.search(o.text) for o in card)
    reasons = []
    if found:
        reasons.append("says that it exists")
    if amount and unpaid:
        reasons.append("stands as unpaid")
    if amount and pays:
        reasons.append("has a button to pay it")
    if amount and due and (record or dated or pays or can_pay or unpaid or found):
        reasons.append("names the sum to pay")
    if amount and (len(record) >= 3 or (len(record) >= 2 and dated) or (len(record) >= 1 and _case_number(card))):
        reasons.append("is set out like a case")
    if amount and can_pay and not reasons and not line.has("conditional", "if"):
        reasons.append("stands beside a demand to pay")
    if amount is None:
        orders = [o for o in view.lines if o.is_action and o.has("pay") and not _is_plain_link(view, o)]
        if not (found and (pays or orders or can_pay)):
            return []
        reasons.append("is followed by an order to pay")
    return reasons


def _is_plain_link(view: View, line: Line) -> bool:
    """A menu link that leads to paying in general."""
    control = view.control(line.block.control)
    return control is not None and control.kind == "tab"


def _record_words(line: Line) -> set[tuple[str, ...]]:
    if len(line.marks.words) > 30 or line.has("if"):
        return set()
    return {line.marks.words[h.start : h.end] for h in line.marks.get("record")}


def _amount(card: Sequence[Line]) -> tuple[Amount | None, bool]:
    """The sum to pay among a card's sums, and whether the card says zero."""
    ranked: list[tuple[int, int, Amount]] = []
    zero = False
    for i, line in enumerate(card):
        label = _label_before(card, i)
        for f in line.sums or _labelled_bare(line, card):
            if f.amount.value == 0:
                zero = True
                continue
            ranked.append((_rank(line, label, f.amount.text), -len(ranked), f.amount))
    best = max(ranked, default=None, key=lambda r: (r[0], r[1]))
    return (best[2] if best and best[0] > -5 else None), zero


def _label_before(card: Sequence[Line], i: int) -> Line | None:
    """The label of a value that is hardly more than a sum: the line before, when it has none of its own."""
    if len(card[i].marks.words) > 8 or i == 0 or card[i - 1].sums:
        return None
    return card[i - 1]


def _rank(line: Line, label: Line | None, text: str) -> int:
    def said(*categories: str) -> bool:
        return line.has(*categories) or (label is not None and label.has(*categories))

    rank = 0
    rank += 4 if said("due") else 0
    rank += 3 if said("pay") else 0
    rank += 1 if said(*_WORDS, "unpaid", "found") else 0
    rank -= 3 if said("full") else 0
    rank -= 3 if said("conditional", "tariff", "example") else 0
    rank -= 6 if said(*OFFERS) and not said("due", *_WORDS) else 0
    return rank


def _labelled_bare(line: Line, card: Sequence[Line]) -> tuple:  # type: ignore[type-arg]
    """Numbers without a currency that a label for a sum makes money."""
    if line.sums or not line.bare or len(line.marks.words) > 14:
        return ()
    if line.has("due", "sum") and not line.has("record"):
        return line.bare[-1:]
    place = next((i for i, o in enumerate(card) if o is line), 0)
    label = card[place - 1] if place else None
    alone = len(line.marks.words) <= 4
    if label and alone and label.has("due", "sum") and len(label.marks.words) <= 6 and not label.bare:
        return line.bare[:1]
    return ()


def _case_number(card: Sequence[Line]) -> str:
    for line in card:
        if line.has("record", *_WORDS) and (match := _CASE_NUMBER.search(line.text)):
            return match["labelled"].strip()
    for line in card:
        if match := _LONG_NUMBER.search(line.text):
            return match.group()
    return ""
