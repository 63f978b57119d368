"""Accusations: debts that the page claims to exist, each bound to a sum or to an order to pay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prober.models.reading import Accusation, Amount
from prober.reading.cards import (
    DEBT_WORDS,
    DEBTS,
    case_number,
    cases_of,
    due_amount,
    has_date,
    has_personal_data,
    heading_above,
    record_words,
)
from prober.reading.offers import KINDS as OFFERS
from prober.reading.view import Line, View, enclosing, quote

_WORDS = DEBT_WORDS
_NEVER = ("not_found", "warning", "news", "refund", "calculator", "law")
_NEVER_OF_ONE = ("not_found", "warning", "news", "refund", "calculator")  # the law may be cited in one's own case
_DOUBT = ("if", "law", "example", "tariff", "faq", "refund")  # a sentence with these asserts nothing
_QUOTING = ("example", "warning", "news", "faq")  # under such a heading claims are told of, not made
_OTHER_MATTER = ("example", "refund", "calculator", "warning", "news", "ad")
_SALES = ("price", "top_up", "donation", "subscription", "free_amount")  # said of a debt they still make it an offer
_SERVICES = ("toll", "parking", "parcel_fee")  # sold as well as owed: a button to pay alone is no claim
_CASE_ABOVE = 6  # lines above a sum in which a case names what was typed
_LIST_BELOW = 14  # lines below an entry in which its list ends
_MANY_SUMS = 3  # different sums in one card without a date or a status make a table of tariffs


def find_accusations(view: View, can_pay: bool = False) -> tuple[Accusation, ...]:
    """Every claim of a debt, the best founded first; `can_pay`: the page asks for a card or a transfer."""
    found: list[tuple[float, Accusation]] = []
    used: set[int] = set()
    for line in view.lines:
        debt = _debt_of(line)
        if debt is None or line.id in used:
            continue
        for score, accusation, card in _claim(view, line, debt, can_pay):
            used.update(o.id for o in card)
            found.append((score, accusation))
    found.sort(key=lambda item: -item[0])
    return tuple(a for _, a in found)


def _debt_of(line: Line) -> str | None:
    """The kind of debt that the line names; what is unpaid and repeats what was typed is one, whatever it is called."""
    named = next((debt for word, debt in DEBTS if line.has(word)), None)
    return named or ("debt" if line.echoes and line.has("unpaid") else None)


def _claim(view: View, line: Line, debt: str, can_pay: bool) -> Iterator[tuple[float, Accusation, list[Line]]]:
    """The accusations that a line with a debt word starts: one, or one for each case of a list."""
    of_one = line.echoes or any(o.echoes for o in view.near(line, _CASE_ABOVE, 0))
    if line.has(*(_NEVER_OF_ONE if of_one else _NEVER)) or _is_look_up(view, line):
        return
    cards: list[list[Line]] = [[line]]
    if not _own_sentence(line):
        doubt = ("conditional", *(word for word in _DOUBT if not (of_one and word == "law")))
        stated = any(s.has(*_WORDS) and not s.has(*doubt) and not s.is_question for s in line.sentences)
        if not stated and not asserts(line, "found"):
            return
        cards = cases_of(view, line)
    for card in cards:
        if any(o.has("not_found") for o in card) or _excluded(view, line, card):
            continue
        amount, zero = due_amount(card)
        if amount is None and zero:
            continue
        reasons = _reasons(view, line, debt, card, amount, can_pay)
        if not reasons and amount is not None and of_one and _is_listed_to_be_paid(view, line, debt, card):
            reasons = ["is listed as to be paid for what was typed"]
        if reasons:
            yield len(reasons) + (2 if amount else 0), _accusation(line, debt, card, amount, reasons), card


def _accusation(line: Line, debt: str, card: Sequence[Line], amount: Amount | None, reasons: list[str]) -> Accusation:
    shown = [o for o in card if o is line or o.sums or o.has("due", "found", "record", "unpaid")]
    whole = len(card) == 1 or len(line.text) > 100
    return Accusation(
        debt=debt,
        quote=quote(line.text if whole else " | ".join(dict.fromkeys([line.text, *(o.text for o in shown)]))),
        amount=amount,
        case_number=case_number(card),
        blocks=tuple(dict.fromkeys(o.id for o in (line, *shown))),
        box=enclosing(shown or [line]),
        reasons=tuple(reasons),
    )


def _is_look_up(view: View, line: Line) -> bool:
    """A menu entry, a button that names no sum, or the label of a field: they invite, they do not claim."""
    if line.is_action:
        control = view.control(line.block.control)
        leads = control is not None and control.kind in ("link", "tab", "option")
        return not line.sums and (leads or not line.has("pay"))
    labelled = view.control(line.block.labels) if line.block.labels else None
    return labelled is not None and labelled.kind not in ("checkbox", "radio") and not line.sums


def asserts(line: Line, *categories: str) -> bool:
    """Does a sentence of the line say it, outside any 'if', example, rule of law or question?"""
    return any(s.has(*categories) and not s.has(*_DOUBT) and not s.is_question for s in line.sentences)


def _own_sentence(line: Line) -> bool:
    """The line itself says that the debt exists and how much it is."""
    for sentence in line.sentences:
        if sentence.is_question or sentence.has(*_DOUBT) or not sentence.has("found", "unpaid"):
            continue
        if sentence.has("conditional") and not sentence.has("found"):
            continue
        if any(f.amount.value > 0 for f in sentence.sums) and (sentence.has("found") or not sentence.has(*OFFERS)):
            return True
    return False


def _excluded(view: View, line: Line, card: Sequence[Line]) -> bool:
    """Examples, tariff tables, news, warnings, refunds and offers do not accuse."""
    for o in card:
        told = o.has(*_WORDS) or o.sums or o.block.heading or len(o.marks.words) <= 3
        if o.has(*_OTHER_MATTER) and told and not o.is_action:
            return True
    head = heading_above(view, card)
    if _is_introduced_as_told(view, card):
        return True
    if view.title.any("warning", "news") or (head is not None and head.has(*_QUOTING)):
        return True
    if head is not None and head.has("tariff", *_OTHER_MATTER) and not asserts(line, "found"):
        return True
    claimed = any(asserts(o, "found") or o.has("unpaid") or o.echoes for o in card)
    if any(o.has("tariff") and not o.has("found", "due") for o in card) and not claimed:
        return True
    sums = {f.amount.value for o in card for f in o.sums}
    if len(sums) >= _MANY_SUMS and not claimed and not any(has_date(o) for o in card):
        return True
    if any(o.echoes and o.has(*_WORDS) and o.sums and not o.has(*OFFERS) for o in card):
        return False
    priced = [o for o in card if o.has(*_SALES) or (o.has(*OFFERS) and not o.has(*_WORDS))]
    return bool(priced) and not any(o.has("found", "due", "unpaid", "now") and not o.has(*OFFERS) for o in card)


def _is_introduced_as_told(view: View, card: Sequence[Line]) -> bool:
    """'Example:' right before a card."""
    first = min(o.place for o in card)
    before = view.lines[first - 1] if first else None
    return before is not None and before.text.endswith(":") and len(before.marks.words) <= 5 and before.has(*_QUOTING)


def _reasons(
    view: View, line: Line, debt: str, card: Sequence[Line], amount: Amount | None, can_pay: bool
) -> list[str]:
    """What makes the words a claim; empty when they are none."""
    found = any(asserts(o, "found") for o in card)
    pays = [o for o in card if _orders_payment(view, o)]
    unpaid = any(o.has("unpaid") and not o.has("conditional", "if") for o in card)
    due = any(o.has("due", "now") and not o.has("conditional", "if") for o in card)
    personal = has_personal_data(card)
    record = {h for o in card if not o.has("conditional", "if") for h in record_words(o)}
    reasons = []
    if found:
        reasons.append("says that it exists")
    if amount is None:
        ordered = pays or can_pay or any(_orders_payment(view, o) for o in view.lines)
        return [*reasons, "is followed by an order to pay"] if found and ordered else []
    if unpaid:
        reasons.append("stands as unpaid")
    if pays:
        reasons.append("has a button to pay it")
    if due and (personal or pays or can_pay or unpaid or found):
        reasons.append("names the sum to pay")
    if record and personal:
        reasons.append("is set out like a case")
    if (debt not in _SERVICES or line.has("fine")) and _speaks_of_the_visitor(card):
        reasons.append("names what was typed")
    if reasons == ["has a button to pay it"] and (debt in _SERVICES or _denies(view)):
        return []
    if can_pay and not reasons and not line.has("conditional", "if"):
        reasons.append("stands beside a demand to pay")
    return reasons


def _is_listed_to_be_paid(view: View, line: Line, debt: str, card: Sequence[Line]) -> bool:
    """A debt of a list under what was typed, with the total or an order to pay at the list's end."""
    if (debt in _SERVICES and not line.has("fine")) or any(o.has(*OFFERS) for o in card) or _denies(view):
        return False
    return any(_orders_payment(view, o) or (o.has("due") and o.sums) for o in view.near(line, 0, _LIST_BELOW))


def _speaks_of_the_visitor(card: Sequence[Line]) -> bool:
    """A plain sentence that names a debt or a sum repeats what was typed."""
    telling = (o for o in card if o.sums or o.has(*_WORDS, "unpaid", "found", "due"))
    return any(s.echoes and not s.has("conditional", "if", *OFFERS) for o in telling for s in o.sentences)


def _denies(view: View) -> bool:
    """The page says elsewhere that nothing is owed."""
    return any(o.has("not_found") and not o.has("if", "conditional") and not o.is_action for o in view.lines)


def _orders_payment(view: View, line: Line) -> bool:
    """A button, or a link that is no menu entry, that says to pay."""
    if not line.is_action or not line.has("pay") or line.has(*OFFERS):
        return False
    control = view.control(line.block.control)
    if control is None or control.kind == "button":
        return True
    return control.kind == "link" and not (line.has(*_WORDS) and not line.sums)
