"""Money that is no debt: prices, top-ups, prepayments, premiums, reports, gifts. They speak for the site."""

from __future__ import annotations

from typing import Literal

from prober.models.reading import Offer
from prober.reading.view import Line, View

_Kind = Literal[
    "price", "top_up", "prepayment", "insurance", "report", "donation", "subscription", "service_fee", "free_amount"
]
KINDS: tuple[_Kind, ...] = (
    "insurance", "report", "donation", "top_up", "prepayment", "subscription", "free_amount", "service_fee", "price",
)  # fmt: skip
_PRETEXT = ("refund", "parcel")


def offer_kind(line: Line) -> _Kind | None:
    """What kind of offer the words of a line make, if any; the more telling kind first."""
    return next((kind for kind in KINDS if line.has(kind)), None)


def find_offers(view: View) -> tuple[Offer, ...]:
    """Offers bound to a sum in their line or the next ones, or made by a button."""
    if any(line.has(*_PRETEXT) and line.block.heading for line in view.lines):
        return ()
    found: list[Offer] = []
    for line in view.lines:
        kind = offer_kind(line)
        if kind is None or line.has("news", "warning"):
            continue
        amount = next((f.amount for f in line.sums if f.amount.value > 0), None)
        if amount is None and len(line.marks.words) <= 8 and not line.has("due", "fine"):
            amount = _neighbour_amount(view, line)
        if (
            amount
            or (line.is_action and kind != "price")
            or (line.block.heading and kind not in ("price", "service_fee"))
        ):
            found.append(Offer(kind=kind, quote=line.quote, amount=amount, blocks=(line.id,)))
    found.sort(key=lambda o: (o.amount is None, KINDS.index(o.kind)))
    return tuple(found)


def _neighbour_amount(view: View, line: Line):  # type: ignore[no-untyped-def]
    """The sum of the next line or two (of those before a button), where they are hardly more than a sum."""
    around = view.near(line, 3, 0)[:-1][::-1] if line.is_action else view.near(line, 0, 2)[1:]
    for other in around:
        if other.sums and len(other.marks.words) <= 14 and not other.has("fine", "toll", "due"):
            return other.sums[0].amount
    return None
