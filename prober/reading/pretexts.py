"""Reasons to give card details that are no debt: a refund, a check of the person, a delivery."""

from __future__ import annotations

from prober.models.reading import Amount, Pretext
from prober.reading.view import Line, View

_SHORT = 14  # words: a longer line talks about the thing rather than offering it


def find_pretexts(view: View) -> tuple[Pretext, ...]:
    """Money that is promised to the visitor with its sum or by a button, and cards to be 'verified'."""
    found: list[Pretext] = []
    for line in view.lines:
        if line.has("news", "warning", "faq") or line.is_question:
            continue
        amount = _sum_beside(view, line)
        if line.has("refund") and (line.is_action or (amount is not None and len(line.marks.words) <= _SHORT)):
            found.append(Pretext(kind="refund", quote=line.quote, amount=amount, blocks=(line.id,)))
        elif line.has("verification"):
            found.append(Pretext(kind="verification", quote=line.quote, amount=amount, blocks=(line.id,)))
    return tuple(found)


def _sum_beside(view: View, line: Line) -> Amount | None:
    for other in view.near(line, 1, 2):
        sums = [found.amount for found in other.sums if found.amount.value > 0]
        if sums and len(other.marks.words) <= _SHORT:
            return sums[0]
    return None
