"""The page says no: the value is malformed, nothing is on record, or the look-up failed."""

from __future__ import annotations

from prober.models.page import Control
from prober.models.reading import Refusal
from prober.reading.text import ENDS
from prober.reading.view import Line, View

_DEBTS = ("fine", "toll", "parking", "parcel", "tax", "debt")
_LABEL = 5  # words of a counter's label
_LONG = 40  # words: a longer text is prose about refusals, not one, unless it is a message


def find_refusals(view: View, owed: bool = False) -> tuple[Refusal, ...]:
    """Refusals on the page, those at a control and in live regions first.

    owed: the page claims a sum; then a total at nought only says that nothing was picked from its list yet.
    """
    found: list[tuple[int, Refusal]] = []
    for line in view.lines:
        if owed and _zero_debt(line):
            continue
        kind = _kind(line) or ("not_found" if _zero_counter(view, line) else "")
        if kind:
            ref = _control_of(view, line) if kind == "invalid" else ""
            weight = 4 * line.block.live + 2 * bool(ref) - line.has("conditional", "faq", "news", "warning")
            found.append((weight, Refusal(kind=kind, quote=line.quote, blocks=(line.id,), ref=ref)))
    for control in view.controls:
        if control.invalid and control.value and not any(r.ref == control.ref for _, r in found):
            found.append(
                (0, Refusal(kind="invalid", quote=control.title or "the field is marked invalid", ref=control.ref))
            )
    found.sort(key=lambda item: -item[0])
    return tuple(r for _, r in found)


def _kind(line: Line) -> str:
    """'not_found' before 'invalid' before 'error': the answer to a query says more than a complaint."""
    if line.is_action or (len(line.marks.words) > _LONG and not line.block.live):
        return ""
    if line.block.labels and not line.block.live and len(line.marks.words) <= 4:
        return ""
    if line.has("not_found") or _zero_debt(line):
        if line.has("captcha_wrong"):
            return "invalid"
        return "" if _hypothetical(line, "not_found") else "not_found"
    if line.has("invalid"):
        return "" if _hypothetical(line, "invalid") else "invalid"
    return "error" if line.has("error") and not _hypothetical(line, "error") else ""


def _hypothetical(line: Line, category: str) -> bool:
    """'If nothing was found, ...' in running text is no answer; a message in a live region always is."""
    if line.block.live or not line.has("if"):
        return False
    first_if = min(h.start for h in line.marks.get("if"))
    first_no = min((h.start for h in line.marks.get(category)), default=first_if + 1)
    return first_if < first_no and not set(ENDS) & set(line.marks.words[first_if:first_no])


def _zero_counter(view: View, line: Line) -> bool:
    """A counter of debts that stands at nought: the label 'Unpaid fines' with '0' as the next text."""
    if not line.has(*_DEBTS) or line.is_action or line.block.labels or len(line.marks.words) > _LABEL:
        return False
    after = view.near(line, 0, 1)[1:]
    return bool(after) and after[0].text.strip() == "0"


def _zero_debt(line: Line) -> bool:
    """'К оплате: 0 ₸', 'Штрафы: 0'."""
    if not line.has(*_DEBTS, "due", "sum"):
        return False
    if line.sums:
        return all(f.amount.value == 0 for f in line.sums)
    return len(line.marks.words) <= 6 and bool(line.bare) and all(f.amount.value == 0 for f in line.bare)


def _control_of(view: View, line: Line) -> str:
    """The field a message stands at: the one it labels, else one close above, left or right of it."""
    if line.block.labels:
        return line.block.labels
    best, best_distance = "", 60.0
    box = line.block.box
    for control in view.controls:
        if control.kind not in ("text", "editable", "select") or control.frame != line.block.frame:
            continue
        distance = _distance(control, line)
        if distance < best_distance and abs(control.box.x - box.x) < max(control.box.width, 200):
            best, best_distance = control.ref, distance
    return best


def _distance(control: Control, line: Line) -> float:
    box, other = control.box, line.block.box
    if not box.area or not other.area:
        return 1e9
    down = max(other.y - (box.y + box.height), box.y - (other.y + other.height), 0.0)
    across = max(other.x - (box.x + box.width), box.x - (other.x + other.width), 0.0)
    return float(down + across)
